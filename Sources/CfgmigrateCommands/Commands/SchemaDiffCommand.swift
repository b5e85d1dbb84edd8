internal import ArgumentParser
internal import ConfigDocument
internal import ConfigSchema

struct SchemaDiffCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say whether every document of one schema follows another one.",
    discussion: """
      Compatible (exit 0) is proved. Incompatible (exit 3) is shown by a document, as small as was found, that follows OLD and \
      not NEW. Where neither was found (exit 1), the keyword that is in doubt is named.
      """)
  static let path = "schema diff"

  @Argument(help: "The schema that documents follow.") var old: String
  @Argument(help: "The schema that they are to follow.") var new: String
  @OptionGroup var reading: SchemaReadingOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let schemas = try reading.schemas(old, new)
    let comparison = SchemaComparison(old: schemas[0], new: schemas[1])
    let report = SchemaDiffReport(comparison: comparison, old: old, new: new, target: schemas[1])
    return Outcome(status: report.status, result: { report.json }, show: { report.show(&$0) })
  }
}
