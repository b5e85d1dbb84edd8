/// Makes JSON of JSONC without moving a byte: comments and trailing commas become blanks.
enum JSONComments {
  /// - Returns: the blanked text, and the offset of a comment that has no end, if there is one.
  static func blanked(_ source: [UInt8]) -> (text: [UInt8], unterminated: Int?) {
    var text = source
    var offset = 0
    /// The last comma behind a value, with nothing but blanks and comments behind it so far.
    var lastComma: Int?
    /// Whether a value ends here, or did before the blanks and comments: a comma behind a bracket or another comma is no trailing one.
    var isBehindValue = false
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "\""):
        lastComma = nil
        offset += 1
        while offset < text.count, text[offset] != UInt8(ascii: "\"") {
          offset += text[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset += 1
        isBehindValue = true
      case UInt8(ascii: "/") where offset + 1 < text.count && text[offset + 1] == UInt8(ascii: "/"):
        while offset < text.count, !text[offset].isBreak {
          text[offset] = UInt8(ascii: " ")
          offset += 1
        }
      case UInt8(ascii: "/") where offset + 1 < text.count && text[offset + 1] == UInt8(ascii: "*"):
        let start = offset
        offset += 2
        while offset + 1 < source.count,
          !(source[offset] == UInt8(ascii: "*") && source[offset + 1] == UInt8(ascii: "/"))
        {
          offset += 1
        }
        guard offset + 1 < source.count else { return (text, start) }
        offset += 2
        for index in start..<offset where !text[index].isBreak { text[index] = UInt8(ascii: " ") }
      case UInt8(ascii: ","):
        lastComma = isBehindValue ? offset : nil
        isBehindValue = false
        offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let comma = lastComma { text[comma] = UInt8(ascii: " ") }
        lastComma = nil
        isBehindValue = true
        offset += 1
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        lastComma = nil
        isBehindValue = false
        offset += 1
      default:
        lastComma = nil
        isBehindValue = true
        offset += 1
      }
    }
    return (text, nil)
  }

  /// The text without comments and trailing commas, and without the lines and blanks that they leave behind. Strings have no line
  /// breaks, so what stands at a line's end is never theirs.
  static func removed(_ source: [UInt8]) -> [UInt8] {
    let (text, _) = blanked(source)
    guard text != source else { return source }
    var out: [UInt8] = []
    var start = 0
    while start < text.count {
      let (end, next) = text.withBuffer { (SourceLines.end(of: start, in: $0), SourceLines.next(after: start, in: $0)) }
      if text[start..<end] == source[start..<end] {
        out += text[start..<next]
      } else {
        let kept = text[start..<end].lastIndex { !$0.isBlank }.map { $0 + 1 } ?? start
        if kept > start { out += text[start..<kept] + text[end..<next] }
      }
      start = next
    }
    return out
  }
}
