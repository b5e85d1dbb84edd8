extension Document {
  /// Takes the entry or item, with its comments and style, into a mapping, which may be the one it is in.
  ///
  /// - Throws: `edit-refused` where the mapping has the key already, or is inside what moves.
  public mutating func move(
    _ node: NodeID, toKey key: String, in mapping: NodeID, at position: Position = .last
  ) throws(Diagnostic) {
    if parent(of: node) != mapping || text(of: self.key(of: node) ?? node) != key {
      try checkMapping(mapping, lacks: key)
    }
    try checkMove(of: node, into: mapping)
    try checkPosition(position, in: mapping, moving: node)
    let before = mayChangeAliases(node) ? self : nil
    let oldParent = nodes[node.index].parent
    let keyPlace: UInt32
    if let oldKey = self.key(of: node) {
      if text(of: oldKey).map({ !$0.utf8.elementsEqual(key.utf8) }) ?? true { try rewriteKey(oldKey, to: key) }
      edits.keys[node.raw] = oldKey.raw
      keyPlace = graft(oldKey.raw, into: mapping.raw)
      nodes[oldKey.index].flags.insert(.edited)
    } else {
      keyPlace = appendKey(key, parent: mapping.raw)
      edits.keys[node.raw] = keyPlace
    }
    let valuePlace = graft(node.raw, into: mapping.raw)
    nodes[Int(keyPlace)].next = valuePlace
    try splice(first: keyPlace, last: valuePlace, into: mapping.raw, at: position)
    markEdited(oldParent)
    markEdited(mapping.raw)
    if let before { try checkAliases(of: node, orRestore: before) }
  }

  /// Takes the entry or item, with its comments and style, into a list; an entry gives up its key.
  public mutating func move(_ node: NodeID, into sequence: NodeID, at position: Position = .last) throws(Diagnostic) {
    guard nodes[sequence.index].kind == .sequence else {
      throw Diagnostic(.editRefused, "an item can be moved into a list only", at: place(of: sequence))
    }
    try checkMove(of: node, into: sequence)
    try checkPosition(position, in: sequence, moving: node)
    let before = mayChangeAliases(node) ? self : nil
    let oldParent = nodes[node.index].parent
    if let key = key(of: node) {
      if let target = properties[node.raw]?.target, isWithin(target, key.raw) {
        throw Diagnostic(
          .editRefused, "the value is an alias into its own key, which a list does not have", at: place(of: node),
          hint: "expand the alias first")
      }
      if holdsComment(key.raw) {
        throw Diagnostic(
          .editRefused, "the key has a comment of its own, and a list has no key", at: place(of: key),
          hint: "move the comment first")
      }
      try giveAnchorsAway(of: [key])
      do throws(Diagnostic) { try checkPosition(position, in: sequence) } catch {
        // The neighbour was an alias of the key, and is its heir now.
        if let before { self = before }
        throw error
      }
      vacate(key.raw, as: .removed)
    }
    let place = graft(node.raw, into: sequence.raw)
    edits.keys[node.raw] = nil
    try splice(first: place, last: place, into: sequence.raw, at: position)
    markEdited(oldParent)
    markEdited(sequence.raw)
    if let before { try checkAliases(of: node, orRestore: before) }
  }

  /// A second, equal entry: the bytes of the first, without its anchors and comments.
  ///
  /// - Returns: the new value's node.
  @discardableResult
  public mutating func copy(
    _ node: NodeID, toKey key: String, in mapping: NodeID, at position: Position = .last
  ) throws(Diagnostic) -> NodeID {
    try checkMapping(mapping, lacks: key)
    try checkStyle(of: node, into: mapping, takesComments: false)
    try checkCopy(of: node)
    try checkDepth(of: node, in: mapping)
    try checkPosition(position, in: mapping)
    let before = mayChangeAliases(node) ? self : nil
    let keyNode = appendKey(key, parent: mapping.raw)
    let valueNode = clone(node.raw, parent: mapping.raw, keepingAnchors: false)
    edits.keys[valueNode] = keyNode
    nodes[Int(keyNode)].next = valueNode
    try splice(first: keyNode, last: valueNode, into: mapping.raw, at: position)
    if let before { try checkAliases(of: node, orRestore: before) }
    return NodeID(valueNode)
  }

  /// Replaces an alias by a copy of what it stands for, so that it can be edited alone.
  ///
  /// - Returns: the copy; the node itself, where it is no alias.
  /// - Throws: `edit-refused` where it stands for a collection that contains it, and where the copy would stand too deep.
  @discardableResult
  public mutating func expand(_ alias: NodeID) throws(Diagnostic) -> NodeID {
    guard nodes[alias.index].kind == .alias else { return alias }
    let target = resolved(alias)
    guard !isWithin(alias.raw, target.raw) else {
      throw Diagnostic(
        .editRefused, "the alias stands for a collection that contains it", at: place(of: alias),
        hint: "Write what is meant at its end in its place")
    }
    try checkCopy(of: target)
    try checkDepth(of: target, in: parent(of: alias))
    return try replace(alias, keepingAnchor: false) { document, parent throws(Diagnostic) in
      document.clone(target.raw, parent: parent, keepingAnchors: false)
    }
  }

  private func checkMove(of node: NodeID, into container: NodeID) throws(Diagnostic) {
    guard parent(of: node) != nil else {
      throw Diagnostic(.editRefused, "the root of a document cannot be moved", at: place(of: node))
    }
    var ancestor: NodeID? = container
    while let current = ancestor {
      if current == node {
        throw Diagnostic(.editRefused, "a collection cannot be moved into itself", at: place(of: node))
      }
      ancestor = parent(of: current)
    }
    try checkDepth(of: node, in: container)
    try checkStyle(of: node, into: container, takesComments: true)
  }

  /// Whether what an alias stands for may change when an entry or item goes or moves: the file has aliases, and the entry an
  /// anchor or an alias. Complexity: O(nodes of the entry).
  func mayChangeAliases(_ node: NodeID) -> Bool {
    guard hasAliases else { return false }
    var open = [node.raw] + (key(of: node).map { [$0.raw] } ?? [])
    while let id = open.popLast() {
      if let kept = properties[id], kept.anchor != nil { return true }
      if nodes[Int(id)].isContainer { open += children(of: id) }
    }
    return false
  }

  /// An alias must come after its anchor, with no other anchor of that name between.
  mutating func checkAliases(of node: NodeID, orRestore before: Document) throws(Diagnostic) {
    var anchors: [String: UInt32] = [:]
    var open = children(of: 0).reversed().map { $0 }
    while let id = open.popLast() {
      if nodes[Int(id)].kind == .document { anchors.removeAll() }
      if let kept = properties[id], let anchor = kept.anchor {
        if let target = kept.target, anchors[anchor] != target {
          self = before
          // What the edit made is gone.
          let known = [NodeID(id), node].first { $0.index < nodes.count }
          throw Diagnostic(
            .editRefused, "the alias `*\(anchor)` would stand for something else, or for nothing, after this move",
            at: known.flatMap { place(of: $0) }, hint: "expand the alias first")
        }
        if kept.target == nil { anchors[anchor] = id }
      }
      open += children(of: id).reversed()
    }
  }

  /// Flow style cannot hold block style: what would lose a comment on the way is refused.
  private func checkStyle(of node: NodeID, into container: NodeID, takesComments: Bool) throws(Diagnostic) {
    guard format == .yaml, isFlow(container.raw) else { return }
    let home = takesComments ? home(of: node.raw) : isNew(node) ? nil : node.raw
    if takesComments && hasWrittenComments(node.raw) || home.map({ hasComments($0, takesComments) }) ?? false {
      throw Diagnostic(
        .editRefused,
        "an entry with comments finds no room for them between the brackets of a collection in flow style",
        at: place(of: node), hint: "write the collection in block style first, or remove the comments")
    }
  }

  /// Whether an edit wrote a comment for a node, or for one in it.
  private func hasWrittenComments(_ id: UInt32) -> Bool {
    guard !edits.comments.isEmpty else { return false }
    return edits.comments[id].map { !$0.isEmpty } ?? false || children(of: id).contains { hasWrittenComments($0) }
  }

  /// Whether a node of the source has comments in it, or of its own.
  private func hasComments(_ id: UInt32, _ takesComments: Bool) -> Bool {
    let element = nodes[Int(id)]
    return bytes.withBuffer { bytes in
      var range = Int(element.start)..<Int(element.end)
      let renderer = Renderer(self, bytes: bytes, readingAt: range.lowerBound, style: NeighbourStyle())
      let source = renderer.source
      if takesComments, !renderer.flowComments(of: id).isEmpty { return true }
      if takesComments, let region = renderer.originalRegion(of: id) {
        range = region.headStart..<max(region.end, range.upperBound)
      } else if !element.isBlockCollection, !element.isBlockScalar {
        return false
      }
      return holdsComment(range, in: source)
    }
  }

  /// Whether there are comments within a node: behind a block scalar's indicators, or between the members of a collection.
  private func holdsComment(_ id: UInt32) -> Bool {
    let element = nodes[Int(id)]
    guard element.isBlockScalar || element.isContainer, element.flags.isDisjoint(with: .new) else { return false }
    return bytes.withBuffer { source in
      if element.isContainer { return holdsComment(Int(element.start)..<Int(element.end), in: source) }
      let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: element, in: source), in: source)
      return source[header.indicatorsEnd..<SourceLines.end(of: header.indicatorsEnd, in: source)]
        .contains(UInt8(ascii: "#"))
    }
  }

  /// Whether there are comments in a stretch of a YAML source.
  private func holdsComment(_ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    range.contains { offset in
      guard source[offset] == UInt8(ascii: "#") else { return false }
      // libyaml takes a comment that is glued to an indicator or to quotes. Behind anything else it is text, and need not be looked for.
      let before = offset == 0 ? UInt8(ascii: " ") : source[offset - 1]
      return (before.isBlankOrBreak || before == 0xBF || "[]{},:\"'|>+-0123456789".utf8.contains(before))
        && !isText(offset, in: source)
    }
  }

  /// Whether a byte of the source belongs to the text of a scalar. Complexity: O(nodes).
  private func isText(_ offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    nodes.contains { node in
      guard node.kind == .scalar, node.flags.isDisjoint(with: .new), Int(node.start) <= offset, offset < Int(node.end)
      else { return false }
      let content = ScalarSpan.contentStart(of: node, in: source)
      return offset >= (node.isBlockScalar ? SourceLines.end(of: content, in: source) : content)
    }
  }

  /// Whether nothing but blanks and line breaks stands between the brackets that the source has.
  func isHollow(_ element: Node) -> Bool {
    guard element.style == .flow else { return false }
    return bytes.withBuffer { source in
      var offset = ScalarSpan.contentStart(of: element, in: source) + 1
      while offset < Int(element.end), source[offset].isBlankOrBreak { offset += 1 }
      return offset >= Int(element.end) - 1
    }
  }

  /// Whether a collection is written between brackets, now that it is edited.
  func isFlow(_ container: UInt32) -> Bool {
    if format != .yaml { return true }
    var id = container
    while nodes[Int(id)].isContainer {
      let element = nodes[Int(id)]
      // One that the source has empty in a block context opens as a block when something is put into it.
      if element.style == .flow, element.flags.isDisjoint(with: .new), !isHollow(element) { return true }
      // Between brackets everything is.
      id = element.parent
    }
    return false
  }
}
