import ConfigDocument
import ConfigSchema
import Foundation

// SchemaSurvey families SUITES [NAME]      compares consecutive versions of published schemas
// SchemaSurvey verdicts SUITES COUNT       schemas, documents and what is said of them, for `agree.py`
// SchemaSurvey reports SUITES COUNT        all that is said of wrong documents, to be held against another version

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "families" where arguments.count >= 2:
  try Families.run(SchemaStore(suites: URL(filePath: arguments[1])), only: arguments.dropFirst(2).first)
case "verdicts" where arguments.count == 3:
  let suites = URL(filePath: arguments[1])
  Agreement.run(try SchemaStore(suites: suites), suites: suites, count: Int(arguments[2]) ?? 1_000_000)
case "reports" where arguments.count == 3:
  let suites = URL(filePath: arguments[1])
  Reports.run(try SchemaStore(suites: suites), suites: suites, count: Int(arguments[2]) ?? 100_000)
default:
  print("SchemaSurvey families SUITES [NAME] | verdicts SUITES COUNT | reports SUITES COUNT")
  exit(2)
}
