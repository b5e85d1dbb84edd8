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
  func end(spanEnd: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    var end = spanEnd
    // Whatever libyaml ate of the following line's indentation is not ours.
    let lastLine = SourceLines.start(of: end, in: source)
    if end < source.count, lastLine > indicatorsEnd, source[lastLine..<end].allSatisfy({ $0 == UInt8(ascii: " ") }) {
      end = lastLine
    }
    guard chomping != UInt8(ascii: "+") else {
      return SourceLines.beforeBreak(end, in: source, notBefore: indicatorsEnd)
    }
    let contentIndent = indentationOfContent(to: end, in: source)
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

  /// The column at which content lines start; nil where there is no content.
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
