internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct ReconcileCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Make a file mean what another one means, and keep everything else of it.",
    discussion: """
      ORIGINAL is a file that people wrote, NEW what another program made of it: reformatted, sorted, without comments, \
      in JSON for all that matters. What is printed is ORIGINAL with those changes alone that NEW means. Of two \
      directories the diff is printed, and --in-place writes all files or none that cannot be reconciled.
      """)

  @Argument(help: "The file as it was, or a directory of files.") var original: String
  @Argument(help: "The file with the new data, in YAML or JSON; '-' is standard input. With a directory, a directory.")
  var new: String
  @Option(name: .shortAndLong, help: ArgumentHelp("Write the result to a file.", valueName: "file"))
  var output: String?
  @Flag(help: "Write the result to ORIGINAL.") var inPlace = false
  @Flag(help: "Print the unified diff of ORIGINAL and the result.") var diff = false
  @Option(
    help: ArgumentHelp("What plain words of YAML mean: in 1.1, 'no' is false.", valueName: "1.1|1.2"))
  var yaml = YAMLVersionOption.new
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    guard [output != nil, inPlace, diff].count(where: { $0 }) <= 1 else {
      throw ValidationError("Use one of '--output', '--in-place' and '--diff'.")
    }
    guard original != "-" else { throw ValidationError("Only NEW can be '-'.") }
    if output != nil, ReconciledDirectory.isDirectory(original) {
      throw ValidationError("'--output' takes one file; with directories use '--in-place'.")
    }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let set = try surroundings()
    let isDirectory = ReconciledDirectory.isDirectory(original)
    let (files, findings) = try reconciled(isDirectory, within: set)
    for file in files {
      if let target = inPlace ? file.path : output, file.isChanged || !inPlace {
        try StandaloneFile(target).write(file.rendering.bytes)
      }
    }
    var changes: [(file: ReconciledFile, diff: [UInt8], isMasked: Bool)] = []
    for file in files {
      let (text, isMasked) = try file.diff(within: set)
      changes.append((file, text, isMasked))
    }
    return Outcome(
      diagnostics: findings,
      result: { [changes] in
        [
          "changed": .bool(changes.contains { $0.file.isChanged }),
          "lines_added": .number(Number(changes.reduce(0) { $0 + $1.file.counts.added })),
          "lines_removed": .number(Number(changes.reduce(0) { $0 + $1.file.counts.removed })),
          "masked": .bool(changes.contains(where: \.isMasked)),
          "diff": .string(String(decoding: changes.flatMap(\.diff), as: UTF8.self)),
        ]
      },
      show: { [changes] terminal in
        for finding in findings {
          terminal.say(finding)
          terminal.say()
        }
        for (file, text, _) in changes {
          if let target = inPlace ? file.path : output {
            if isDirectory, !file.isChanged { continue }
            terminal.print("\(target): +\(file.counts.added) −\(file.counts.removed) lines")
          } else if diff || isDirectory {
            terminal.print(bytes: DiffText.bytes(of: text, palette: terminal.outPalette))
          } else {
            terminal.print(bytes: file.rendering.bytes)
          }
        }
        if isDirectory, inPlace {
          terminal.print("\(changes.count { $0.file.isChanged }) of \(Counted.of(changes.count, "file")) written.")
        }
      })
  }

  private func reconciled(
    _ isDirectory: Bool, within set: ConfigurationDirectory?
  ) throws(Diagnostic) -> ([ReconciledFile], [Diagnostic]) {
    do throws(Diagnostic) {
      guard isDirectory else { return ([try ReconciledFile(original, with: new, yaml: yaml.version)], []) }
      let directory = try ReconciledDirectory(original, with: new, yaml: yaml.version)
      return (directory.files, directory.findings)
    } catch {
      throw set?.hidingSecrets(below: [original, new], error) ?? error
    }
  }

  /// The set that ORIGINAL is a part of, whose product says what is a secret.
  private func surroundings() throws(Diagnostic) -> ConfigurationDirectory? {
    guard !secrets.showSecrets, let directory = ConfigurationDirectory.enclosing(original) else { return nil }
    return try products.directory(directory, for: Self.path, secrets: secrets)
  }
}
