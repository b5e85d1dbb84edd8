package import ConfigDocument

extension Document {
  /// Whether the node was in the source: one that an edit made has the place of what it is in.
  package func isInSource(_ node: NodeID) -> Bool {
    guard let parent = parent(of: node) else { return true }
    return place(of: node) != place(of: parent)
  }

  /// Whether a comment stands above the entry or item, glued to it, or behind its first line, in the source.
  package func hasOwnComments(_ node: NodeID) -> Bool {
    guard format != .json else { return false }
    let line = place(of: key(of: node) ?? node).line
    let last = kind(of: node) == .scalar ? place(of: node).line : line
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
