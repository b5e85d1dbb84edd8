/// What the bytes of a scalar say: indentation and chomping of block scalars, folded lines, doubled quotes, escapes.
///
/// It saves memory and decides nothing: the reader compares what this finds with what libyaml or ``JSONEscapes`` said, and keeps
/// the text of a scalar for which they differ.
struct ScalarDecoding {
  /// All of the text that the scalar was read in, and nothing behind it.
  let source: UnsafeBufferPointer<UInt8>
  let format: DocumentFormat

  /// Appends the text of a scalar.
  ///
  /// - Returns: false where this does not know what it says.
  func decode(_ node: Node, into text: inout [UInt8]) -> Bool {
    guard format == .yaml else {
      let content = ScalarSpan.content(of: node, in: source)
      do throws(JSONFault) { try JSONEscapes(source: source).decode(content, into: &text) } catch { return false }
      return true
    }
    switch node.style {
    case .literal, .folded:
      decodeBlock(node, into: &text)
      return true
    case .plain, .singleQuoted, .doubleQuoted:
      return decodeLines(of: ScalarSpan.content(of: node, in: source), node.style, into: &text)
    case .block, .flow: return false
    }
  }

  // MARK: Block scalars

  private func decodeBlock(_ node: Node, into text: inout [UInt8]) {
    let end = Int(node.end)
    let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: node, in: source), in: source)
    let start = SourceLines.next(after: header.indicatorsEnd, in: source)
    guard start <= end else { return }
    let indentation = leastIndentation(in: start..<end)
    // The line breaks since the last line that holds something.
    var breaks = 0
    var (isFirst, isIndented) = (true, false)
    var offset = start
    while offset <= end {
      let lineEnd = SourceLines.firstBreak(from: offset, to: end, in: source) ?? end
      var content = offset
      while content < lineEnd, content - offset < indentation, source[content] == UInt8(ascii: " ") { content += 1 }
      if content < lineEnd {
        let startsIndented = source[content].isBlank
        if node.style == .folded, !isFirst, !isIndented, !startsIndented {
          if breaks == 1 { text.append(UInt8(ascii: " ")) } else { appendBreaks(breaks - 1, to: &text) }
        } else {
          appendBreaks(breaks, to: &text)
        }
        text.append(contentsOf: source[content..<lineEnd])
        (isFirst, isIndented, breaks) = (false, startsIndented, 0)
      }
      breaks += 1
      if lineEnd == end { break }
      offset = SourceLines.afterBreak(lineEnd, in: source)
    }
    let isTerminated = end < source.count && source[end].isBreak
    switch header.chomping {
    case UInt8(ascii: "-"): break
    case UInt8(ascii: "+"): appendBreaks(isTerminated ? breaks : breaks - 1, to: &text)
    default: if isTerminated, !isFirst { text.append(UInt8(ascii: "\n")) }
    }
  }

  private func appendBreaks(_ count: Int, to text: inout [UInt8]) {
    for _ in 0..<max(0, count) { text.append(UInt8(ascii: "\n")) }
  }

  /// That of the lines that hold more than blanks.
  private func leastIndentation(in range: Range<Int>) -> Int {
    var least = Int.max
    var offset = range.lowerBound
    while offset < range.upperBound {
      var content = offset
      while content < range.upperBound, source[content] == UInt8(ascii: " ") { content += 1 }
      if content < range.upperBound, !source[content].isBreak { least = min(least, content - offset) }
      guard let lineEnd = SourceLines.firstBreak(from: content, to: range.upperBound, in: source) else { break }
      offset = SourceLines.afterBreak(lineEnd, in: source)
    }
    return least
  }

  // MARK: Plain and quoted scalars

  private func decodeLines(of content: Range<Int>, _ style: Node.Style, into text: inout [UInt8]) -> Bool {
    var offset = content.lowerBound
    while offset < content.upperBound {
      let byte = source[offset]
      if byte.isBlankOrBreak {
        offset = decodeGap(at: offset, limit: content.upperBound, into: &text)
      } else if style == .singleQuoted, byte == UInt8(ascii: "'") {
        text.append(byte)
        offset += 2
      } else if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        guard let next = decodeEscape(at: offset, limit: content.upperBound, into: &text) else { return false }
        offset = next
      } else {
        let start = offset
        repeat { offset += 1 } while offset < content.upperBound && !Self.isSpecial(source[offset])
        text.append(contentsOf: source[start..<offset])
      }
    }
    return true
  }

  /// Whether a byte may say something else than itself in one of the styles.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte.isBlankOrBreak || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
  }

  /// Blanks are kept within a line; around a line break they are not, and one break is a blank, of several all but the first are
  /// kept.
  private func decodeGap(at start: Int, limit: Int, into text: inout [UInt8]) -> Int {
    let (end, breaks) = endOfGap(from: start, limit: limit)
    switch breaks {
    case 0: text.append(contentsOf: source[start..<end])
    case 1: text.append(UInt8(ascii: " "))
    default: appendBreaks(breaks - 1, to: &text)
    }
    return end
  }

  private func endOfGap(from start: Int, limit: Int) -> (end: Int, breaks: Int) {
    var (offset, breaks) = (start, 0)
    while offset < limit, source[offset].isBlankOrBreak {
      let next = SourceLines.afterBreak(offset, in: source)
      if next > offset { breaks += 1 }
      offset = max(next, offset + 1)
    }
    return (offset, breaks)
  }

  /// - Returns: where the text goes on; nil for an escape that YAML does not have.
  private func decodeEscape(at start: Int, limit: Int, into text: inout [UInt8]) -> Int? {
    guard start + 1 < limit else { return nil }
    let escape = source[start + 1]
    if escape.isBreak {
      let (end, breaks) = endOfGap(from: SourceLines.afterBreak(start + 1, in: source), limit: limit)
      appendBreaks(breaks, to: &text)
      return end
    }
    switch escape {
    case UInt8(ascii: "x"): return decodeCodePoint(from: start + 2, digits: 2, limit: limit, into: &text)
    case UInt8(ascii: "u"): return decodeCodePoint(from: start + 2, digits: 4, limit: limit, into: &text)
    case UInt8(ascii: "U"): return decodeCodePoint(from: start + 2, digits: 8, limit: limit, into: &text)
    default: break
    }
    guard let scalar = Self.scalar(of: escape) else { return nil }
    text.append(contentsOf: Array(String(scalar).utf8))
    return start + 2
  }

  private static func scalar(of escape: UInt8) -> Unicode.Scalar? {
    switch escape {
    case UInt8(ascii: "0"): "\0"
    case UInt8(ascii: "a"): "\u{07}"
    case UInt8(ascii: "b"): "\u{08}"
    case UInt8(ascii: "t"), UInt8(ascii: "\t"): "\t"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "v"): "\u{0B}"
    case UInt8(ascii: "f"): "\u{0C}"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "e"): "\u{1B}"
    case UInt8(ascii: " "): " "
    case UInt8(ascii: "\""): "\""
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "\\"): "\\"
    case UInt8(ascii: "N"): "\u{85}"
    case UInt8(ascii: "_"): "\u{A0}"
    case UInt8(ascii: "L"): "\u{2028}"
    case UInt8(ascii: "P"): "\u{2029}"
    default: nil
    }
  }

  private func decodeCodePoint(from start: Int, digits: Int, limit: Int, into text: inout [UInt8]) -> Int? {
    guard start + digits <= limit else { return nil }
    var value: UInt32 = 0
    for offset in start..<start + digits {
      guard let digit = source[offset].hexDigit else { return nil }
      value = value << 4 | UInt32(digit)
    }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    text.append(contentsOf: Array(String(scalar).utf8))
    return start + digits
  }
}
