internal import ArgumentParser
internal import ConfigDocument
internal import ConfigSchema
internal import ConfigStore

/// How files are checked that belong to no set: `--schema` and what else finds schemas.
struct FileCheckOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The schema of the files, in JSON or YAML.", valueName: "file|uri"))
  var schema: String?

  @Option(help: ArgumentHelp("A file that maps schemas to patterns of files; may be repeated.", valueName: "file"))
  var schemaMap: [String] = []

  @Option(help: ArgumentHelp("A catalogue in the form of SchemaStore's; may be repeated.", valueName: "file"))
  var catalog: [String] = []

  @Option(help: ArgumentHelp("A directory with copies of remote schemas; may be repeated.", valueName: "dir"))
  var schemaDir: [String] = []

  @Option(
    help: ArgumentHelp(
      "A vocabulary that a meta-schema may demand, whose keywords are annotations; may be repeated.", valueName: "uri"))
  var vocabulary: [String] = []

  @Option(help: ArgumentHelp("What standard input is called, which says its format and schema.", valueName: "name"))
  var stdinName: String?

  @Option(help: ArgumentHelp("What plain words of YAML mean: in 1.1, 'no' is false.", valueName: "1.1|1.2"))
  var yaml = YAMLVersionOption.new

  @Flag(inversion: .prefixedNo, help: "Check the keyword format.")
  var checkFormat = true

  @Flag(help: "Print the defaults that apply to what the files leave out.")
  var defaults = false

  @Flag(help: "Fail on warnings, and on files without a schema, too.")
  var strict = false

  @Flag(help: "Mend what can only be meant in one way, in the files.")
  var fix = false

  @Flag(help: "With --fix: print the diff, and write nothing.")
  var diff = false

  func validate() throws {
    if diff, !fix { throw ValidationError("'--diff' shows what '--fix' would do; use both.") }
  }

  /// Whether anything speaks of files, and not of a set.
  var areUsed: Bool {
    schema != nil || !schemaMap.isEmpty || !catalog.isEmpty || !schemaDir.isEmpty || stdinName != nil || fix || defaults
  }

  /// - Parameter keepsOutputs: whether the results hold what the schemas say, keyword by keyword.
  func check(keepingOutputs keepsOutputs: Bool) throws(Diagnostic) -> FileCheck {
    var options = Schema.Options()
    options.assertsFormats = checkFormat
    options.vocabularies = Set(vocabulary)
    options.keepsReferences = keepsOutputs
    var check = FileCheck(library: SchemaLibrary(directories: schemaDir, options: options))
    check.schema = schema.map { SchemaReference($0) }
    for path in schemaMap { check.catalogs.append(try SchemaCatalog(mapping: path)) }
    for path in catalog { check.catalogs.append(try SchemaCatalog(catalog: path)) }
    check.yaml = yaml.version
    if let stdinName { check.nameOfInput = stdinName }
    check.keepsOutputs = keepsOutputs
    check.keepsDefaults = defaults
    check.repairs = fix
    return check
  }
}

/// `--yaml`: what plain words mean.
enum YAMLVersionOption: String, CaseIterable, ExpressibleByArgument {
  case old = "1.1"
  case new = "1.2"

  var version: Document.YAMLVersion { self == .old ? .yaml11 : .yaml12 }
}
