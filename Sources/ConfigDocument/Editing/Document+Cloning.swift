extension Document {
  /// A copy of a subtree that shares its source bytes, so that it is written the way the original is.
  mutating func clone(_ id: UInt32, parent: UInt32, keepingAnchors: Bool) -> UInt32 {
    var pairs: [UInt32: UInt32] = [:]
    let copy = clone(id, parent: parent, keepingAnchors: keepingAnchors, &pairs)
    // An alias may stand for a key.
    nodes[Int(copy)].flags.remove(.key)
    return copy
  }

  /// - Parameter pairs: the copies of the nodes copied so far, for aliases among them.
  private mutating func clone(
    _ id: UInt32, parent: UInt32, keepingAnchors: Bool, _ pairs: inout [UInt32: UInt32]
  ) -> UInt32 {
    var node = nodes[Int(id)]
    node.parent = parent
    node.next = 0
    node.firstChild = 0
    node.flags.subtract([.removed, .moved, .replaced, .inserted, .leansForward])
    if !node.flags.contains(.new) { node.flags.insert(.copied) }
    let copy = UInt32(nodes.count)
    nodes.append(node)
    pairs[id] = copy
    edits.authors[copy] = author
    edits.written[copy] = edits.written[id]
    // The copy's own are left out, as those of the source are.
    if pairs.count > 1 { edits.comments[copy] = edits.comments[id] }
    if !node.flags.contains(.new) { edits.originals[copy] = edits.originals[id] ?? id }
    if var kept = properties[id] {
      if node.kind != .alias, !keepingAnchors, kept.anchor != nil {
        kept.anchor = nil
        strip(copy)
      }
      if keepingAnchors, let target = kept.target, let twin = pairs[target] { kept.target = twin }
      properties[copy] = kept
    }
    var last: UInt32 = 0
    var place = nodes[Int(id)].firstChild
    while place != 0 {
      let new = clonePlace(place, parent: copy, keepingAnchors: keepingAnchors, &pairs)
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

  /// Notes that the bytes of a copy hold an anchor that is not to be written.
  private mutating func strip(_ copy: UInt32) {
    var id = copy
    while nodes[Int(id)].flags.contains(.copied), !nodes[Int(id)].flags.contains(.edited) {
      nodes[Int(id)].flags.insert(.edited)
      id = nodes[Int(id)].parent
    }
  }

  private mutating func clonePlace(
    _ place: UInt32, parent: UInt32, keepingAnchors: Bool, _ pairs: inout [UInt32: UInt32]
  ) -> UInt32 {
    let original = nodes[Int(place)]
    let new: UInt32
    if original.kind == .graft {
      let vacant = !original.flags.isDisjoint(with: .vacant)
      let node =
        vacant ? original.occupant : clone(original.occupant, parent: parent, keepingAnchors: keepingAnchors, &pairs)
      var graft = original
      graft.parent = parent
      graft.occupant = node
      graft.next = 0
      nodes.append(graft)
      new = UInt32(nodes.count - 1)
      if !vacant { edits.places[node] = new }
    } else if !original.flags.isDisjoint(with: .vacant) {
      new = cloneVacated(place, parent: parent)
    } else {
      new = clone(place, parent: parent, keepingAnchors: keepingAnchors, &pairs)
    }
    nodes[Int(new)].flags.formUnion(
      original.flags.intersection([.removed, .moved, .replaced, .inserted, .leansForward]))
    return new
  }

  /// The place of a node that went: its bytes, and those of the members that it had, tell where the copy's neighbours stand. What
  /// is below them now may be anywhere, even around the copy.
  private mutating func cloneVacated(_ place: UInt32, parent: UInt32) -> UInt32 {
    let copy = appendShared(place, parent: parent)
    var last: UInt32 = 0
    var member = nodes[Int(place)].firstChild
    while member != 0 {
      if nodes[Int(member)].kind != .graft, nodes[Int(member)].flags.isDisjoint(with: [.new, .inserted]) {
        let new = appendShared(member, parent: copy)
        nodes[Int(new)].flags.subtract(.vacant)
        if last == 0 { nodes[Int(copy)].firstChild = new } else { nodes[Int(last)].next = new }
        last = new
      }
      member = nodes[Int(member)].next
    }
    return copy
  }

  /// A node with the same bytes, and nothing below it.
  private mutating func appendShared(_ id: UInt32, parent: UInt32) -> UInt32 {
    var node = nodes[Int(id)]
    node.parent = parent
    node.next = 0
    node.firstChild = 0
    if !node.flags.contains(.new) { node.flags.insert(.copied) }
    nodes.append(node)
    let copy = UInt32(nodes.count - 1)
    edits.authors[copy] = edits.authors[id]
    if !node.flags.contains(.new) { edits.originals[copy] = edits.originals[id] ?? id }
    return copy
  }

  /// Before nodes go: hands each anchor in them that aliases outside still need to the first of those aliases, which becomes a
  /// copy of what it stood for.
  ///
  /// - Parameters:
  ///   - kept: a node whose anchor stays.
  ///   - spared: a node within them that stays, with all that is in it.
  mutating func giveAnchorsAway(
    of nodes: [NodeID], except kept: UInt32? = nil, sparing spared: NodeID? = nil
  ) throws(Diagnostic) {
    guard !properties.isEmpty else { return }
    var edited = self
    try edited.handOverAnchors(of: nodes, except: kept, sparing: spared)
    self = edited
  }

  private mutating func handOverAnchors(
    of nodes: [NodeID], except kept: UInt32?, sparing spared: NodeID?
  ) throws(Diagnostic) {
    func isGoing(_ document: Document, _ id: UInt32) -> Bool {
      nodes.contains { document.isWithin(id, $0.raw) } && !(spared.map { document.isWithin(id, $0.raw) } ?? false)
    }
    // What an alias becomes a copy of may hold aliases itself.
    var isSettled = false
    while !isSettled {
      isSettled = true
      let anchored = properties.keys.filter { properties[$0]?.anchor != nil && isGoing(self, $0) }.sorted()
      for id in anchored where self.nodes[Int(id)].kind != .alias && id != kept {
        let outside = aliasesInOrder(of: id).filter { !isGoing(self, $0.raw) }
        guard let heir = outside.first, let anchor = properties[id]?.anchor else { continue }
        if let inner = outside.first(where: { isWithin($0.raw, id) }) {
          throw Diagnostic(
            .editRefused, "the alias stands for a collection that contains it, and that goes", at: place(of: inner),
            hint: "write what is meant at its end in its place")
        }
        isSettled = false
        let copy = try replaceAlias(heir, byCopyOf: id)
        properties[copy.raw, default: NodeProperties()].anchor = anchor
        self.nodes[copy.index].flags.insert(.properties)
        for alias in outside.dropFirst() { properties[alias.raw]?.target = copy.raw }
      }
    }
  }

  /// Gives the anchor of a node to the one that takes its place, with all its aliases.
  mutating func passAnchor(of old: UInt32, to new: UInt32) {
    guard nodes[Int(old)].kind != .alias, let anchor = properties[old]?.anchor else { return }
    properties[new, default: NodeProperties()].anchor = anchor
    nodes[Int(new)].flags.insert(.properties)
    for alias in aliases(of: NodeID(old)) { properties[alias.raw]?.target = new }
  }

  /// The aliases of a node, as a reader meets them now.
  private func aliasesInOrder(of id: UInt32) -> [NodeID] {
    let aliases = aliases(of: NodeID(id))
    guard aliases.count > 1 else { return aliases }
    let wanted = Set(aliases)
    var found: [NodeID] = []
    var open = Array(children(of: 0).reversed())
    while let node = open.popLast() {
      if wanted.contains(NodeID(node)) { found.append(NodeID(node)) }
      open += children(of: node).reversed()
    }
    return found
  }

  private mutating func replaceAlias(_ alias: NodeID, byCopyOf id: UInt32) throws(Diagnostic) -> NodeID {
    let isKey = nodes[alias.index].flags.contains(.key)
    if isKey, nodes[Int(id)].kind != .scalar {
      throw Diagnostic(
        .editRefused, "a key is an alias of what would go, and cannot become a collection", at: place(of: alias),
        hint: "give the entry a key of its own first")
    }
    if isKey { try checkMapping(NodeID(nodes[alias.index].parent), lacks: text(of: NodeID(id)) ?? "") }
    try checkDepth(of: NodeID(id), in: parent(of: alias))
    properties[alias.raw]?.target = nil
    let parent = nodes[alias.index].parent
    let key = key(of: alias)
    let new = clone(id, parent: parent, keepingAnchors: true)
    takePlace(of: alias.raw, new, key: key?.raw)
    if isKey {
      nodes[Int(new)].flags.insert(.key)
      nodes[Int(new)].keyHash = KeyHash.hash(text(of: NodeID(new)) ?? "")
      noteKey(new, in: parent)
      if let value = entries(of: NodeID(parent)).first(where: { $0.key.raw == new })?.value {
        edits.keys[value.raw] = new
      }
    }
    return NodeID(new)
  }

  /// Whether a node stands in `ancestor`, or is it.
  func isWithin(_ id: UInt32, _ ancestor: UInt32) -> Bool {
    var id = id
    while id != 0 {
      if id == ancestor { return isPresent(id) }
      id = nodes[Int(id)].parent
    }
    return false
  }
}
