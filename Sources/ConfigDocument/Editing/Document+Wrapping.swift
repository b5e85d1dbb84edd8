/// Collections that come around a node, or go from around it.
extension Document {
  /// Puts a node in the place of one that holds it: `a: {value: 1}` becomes `a: 1`. What else the outer one holds goes.
  ///
  /// The comments of both are kept: the inner one's own stand behind those of the entry that it is now the value of, and with them
  /// those of what the inner one was in, and those that were no member's. An anchor of the outer node passes to the inner one, and its
  /// aliases with it.
  ///
  /// - Throws: `edit-refused` where the inner node is not in the outer one, where its comments find no room, and where an alias
  ///   would come to stand for something else.
  /// - Complexity: O(bytes of the outer one); O(n) where there are aliases.
  public mutating func unwrap(_ outer: NodeID, keeping inner: NodeID) throws(Diagnostic) {
    guard inner != outer, isWithin(inner.raw, outer.raw), !nodes[inner.index].flags.contains(.key),
      !nodes[outer.index].flags.contains(.key)
    else {
      throw Diagnostic(.editRefused, "only a value within a collection can take its place", at: place(of: outer))
    }
    if parent(of: outer) == nil { try checkHasNoMarkers(atRoot: inner) }
    let comments = try mergedComments(of: outer, and: inner)
    let before = properties.isEmpty ? nil : self
    // An alias of what goes is what it stood for.
    let inner = isWithin(resolved(inner).raw, outer.raw) ? try expand(inner) : inner
    let passesAnchor = nodes[inner.index].kind != .alias && properties[inner.raw]?.anchor == nil
    try giveAnchorsAway(of: [outer], except: passesAnchor ? outer.raw : nil, sparing: inner)
    let key = key(of: outer)
    if passesAnchor { passAnchor(of: outer.raw, to: inner.raw) }
    edits.homes[inner.raw] = .some(home(of: outer.raw))
    standIn(inner.raw, for: outer.raw, key: key?.raw)
    edits.comments[outer.raw] = nil
    edits.comments[inner.raw] = comments
    if let before { try checkAliases(of: inner, orRestore: before) }
  }

  /// Puts a node into a new collection, which takes its place: `a: 1` becomes `a: {value: 1}` under the key `value`, and `a: [1]`
  /// without a key. The entry's comments stay with the entry, and an anchor with the node.
  ///
  /// - Returns: the new collection.
  /// - Throws: `edit-refused` for a key, and where the result would be nested too deep.
  /// - Complexity: O(nodes below it); O(n) where there are aliases.
  @discardableResult
  public mutating func wrap(_ node: NodeID, underKey key: String? = nil) throws(Diagnostic) -> NodeID {
    guard !nodes[node.index].flags.contains(.key) else {
      throw Diagnostic(.editRefused, "a key cannot be put into a collection", at: place(of: node))
    }
    try checkDepth(of: node, in: parent(of: node), below: 1)
    let value: Value = key.map { .object(Object([(key: $0, value: .null)])) } ?? [.null]
    return wrap(node, in: value, at: [0])
  }

  /// Puts a node into a new value, in the place of the member that `path` leads to, and the value in the node's place.
  ///
  /// - Parameter path: the number of the member of each collection on the way.
  mutating func wrap(_ node: NodeID, in value: Value, at path: [Int]) -> NodeID {
    let wrapper = build(value, parent: nodes[node.index].parent)
    takePlace(of: node.raw, wrapper, key: key(of: node)?.raw)
    // The place and the comments that the node had are the wrapper's now.
    edits.homes[node.raw] = .some(nil)
    var hole = NodeID(wrapper)
    for index in path {
      hole = kind(of: hole) == .mapping ? entries(of: hole)[index].value : items(of: hole)[index]
    }
    standIn(node.raw, for: hole.raw, key: key(of: hole)?.raw)
    return NodeID(wrapper)
  }

