internal import ArgumentParser
internal import ConfigDocument
internal import ConfigSchema
internal import ConfigStore

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Work with schemas themselves.",
    subcommands: [SchemaDiffCommand.self, SchemaGenerateCommand.self])
}

/// How schemas are read: `--schema-dir`, `--no-format`.
struct SchemaReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("schema-dir"),
    help: ArgumentHelp("A directory with copies of remote schemas; may be repeated.", valueName: "dir"))
  var directories: [String] = []

  @Flag(name: .customLong("no-format"), help: "Do not check 'format'.")
  var ignoresFormats = false

  /// - Throws: `schema-not-found`; what is wrong with the schema, at its place.
  func schemas(_ names: String...) throws(Diagnostic) -> [Schema] {
    var options = Schema.Options()
    options.assertsFormats = !ignoresFormats
    let library = SchemaLibrary(directories: directories, options: options)
    var found: [Schema] = []
    for name in names { found.append(try library.schema(SchemaReference(name)).schema) }
    return found
  }
}
