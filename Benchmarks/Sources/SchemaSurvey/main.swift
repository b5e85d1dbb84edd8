import ConfigDocument
import ConfigSchema
import Foundation

// SchemaSurvey families SUITES [NAME]      compares consecutive versions of published schemas

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "families" where arguments.count >= 2:
  try Families.run(SchemaStore(suites: URL(filePath: arguments[1])), only: arguments.dropFirst(2).first)
default:
  print("SchemaSurvey families SUITES [NAME]")
  exit(2)
}
