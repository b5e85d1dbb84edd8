/// Moves whole lines sideways.
enum Indentation {
  /// Shifts each line by `delta` columns. Lines without any character stay so; a line that has fewer blanks than are to go loses
  /// those that it has.
  ///
  /// Block scalars come out right without being looked at: their content is deeper than what holds them, so it moves by the same
  /// number of columns, blanks beyond the indentation included.
  static func shift(_ text: [UInt8], by delta: Int) -> [UInt8] {
    guard delta != 0 else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count + text.count / 8)
    text.withBuffer { source in
      var offset = 0
      while offset < source.count {
        let end = SourceLines.end(of: offset, in: source)
        let next = SourceLines.afterBreak(end, in: source)
        if end > offset {
          if delta > 0 {
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: delta))
          } else {
            let limit = min(end, offset - delta)
            while offset < limit, source[offset] == UInt8(ascii: " ") { offset += 1 }
            // The line breaks around a line that is empty now stay two.
            if offset == end, next > end, SourceLines.isOneBreak(out.last, source[end]) {
              out.append(UInt8(ascii: "\r"))
            }
          }
        }
        out.append(contentsOf: source[offset..<next])
        offset = next
      }
    }
    return out
  }

  /// The text with every line but the first deeper than `column`: between brackets it may go on at any column.
  static func hanging(_ text: [UInt8], below column: Int) -> [UInt8] {
    guard let end = text.firstIndex(where: \.isBreak) else { return text }
    let next = text.withBuffer { SourceLines.afterBreak(end, in: $0) }
    let lines = Array(text[next...])
    return text[..<next] + shift(lines, by: max(0, column + 1 - least(in: lines)))
  }

  /// The text with spaces for the tabs that its lines but the first start with.
  static func withoutTabs(_ text: some Sequence<UInt8>) -> [UInt8] {
    var isAtStart = false
    return text.map { byte in
      defer { isAtStart = byte.isBreak || isAtStart && byte.isBlank }
      return isAtStart && byte == UInt8(ascii: "\t") ? UInt8(ascii: " ") : byte
    }
  }

  /// The fewest spaces at the start of a line that has anything else; 0 where there is none.
  static func least(in text: [UInt8]) -> Int {
    text.split(whereSeparator: \.isBreak)
      .compactMap { line in line.firstIndex { $0 != UInt8(ascii: " ") }.map { $0 - line.startIndex } }
      .min() ?? 0
  }

  static func withoutLastBreak(_ text: [UInt8]) -> [UInt8] {
    text.withBuffer { Array($0[..<SourceLines.beforeBreak($0.count, in: $0, notBefore: 0)]) }
  }
}
