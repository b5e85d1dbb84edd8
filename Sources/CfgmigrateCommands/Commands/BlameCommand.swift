internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BlameCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "blame", abstract: "Show which transformer, operation and run wrote each line of a file.",
    discussion: "With a line, what was there before is shown too.")

  @Argument(help: ArgumentHelp("The file, and a line of it.", valueName: "file[:line]")) var place: String
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let (path, line) = parts
    let file = try FileOfDirectory(of: path)
    var lines = try blamedLines(of: file)
    if let line {
      guard lines.indices.contains(line - 1) else {
        throw Diagnostic(
          .noSuchLine, "\(path) has \(Counted.of(lines.count, "line")), and no line \(line)",
          hint: "Leave the line out to see all of them")
      }
      lines = [lines[line - 1]]
    }
    return Outcome(
      result: { ["file": .string(path), "lines": .array(lines.map(\.json))] },
      show: { terminal in
        var columns = Columns()
        columns.rightAligned = [1]
        for line in lines { columns.add(line.source, "\(line.number)", line.text) }
        for line in columns.lines(indent: 0) { terminal.print(line) }
        if line != nil, let line = lines.first { show(line, &terminal) }
      })
  }

  /// Only the product tells which values are secrets, so without it none is shown.
  private func blamedLines(of file: FileOfDirectory) throws(Diagnostic) -> [BlamedLine] {
    if secrets.showSecrets {
      return try DirectoryHistory(file.directory, environment: CommandEnvironment.run(Self.path)).blame(file.file)
    }
    do throws(Diagnostic) {
      return try products.directory(file.directory, for: Self.path, secrets: secrets).blame(file.file)
    } catch {
      guard error.code == .unknownProduct || error.code == .productUnnamed else { throw error }
      var refusal = error
      refusal.hint =
        "Name its registry with --registry: it says which lines hold secrets. --show-secrets shows all lines"
      throw refusal
    }
  }

  /// What is known of one line.
  private func show(_ line: BlamedLine, _ terminal: inout Terminal) {
    guard case .migrated(let migration) = line.origin else { return }
    terminal.print()
    for operation in migration.operations {
      let place = operation.place.map { " (\($0))" } ?? ""
      terminal.print(SafeText.of("written by `\(operation.name)` of \(operation.transformer)\(place)"))
    }
    terminal.print("in run \(migration.run) at \(migration.time)")
    terminal.print(migration.before.isEmpty ? "nothing was there before" : "before:")
    for text in migration.before { terminal.print("  " + SafeText.of(text)) }
  }

  /// The path, and the line where one is named.
  private var parts: (path: String, line: Int?) {
    guard let colon = place.utf8.lastIndex(of: UInt8(ascii: ":")),
      let line = Int(place[place.utf8.index(after: colon)...]),
      line > 0
    else { return (place, nil) }
    return (String(place[..<colon]), line)
  }
}

extension BlamedLine {
  /// Where it comes from, in a few words.
  fileprivate var source: String {
    switch origin {
    case .original: "–"
    case .edited: "edited"
    case .migrated(let migration):
      migration.operations.first.map { "\($0.transformer) \($0.name)" } ?? "\(migration.run)"
    }
  }

  fileprivate var json: Value {
    var object = Object([("line", .number(Number(number))), ("text", .string(text))])
    switch origin {
    case .original: object["origin"] = "original"
    case .edited(let run):
      object["origin"] = "edited"
      object["after"] = .string(run.text)
    case .migrated(let migration):
      object["origin"] = "migrated"
      object["run"] = .string(migration.run.text)
      object["time"] = .string("\(migration.time)")
      object["operations"] = .array(
        migration.operations.map {
          [
            "transformer": .string($0.transformer), "operation": .string($0.name),
            "place": $0.place.map(Value.string) ?? .null,
          ]
        })
      object["before"] = .array(migration.before.map(Value.string))
    }
    return .object(object)
  }
}

extension Diagnostic.Code {
  /// A line that a file does not have.
  static let noSuchLine: Self = "no-such-line"
}
