/// A program with its arguments, as it is run on an operator's behalf: never through a shell.
package struct Command: Hashable, Sendable {
  /// The program, then its arguments. A name without `/` is looked for on `PATH`.
  package var words: [String]
  /// The working directory; nil for this process's own. A program's name with a `/` starts there too.
  package var directory: String?
  /// What it is given beside the environment of this process; a value here wins.
  package var variables: [String: String]
  package var input: [UInt8]
  /// How long it may take, in milliseconds.
  package var timeLimit: Int
  /// How long it may take to end by itself when it is asked to, before it is killed, in milliseconds.
  package var grace: Int
  /// How much of standard output is read, in bytes; more is an error.
  package var outputLimit: Int
  /// Whether more than that is no error: the last of it is kept, and the same of standard error.
  package var keepsTail = false

  package init(
    _ words: [String], in directory: String? = nil, variables: [String: String] = [:], input: [UInt8] = [],
    timeLimit: Int = 60_000, grace: Int = 5_000, outputLimit: Int = 1 << 20
  ) {
    self.words = words
    self.directory = directory
    self.variables = variables
    self.input = input
    self.timeLimit = timeLimit
    self.grace = grace
    self.outputLimit = outputLimit
  }

  /// The command for a message: words with blanks or quotes are quoted.
  package var line: String {
    words.map { word in
      let isPlain = !word.isEmpty && word.utf8.allSatisfy { $0 > 0x20 && $0 != 0x27 && $0 != 0x22 && $0 != 0x7F }
      return isPlain
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
  }
}

/// What came of a command.
package struct CommandResult: Hashable, Sendable {
  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case tooMuchOutput
    /// It was ended because nobody wanted it to go on.
    case stopped
  }

  package var ending: Ending
  package var output: [UInt8]
  /// What it said on standard error: the first 64 KiB.
  package var complaint: [UInt8]

  package init(ending: Ending, output: [UInt8] = [], complaint: [UInt8] = []) {
    self.ending = ending
    self.output = output
    self.complaint = complaint
  }

  package var succeeded: Bool { ending == .exited(0) }

  /// Its output as text, without the line breaks at the end; bytes that are not UTF-8 appear as U+FFFD.
  package var text: String { Self.trimmed(output) }

  /// The last lines that it said, on standard error or, where it said nothing there, on standard output.
  package func lastWords(lines: Int = 5) -> String {
    let said = Self.trimmed(complaint).isEmpty ? text : Self.trimmed(complaint)
    return said.split(separator: "\n").suffix(lines).map { String($0.prefix(200)) }.joined(separator: "; ")
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}

extension CommandResult.Ending: CustomStringConvertible {
  /// For "the command …".
  package var description: String {
    switch self {
    case .exited(let status): "ended with status \(status)"
    case .signalled(let signal): "was ended by signal \(signal)"
    case .timedOut: "did not end in time"
    case .tooMuchOutput: "printed more than is read"
    case .stopped: "was stopped"
    }
  }
}
