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

  private func difference(
    _ left: UInt32, _ right: UInt32, from other: Document, pairs: inout [UInt32: UInt32]
  ) -> Pointer? {
    let (a, b) = (nodes[Int(left)], other.nodes[Int(right)])
    let here = { self.pointer(to: NodeID(left)) }
    guard a.kind == b.kind else { return here() }
    let (mine, theirs) = (properties[left], other.properties[right])
    guard a.kind == .alias || mine?.anchor == theirs?.anchor, mine?.tag == theirs?.tag else { return here() }
    if mine?.anchor != nil { pairs[left] = right }
    switch a.kind {
    case .alias:
      return mine?.target.flatMap({ pairs[$0] }) == theirs?.target ? nil : here()
    case .mapping, .sequence:
      let (children, others) = (children(of: left), other.children(of: right))
      guard children.count == others.count else { return here() }
      for (child, match) in zip(children, others) {
        if let found = difference(child, match, from: other, pairs: &pairs) { return found }
      }
      return nil
    default:
      return scalarValue(of: left).isSpelledLike(other.scalarValue(of: right)) ? nil : here()
    }
  }
}

extension Value {
  /// Whether two scalars are equal; numbers by value, whatever their spelling.
  fileprivate func isSpelledLike(_ other: Value) -> Bool {
    // Not-a-number is what it is, although it does not equal itself elsewhere.
    self == other
  }
}
