extension Document {
  /// A copy of a subtree that shares its source bytes, so that it is written the way the original is.
  mutating func clone(_ id: UInt32, parent: UInt32, keepingAnchors: Bool) -> UInt32 {
    var node = nodes[Int(id)]
    node.parent = parent
    node.next = 0
    node.firstChild = 0
    node.flags.subtract([.removed, .moved, .replaced, .inserted, .leansForward])
    if !node.flags.contains(.new) { node.flags.insert(.copied) }
    let copy = UInt32(nodes.count)
    nodes.append(node)
    edits.authors[copy] = author
    edits.written[copy] = edits.written[id]
    if !node.flags.contains(.new) { edits.originals[copy] = edits.originals[id] ?? id }
    if var kept = properties[id] {
      if node.kind != .alias, !keepingAnchors { kept.anchor = nil }
      properties[copy] = kept
    }
    var last: UInt32 = 0
    var place = nodes[Int(id)].firstChild
    while place != 0 {
      let new = clonePlace(place, parent: copy, keepingAnchors: keepingAnchors)
      if last == 0 { nodes[Int(copy)].firstChild = new } else { nodes[Int(last)].next = new }
      last = new
      place = nodes[Int(place)].next
    }
    let children = children(of: copy)
    if nodes[Int(copy)].kind == .mapping {
      for index in stride(from: 0, to: children.count - 1, by: 2) { edits.keys[children[index + 1]] = children[index] }
    }
    return copy
  }

  private mutating func clonePlace(_ place: UInt32, parent: UInt32, keepingAnchors: Bool) -> UInt32 {
    let original = nodes[Int(place)]
    let new: UInt32
    if original.kind == .graft {
      let vacant = !original.flags.isDisjoint(with: .vacant)
      let node = vacant ? original.payload : clone(original.payload, parent: parent, keepingAnchors: keepingAnchors)
      var graft = original
      graft.parent = parent
      graft.payload = node
      graft.next = 0
      nodes.append(graft)
      new = UInt32(nodes.count - 1)
      if !vacant { edits.places[node] = new }
    } else {
      new = clone(place, parent: parent, keepingAnchors: keepingAnchors)
    }
    nodes[Int(new)].flags.formUnion(
      original.flags.intersection([.removed, .moved, .replaced, .inserted, .leansForward]))
    return new
  }

  /// Before `node` goes: hands each anchor in it that aliases outside still need to the first of those aliases, which becomes a
  /// copy of what it stood for.
  mutating func giveAnchorsAway(of node: NodeID) throws(Diagnostic) {
    guard !properties.isEmpty else { return }
    let anchored = properties.keys.filter { properties[$0]?.anchor != nil && isWithin($0, node.raw) }.sorted()
    for id in anchored where nodes[Int(id)].kind != .alias {
      let outside = aliases(of: NodeID(id)).filter { !isWithin($0.raw, node.raw) }
      guard let heir = outside.first, let anchor = properties[id]?.anchor else { continue }
      let copy = try replaceAlias(heir, byCopyOf: id)
      properties[copy.raw, default: NodeProperties()].anchor = anchor
      nodes[copy.index].flags.insert(.properties)
      for alias in outside.dropFirst() { properties[alias.raw]?.target = copy.raw }
    }
  }

  private mutating func replaceAlias(_ alias: NodeID, byCopyOf id: UInt32) throws(Diagnostic) -> NodeID {
    properties[alias.raw]?.target = nil
    return try replace(alias) { document, parent throws(Diagnostic) in
      document.clone(id, parent: parent, keepingAnchors: true)
    }
  }

  private func isWithin(_ id: UInt32, _ ancestor: UInt32) -> Bool {
    var id = id
    while id != 0 {
      if id == ancestor { return isPresent(id) }
      id = nodes[Int(id)].parent
    }
    return false
  }
}
