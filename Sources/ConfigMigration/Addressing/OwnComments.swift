package import ConfigDocument

extension Document {
  /// Whether a comment stands above the entry, glued to it, or behind it on its line, in the source.
  package func hasOwnComments(_ node: NodeID) -> Bool {
    guard format != .json, let key = key(of: node) else { return false }
    let line = place(of: key).line
    let last = place(of: node).line
    var number = 1
    var above: ArraySlice<UInt8> = []
    for text in source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if number == line - 1 { above = text }
      if number == last { return Self.isComment(above) || Self.endsInComment(text) }
      number += 1
    }
    return false
  }

  private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "#")
  }

  /// A `#` behind a blank. In a quoted text it would be taken for a comment too, which only keeps an entry.
  private static func endsInComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.indices.contains {
      line[$0] == UInt8(ascii: "#") && $0 > line.startIndex
        && (line[$0 - 1] == UInt8(ascii: " ") || line[$0 - 1] == UInt8(ascii: "\t"))
    }
  }
}
