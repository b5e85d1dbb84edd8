/// What stands between the statements of SQL: blanks and comments, which all three dialects write alike.
package enum SQLTrivia {
  /// One comment, with its marks.
  package struct Comment: Hashable, Sendable {
    package var range: Range<Int>
    /// The text without marks and the blanks around it; each line of a block comment for itself.
    package var lines: [Line]
  }

  package struct Line: Hashable, Sendable {
    package var text: String
    /// The offset of its first byte in the source.
    package var offset: Int
  }

  /// Where the first byte stands at or after `start` that is neither blank nor comment. Complexity: O(what is skipped).
  package static func skip(_ source: [UInt8], from start: Int, to end: Int) -> Int {
    walk(source, from: start, to: end) { _ in }
  }

  /// The comments from `start` on, up to the first byte that is neither blank nor comment.
  package static func comments(in source: [UInt8], from start: Int, to end: Int) -> [Comment] {
    var found: [Comment] = []
    _ = walk(source, from: start, to: end) { range in found.append(comment(source, range)) }
    return found
  }

  private static func walk(_ source: [UInt8], from start: Int, to end: Int, _ visit: (Range<Int>) -> Void) -> Int {
    var index = start
    while index < end {
      let byte = source[index]
      if byte == 0x20 || (0x09...0x0D).contains(byte) || byte == UInt8(ascii: ";") {
        index += 1
      } else if let next = commentEnd(source, at: index, to: end) {
        visit(index..<next)
        index = next
      } else {
        break
      }
    }
    return index
  }

  /// Where the comment ends that begins at `index`; nil where none does. Block comments nest, as PostgreSQL's do; one that
  /// a server executes (`/*!`, `/*M!`) is a statement.
  private static func commentEnd(_ source: [UInt8], at index: Int, to end: Int) -> Int? {
    guard index + 1 < end else { return nil }
    if source[index] == UInt8(ascii: "-"), source[index + 1] == UInt8(ascii: "-") {
      return source[index..<end].firstIndex(of: 0x0A).map { $0 + 1 } ?? end
    }
    guard source[index] == UInt8(ascii: "/"), source[index + 1] == UInt8(ascii: "*") else { return nil }
    let rest = source[(index + 2)..<end]
    if rest.first == UInt8(ascii: "!") || rest.starts(with: "M!".utf8) { return nil }
    var depth = 1
    var next = index + 2
    while next < end, depth > 0 {
      if next + 1 < end, source[next] == UInt8(ascii: "/"), source[next + 1] == UInt8(ascii: "*") {
        depth += 1
        next += 2
      } else if next + 1 < end, source[next] == UInt8(ascii: "*"), source[next + 1] == UInt8(ascii: "/") {
        depth -= 1
        next += 2
      } else {
        next += 1
      }
    }
    return next
  }

  private static func comment(_ source: [UInt8], _ range: Range<Int>) -> Comment {
    let isBlock = source[range.lowerBound] == UInt8(ascii: "/")
    var inner = (range.lowerBound + 2)..<range.upperBound
    if isBlock, inner.count >= 2 { inner = inner.lowerBound..<(inner.upperBound - 2) }
    var lines: [Line] = []
    for part in source[inner].split(separator: 0x0A, omittingEmptySubsequences: false) {
      let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
      let trimmed = part.drop { isBlank($0) || isBlock && $0 == UInt8(ascii: "*") }
      let end = trimmed.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? trimmed.startIndex
      if end > trimmed.startIndex {
        lines.append(
          Line(text: String(decoding: trimmed[..<end], as: UTF8.self), offset: trimmed.startIndex))
      }
    }
    return Comment(range: range, lines: lines)
  }
}
