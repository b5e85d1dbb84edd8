/// The commands that a document shows, in its fenced `console` blocks, each with what it prints.
///
/// A line that begins with `$ ` is a command; the lines up to the next one are its output, standard output and standard
/// error as they come. A line `…` stands for any lines. The blocks of one document are one session.
public struct ConsoleDocument: Sendable {
  public struct Command: Sendable {
    public var line: String
    public var expected: [String]
    /// The lines of the document that hold the output.
    var range: Range<Int>
  }

  private var lines: [String]
  public private(set) var commands: [Command] = []

  public init(parsing text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var isInside = false
    for (index, line) in lines.enumerated() {
      if !isInside {
        isInside = line == "```console"
      } else if line == "```" {
        isInside = false
      } else if line.hasPrefix("$ ") {
        commands.append(Command(line: String(line.dropFirst(2)), expected: [], range: index + 1..<index + 1))
      } else if !commands.isEmpty {
        commands[commands.count - 1].expected.append(line)
        commands[commands.count - 1].range = commands[commands.count - 1].range.lowerBound..<index + 1
      }
    }
  }

  /// The document with what the commands really print; `actual` has one entry a command.
  public func text(with actual: [[String]]) -> String {
    var lines = lines
    for (command, actual) in zip(commands, actual).reversed() where !Self.fits(actual, command.expected) {
      lines.replaceSubrange(command.range, with: actual)
    }
    return lines.joined(separator: "\n")
  }

  /// Whether `actual` is what was expected.
  /// Complexity: O(n × m) at worst.
  public static func fits(_ actual: [String], _ expected: [String]) -> Bool {
    guard let first = expected.first else { return actual.isEmpty }
    if first == "…" {
      let rest = Array(expected.dropFirst())
      return (0...actual.count).contains { fits(Array(actual[$0...]), rest) }
    }
    return actual.first == first && fits(Array(actual.dropFirst()), Array(expected.dropFirst()))
  }
}
