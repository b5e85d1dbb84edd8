/// A stretch of a file, as a person finds it: line and column, with the line's text to show.
public struct SourcePlace: Hashable, Sendable {
  /// The file's name as it is to be shown.
  public var file: String
  /// The line, from 1. CRLF, LF and a lone CR each end a line.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int
  /// How many scalars are meant, from `column` on; at least 1, and never past the line's end.
  public var length: Int
  /// The text of the line, without its line break; bytes that are not UTF-8 are shown as U+FFFD.
  public var lineText: String

  public init(file: String, line: Int, column: Int, length: Int = 1, lineText: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.lineText = lineText
  }
}

extension SourcePlace: CustomStringConvertible {
  /// `file:line:column`, the form that editors and terminals make a link of.
  public var description: String { "\(file):\(line):\(column)" }
}
