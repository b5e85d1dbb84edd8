/// What a person types, and what must come of it: one self-contained text.
///
///     # What the case shows.
///
///     === needs unshare -rm true
///     === copy samples/job-platform/2.1 config
///     === file config/extra.yaml
///     key: value
///     === run cfgmigrate status config
///     === stdout
///     …
///     === stderr
///     …
///     === exit 2
///     === after config/extra.yaml
///     key: value
///     === absent config/other.yaml
///
/// Steps are carried out in their order. Where a line that the case `needs` fails, this machine cannot show it, and the
/// test says that it was not run. A `run` without `stdout` or `stderr` expects them to be empty, one without `exit`
/// expects 0. One blank line before a section is layout and belongs to no text. ``VisibleBytes`` says how odd bytes are
/// written.
public struct CommandCase: Sendable {
  public enum Step: Sendable {
    /// A line that succeeds where the machine can show what the case shows.
    case needs(command: String)
    /// A file to write before what follows.
    case file(path: String, text: String)
    /// A file or directory of the package to copy.
    case copy(from: String, to: String)
    case run(Run)
    /// A file as it must be now.
    case after(path: String, text: String)
    /// A file that must not be there now.
    case absent(path: String)
  }

  public struct Run: Sendable {
    /// A line for the shell.
    public var command: String
    public var stdout = ""
    public var stderr = ""
    public var exit: Int32 = 0

    public init(command: String, stdout: String = "", stderr: String = "", exit: Int32 = 0) {
      self.command = command
      self.stdout = stdout
      self.stderr = stderr
      self.exit = exit
    }
  }

  /// The lines before the first section.
  public var header: [String]
  public var steps: [Step]

  public init(parsing text: String) throws(CommandCaseError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let first = lines.firstIndex { $0.hasPrefix("=== ") } ?? lines.count
    header = Array(lines[..<first])
    while header.last == "" { header.removeLast() }
    guard header.contains(where: { $0.hasPrefix("# ") }) else {
      throw CommandCaseError("a case begins with a comment that says what it shows")
    }
    steps = []
    var index = first
    while index < lines.count {
      let marker = lines[index]
      let next = lines[(index + 1)...].firstIndex { $0.hasPrefix("=== ") } ?? lines.count
      var body = lines[(index + 1)..<next]
      if next < lines.count, body.last == "" { body.removeLast() }
      try add(marker: marker, body: body.map { $0 + "\n" }.joined(), line: index + 1)
      index = next
    }
  }

  private mutating func add(marker: String, body: String, line: Int) throws(CommandCaseError) {
    let rest = marker.dropFirst(4)
    let name = rest.prefix { $0 != " " }
    let argument = String(rest.dropFirst(name.count + 1))
    func wantArgument() throws(CommandCaseError) {
      if argument.isEmpty { throw CommandCaseError("line \(line): '=== \(name)' wants an argument") }
    }
    switch name {
    case "file", "after", "absent", "run", "exit", "copy", "needs": try wantArgument()
    default: break
    }
    switch name {
    case "file": steps.append(.file(path: argument, text: body))
    case "after": steps.append(.after(path: argument, text: body))
    case "absent": steps.append(.absent(path: argument))
    case "copy":
      let words = argument.split(separator: " ").map(String.init)
      guard words.count == 2 else { throw CommandCaseError("line \(line): write '=== copy FROM TO'") }
      steps.append(.copy(from: words[0], to: words[1]))
    case "needs": steps.append(.needs(command: argument))
    case "run": steps.append(.run(Run(command: argument)))
    case "stdout", "stderr", "exit":
      guard case .run(var run)? = steps.last else {
        throw CommandCaseError("line \(line): '=== \(name)' stands without '=== run'")
      }
      switch name {
      case "stdout": run.stdout = body
      case "stderr": run.stderr = body
      default:
        guard let status = Int32(argument) else { throw CommandCaseError("line \(line): '\(argument)' is no status") }
        run.exit = status
      }
      steps[steps.count - 1] = .run(run)
    default: throw CommandCaseError("line \(line): '=== \(name)' is not known")
    }
  }

  /// The text that reads back as this case.
  public var text: String {
    var out = header.map { $0 + "\n" }.joined()
    for step in steps {
      out += "\n"
      switch step {
      case .file(let path, let text): out += "=== file \(path)\n\(text)"
      case .copy(let from, let to): out += "=== copy \(from) \(to)\n"
      case .after(let path, let text): out += "=== after \(path)\n\(text)"
      case .absent(let path): out += "=== absent \(path)\n"
      case .needs(let command): out += "=== needs \(command)\n"
      case .run(let run):
        out += "=== run \(run.command)\n"
        if !run.stdout.isEmpty {
          out += "=== stdout\n\(run.stdout)"
          if !run.stderr.isEmpty || run.exit != 0 { out += separator(after: run.stdout) }
        }
        if !run.stderr.isEmpty {
          out += "=== stderr\n\(run.stderr)"
          if run.exit != 0 { out += separator(after: run.stderr) }
        }
        if run.exit != 0 { out += "=== exit \(run.exit)\n" }
      }
    }
    return out
  }

  /// Within a run, a text that ends in a blank line needs a second one, since one is layout. Between steps there is one.
  private func separator(after text: String) -> String { text.hasSuffix("\n\n") || text == "\n" ? "\n" : "" }
}