  /// Puts a node of the document in the place of another, which gives way.
  private mutating func standIn(_ node: UInt32, for old: UInt32, key: UInt32?) {
    let parent = nodes[Int(old)].parent
    let oldPlace = edits.places[old] ?? old
    let place = graft(node, into: parent)
    vacate(old, as: .replaced)
    nodes[Int(place)].next = nodes[Int(oldPlace)].next
    nodes[Int(oldPlace)].next = place
    nodes[Int(place)].flags.insert(.inserted)
    edits.keys[node] = key
    edits.authors[node] = author
    markEdited(parent)
  }

  /// The comments of an entry and those of a node within its value, which comes to stand for it.
  private func mergedComments(of outer: NodeID, and inner: NodeID) throws(Diagnostic) -> CommentEdits? {
    let around = comments(around: inner, upTo: outer)
    let inside = takenComments(of: inner)
    guard !inside.isEmpty || !around.before.isEmpty || !around.behind.isEmpty else { return edits.comments[outer.raw] }
    let room = parent(of: outer).map { !isFlow($0.raw) || home(of: outer.raw).map(hasOwnLines) ?? false } ?? false
    guard room else {
      throw Diagnostic(
        .editRefused, "the comments of what takes the place of its collection find no room there", at: place(of: inner),
        hint: "remove the comments first")
    }
    var merged = edits.comments[outer.raw] ?? CommentEdits()
    var above = around.before + (inside.head ?? [])
    if let line = inside.line, !line.isEmpty {
      if (merged.line ?? ownComments(of: outer, at: .line)).isEmpty { merged.line = line } else { above += line }
    }
    above += around.behind
    if !above.isEmpty { merged.head = (merged.head ?? ownComments(of: outer, at: .head)) + above }
    if let foot = inside.foot, !foot.isEmpty {
      merged.foot = (merged.foot ?? ownComments(of: outer, at: .foot)) + foot
    }
    merged.author = author
    return merged
  }

  /// The comments between `outer` and `inner`, on the way to it and behind: those of the entries and items that it is in, and those that
  /// are no member's.
  private func comments(around inner: NodeID, upTo outer: NodeID) -> (before: [[UInt8]], behind: [[UInt8]]) {
    var (before, behind): ([[UInt8]], [[UInt8]]) = ([], [])
    var node = inner
    while node != outer, let container = parent(of: node) {
      if node != inner {
        let own = takenComments(of: node)
        before = (own.head ?? []) + (own.line ?? []) + before
        behind += own.foot ?? []
      }
      let loose = looseComments(of: container)
      before = loose.filter { $0.next == node }.map(\.text) + before
      behind += loose.filter { $0.next != node }.map(\.text)
      node = container
    }
    return (before, behind)
  }

  /// The comments of an entry or item, those that its key and its dash leave behind included.
  func takenComments(of node: NodeID) -> CommentEdits {
    let edited = edits.comments[node.raw] ?? CommentEdits()
    guard format != .json, let home = home(of: node.raw) else { return edited }
    return bytes.withBuffer { bytes in
      Renderer(self, bytes: bytes, readingAt: Int(nodes[Int(home)].start), style: NeighbourStyle())
        .takenComments(of: node.raw, home: home, edited)
    }
  }
}

extension Renderer {
  fileprivate func takenComments(of value: UInt32, home: UInt32, _ edited: CommentEdits) -> CommentEdits {
    var taken = edited
    if originalFlowRegion(of: home) != nil {
      taken.head = (edited.head ?? []) + flowComments(of: home, edited)
      return taken
    }
    guard let origin = originalRegion(of: home) else { return edited }
    taken.head =
      (edited.head ?? ownComments(of: home, at: .head)) + commentsBefore(home, origin: origin, isKeyDropped: true)
    // Behind a block collection's colon it is one of those before the value.
    taken.line = edited.line ?? (node(home).isBlockCollection ? [] : ownComments(of: home, at: .line))
    taken.foot = edited.foot ?? ownComments(of: home, at: .foot)
    return taken
  }
}
