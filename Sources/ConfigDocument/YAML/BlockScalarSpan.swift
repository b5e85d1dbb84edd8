/// The parts of a block scalar's text: its header line and where its content ends.
struct BlockScalarSpan {
  /// `|` or `>`.
  var headerStart: Int
  /// The end of the header's indicators, before a comment or the line break.
  var indicatorsEnd: Int
  /// Explicit indentation, relative to the parent's; nil where it is found from the first line.
  var indentation: Int?
  /// `+`, `-`, or nil for clip.
  var chomping: UInt8?

  /// Reads the header at `start`.
  init(at start: Int, in source: UnsafeBufferPointer<UInt8>) {
    headerStart = start
    var offset = start + 1
    while offset < source.count {
      let byte = source[offset]
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
        chomping = byte
      } else if byte.isDigit {
        indentation = Int(byte - 48)
      } else {
        break
      }
      offset += 1
    }
    indicatorsEnd = offset
  }

  /// The end of the text that belongs to the scalar, before its last line break. libyaml's span goes on to the next token, and has
  /// the blank lines that only `+` makes content.
  ///
  /// - Parameter text: the scalar's value.
  func end(spanEnd: Int, text: UnsafeBufferPointer<UInt8>, in source: UnsafeBufferPointer<UInt8>) -> Int {
    var end = spanEnd
    // Whatever libyaml ate of the following line's indentation is not ours.
    let lastLine = SourceLines.start(of: end, in: source)
    if end < source.count, lastLine > indicatorsEnd, source[lastLine..<end].allSatisfy({ $0 == UInt8(ascii: " ") }) {
      end = lastLine
    }
    guard chomping != UInt8(ascii: "+") else {
      return SourceLines.beforeBreak(end, in: source, notBefore: indicatorsEnd)
    }
    let contentIndent =
      indentationOfContent(to: end, in: source).map { $0 - (indentation == nil ? 0 : Self.indentation(of: text)) }
      ?? indentationOfBlanks(text, to: end, in: source)
    while true {
      let before = SourceLines.beforeBreak(end, in: source, notBefore: indicatorsEnd)
      let lineStart = max(SourceLines.start(of: before, in: source), indicatorsEnd)
      let line = source[lineStart..<before]
      guard lineStart > indicatorsEnd, line.allSatisfy({ $0 == UInt8(ascii: " ") }),
        contentIndent.map({ line.count <= $0 }) ?? true
      else { return before }
      end = lineStart
    }
  }

  /// The blanks that the first line with a character has in a value: those of the source beyond what an indicator says.
  private static func indentation(of text: UnsafeBufferPointer<UInt8>) -> Int {
    let line = text.split(whereSeparator: \.isBreak).first { $0.contains { $0 != UInt8(ascii: " ") } }
    return line?.prefix { $0 == UInt8(ascii: " ") }.count ?? 0
  }

  /// The column at which content lines start that have blanks and nothing else (`|1` and the like); nil where there are none.
  /// The longest line is the longest of the value's, and indented.
  private func indentationOfBlanks(
    _ text: UnsafeBufferPointer<UInt8>, to end: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard text.contains(where: { !$0.isBreak }) else { return nil }
    var longest = 0
    var offset = SourceLines.next(after: indicatorsEnd, in: source)
    while offset < end {
      longest = max(longest, min(SourceLines.end(of: offset, in: source), end) - offset)
      offset = SourceLines.next(after: offset, in: source)
    }
    return longest - (text.split(whereSeparator: \.isBreak).map(\.count).max() ?? 0)
  }

  /// The column of the first content line's first character; nil where there is none.
  private func indentationOfContent(to end: Int, in source: UnsafeBufferPointer<UInt8>) -> Int? {
    var offset = SourceLines.next(after: indicatorsEnd, in: source)
    while offset < end {
      var column = offset
      while column < end, source[column] == UInt8(ascii: " ") { column += 1 }
      if column < end, !source[column].isBreak { return column - offset }
      offset = SourceLines.next(after: offset, in: source)
    }
    return nil
  }
}
