extension Document {
  /// Where this document, with its edits, differs from another in structure, values, order, tags, anchors or aliases.
  ///
  /// - Returns: the pointer to the first difference; nil where there is none.
  func difference(from other: Document) -> Pointer? {
    let (mine, theirs) = (roots, other.roots)
    guard mine.count == theirs.count else { return Pointer() }
    var pairs: [UInt32: UInt32] = [:]
    for (left, right) in zip(mine, theirs) {
      if let found = difference(left.raw, right.raw, from: other, pairs: &pairs) { return found }
    }
    return nil
  }

  func difference(
    _ left: UInt32, _ right: UInt32, from other: Document, pairs: inout [UInt32: UInt32]
  ) -> Pointer? {
    let (a, b) = (nodes[Int(left)], other.nodes[Int(right)])
    guard a.kind == b.kind else { return pointer(to: NodeID(left)) }
    if !a.flags.union(b.flags).isDisjoint(with: [.properties, .new]) || a.kind == .alias {
      let (mine, theirs) = (properties[left], other.properties[right])
      guard a.kind == .alias || mine?.anchor == theirs?.anchor, mine?.tag == theirs?.tag else {
        return pointer(to: NodeID(left))
      }
      if mine?.anchor != nil { pairs[left] = right }
      if a.kind == .alias {
        return mine?.target.flatMap({ pairs[$0] }) == theirs?.target ? nil : pointer(to: NodeID(left))
      }
    }
    guard a.isContainer else { return sameScalar(left, right, in: other) ? nil : pointer(to: NodeID(left)) }
    var (mine, theirs) = (a.firstChild, b.firstChild)
    while true {
      var node: UInt32?
      while mine != 0, node == nil {
        node = occupant(of: mine)
        mine = nodes[Int(mine)].next
      }
      // The other document was just read: its places and its nodes are one.
      guard let node else { return theirs == 0 ? nil : pointer(to: NodeID(left)) }
      guard theirs != 0 else { return pointer(to: NodeID(left)) }
      if let found = difference(node, theirs, from: other, pairs: &pairs) { return found }
      theirs = other.nodes[Int(theirs)].next
    }
  }

  /// Whether two scalars mean the same; numbers by value, whatever their spelling.
  private func sameScalar(_ left: UInt32, _ right: UInt32, in other: Document) -> Bool {
    let (a, b) = (nodes[Int(left)], other.nodes[Int(right)])
    // Nearly all scalars were copied, and are the same bytes in the same style.
    if a.style == b.style, a.flags.isDisjoint(with: [.rewritten, .new, .decoded]), !b.flags.contains(.decoded) {
      let (x, y) = (a.start..<a.end, b.start..<b.end)
      let isSame = bytes.withBuffer { mine in
        other.bytes.withBuffer { theirs in
          mine[Int(x.lowerBound)..<Int(x.upperBound)].elementsEqual(theirs[Int(y.lowerBound)..<Int(y.upperBound)])
        }
      }
      if isSame { return true }
    }
    return scalarValue(of: left) == other.scalarValue(of: right)
  }
}
