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
      if number == last { return isComment(above) || endsInComment(text) }
      number += 1
    }
    return false
  }

  private var commentMarks: [[UInt8]] { format == .yaml ? [Array("#".utf8)] : [Array("//".utf8), Array("/*".utf8)] }

  private func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return commentMarks.contains { text.starts(with: $0) }
  }

  /// A comment's mark behind a blank. In a quoted text it would be taken for one too, which only keeps an entry.
  private func endsInComment(_ line: ArraySlice<UInt8>) -> Bool {
    let marks = commentMarks
    return line.indices.dropFirst().contains { index in
      (line[index - 1] == UInt8(ascii: " ") || line[index - 1] == UInt8(ascii: "\t"))
        && marks.contains { line[index...].starts(with: $0) }
    }
  }
}
