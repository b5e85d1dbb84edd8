internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct ReconcileCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Make a file mean what another one means, and keep everything else of it.",
    discussion: """
      ORIGINAL is a file that people wrote, NEW what another program made of it: reformatted, sorted, without comments, \
      in JSON for all that matters. What is printed is ORIGINAL with those changes alone that NEW means.
      """)

  @Argument(help: "The file as it was.") var original: String
  @Argument(help: "The file with the new data, in YAML or JSON; '-' is standard input.") var new: String
  @Option(name: .shortAndLong, help: ArgumentHelp("Write the result to a file.", valueName: "file"))
  var output: String?
  @Flag(help: "Write the result to ORIGINAL.") var inPlace = false
  @Flag(help: "Print the unified diff of ORIGINAL and the result.") var diff = false
  @Option(
    help: ArgumentHelp("What plain words of YAML mean: in 1.1, 'no' is false.", valueName: "1.1|1.2"))
  var yaml = YAMLVersionOption.new
  @OptionGroup var form: OutputOptions

  func validate() throws {
    guard [output != nil, inPlace, diff].count(where: { $0 }) <= 1 else {
      throw ValidationError("Use one of '--output', '--in-place' and '--diff'.")
    }
    guard original != "-" else { throw ValidationError("Only NEW can be '-'.") }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var document = try document(at: original)
    try document.reconcile(with: try self.document(at: new))
    let rendering = try document.render()
    let changes = UnifiedDiff.text(of: rendering, from: document.source, path: original)
    if let target = inPlace ? original : output, !(inPlace && changes.isEmpty) {
      try StandaloneFile(target).write(rendering.bytes)
    }
    let counts = UnifiedDiff.counts(of: rendering, from: document.source)
    return Outcome(
      result: {
        [
          "changed": .bool(!changes.isEmpty), "lines_added": .number(Number(counts.added)),
          "lines_removed": .number(Number(counts.removed)), "diff": .string(String(decoding: changes, as: UTF8.self)),
        ]
      },
      show: { terminal in
        if diff {
          terminal.print(bytes: DiffText.bytes(of: changes, palette: terminal.outPalette))
        } else if let target = inPlace ? original : output {
          terminal.print("\(target): +\(counts.added) −\(counts.removed) lines")
        } else {
          terminal.print(bytes: rendering.bytes)
        }
      })
  }

  /// What names no format may be JSON, whose errors are clearer, and is else YAML.
  private func document(at path: String) throws(Diagnostic) -> Document {
    let bytes = try StandaloneFile(path == "-" ? "/dev/stdin" : path).read()
    let name = path == "-" ? "standard input" : path
    let ending = path.split(separator: ".").last.map { $0.lowercased() }
    if let format = ending.flatMap(DocumentFormat.init(rawValue:)) {
      return try Document(bytes, as: format, named: name, yaml: yaml.version)
    }
    if ending != "yml", let json = try? Document(bytes, as: .json, named: name) { return json }
    return try Document(bytes, as: .yaml, named: name, yaml: yaml.version)
  }
}
