extension Document {
  /// Makes the node mean `value`. A scalar that becomes another scalar keeps its place, quotes (where they are legal),
  /// anchor and comments. A value that is already there is no edit.
  ///
  /// The anchor stays whatever the value was and becomes, so every alias of it sees the new value: an anchor is edited once.
  /// Setting an alias changes that place alone.
  ///
  /// - Parameter onlyHere: whether the aliases of the node keep the value that it had; the first of them gets the anchor then.
  /// - Returns: the node that stands there now: the same one, unless a collection came or went.
  /// - Throws: `edit-refused`.
  @discardableResult
  public mutating func set(_ node: NodeID, to value: Value, onlyHere: Bool = false) throws(Diagnostic) -> NodeID {
    let id = node.raw
    let element = nodes[Int(id)]
    if element.kind != .alias, self.value(of: node) == value, !isRespelling(id, value) { return node }
    let isScalar = value.object == nil && value.array == nil
    let staysInPlace = properties[id]?.tag == nil && !(onlyHere && properties[id]?.anchor != nil)
    if isScalar, element.kind == .scalar, !element.flags.contains(.key), staysInPlace {
      edits.written[id] = WrittenScalar(value: value, style: element.flags.contains(.new) ? nil : element.style)
      nodes[Int(id)].flags.insert(.rewritten)
      markEdited(id)
      return node
    }
    try checkValue(value, at: node, in: parent(of: node))
    return try replace(node, keepingAnchor: !onlyHere) { document, parent throws(Diagnostic) in
      document.build(value, parent: parent)
    }
  }

  /// Whether a number keeps its value and changes its spelling.
  private func isRespelling(_ id: UInt32, _ value: Value) -> Bool {
    guard nodes[Int(id)].kind == .scalar, case .number(let new) = value, case .number(let old) = scalarValue(of: id)
    else { return false }
    return new.spelling != old.spelling
  }

  /// Puts another node where `node` stands; comments of the entry stay.
  ///
  /// - Parameter keepingAnchor: whether the new node has the anchor of the old one; its aliases keep the old value otherwise.
  mutating func replace(
    _ node: NodeID, keepingAnchor: Bool, with make: (inout Document, UInt32) throws(Diagnostic) -> UInt32
  ) throws(Diagnostic) -> NodeID {
    let id = node.raw
    let before = mayChangeAliases(node) ? self : nil
    if before != nil { try giveAnchorsAway(of: [node], except: keepingAnchor ? id : nil) }
    let parent = nodes[Int(id)].parent
    let key = key(of: node)
    let new = try make(&self, parent)
    if keepingAnchor { passAnchor(of: id, to: new) }
    takePlace(of: id, new, key: key?.raw)
    if let before { try checkAliases(of: NodeID(id), orRestore: before) }
    return NodeID(new)
  }

  /// Puts a new node where another stands, which gives way.
  mutating func takePlace(of id: UInt32, _ new: UInt32, key: UInt32?) {
    let place = edits.places[id] ?? id
    edits.homes[new] = .some(home(of: id))
    vacate(id, as: .replaced)
    nodes[Int(new)].parent = nodes[Int(id)].parent
    nodes[Int(new)].next = nodes[Int(place)].next
    nodes[Int(place)].next = new
    if let key { edits.keys[new] = key }
    if let comments = edits.comments.removeValue(forKey: id) { edits.comments[new] = comments }
    nodes[Int(new)].flags.insert(.inserted)
    markEdited(new)
  }

  /// A new entry, written in the style of its neighbours.
  ///
  /// - Parameter comment: written above it, each line behind `# `. JSON has no comments, so there it is left out.
  /// - Returns: the value's node.
  /// - Throws: `edit-refused`, where the mapping has the key already or is none.
  @discardableResult
  public mutating func insert(
    _ value: Value, forKey key: String, into mapping: NodeID, at position: Position = .last, comment: String? = nil
  ) throws(Diagnostic) -> NodeID {
    try checkMapping(mapping, lacks: key)
    try checkValue(value, at: mapping, in: mapping)
    try checkPosition(position, in: mapping)
    let keyNode = appendKey(key, parent: mapping.raw)
    let valueNode = build(value, parent: mapping.raw)
    edits.keys[valueNode] = keyNode
    nodes[Int(keyNode)].next = valueNode
    keep(comment, for: valueNode)
    try splice(first: keyNode, last: valueNode, into: mapping.raw, at: position)
    return NodeID(valueNode)
  }

  /// A new item, written in the style of its neighbours. See ``insert(_:forKey:into:at:comment:)``.
  @discardableResult
  public mutating func insert(
    _ value: Value, into sequence: NodeID, at position: Position = .last, comment: String? = nil
  ) throws(Diagnostic) -> NodeID {
    guard nodes[sequence.index].kind == .sequence else {
      throw Diagnostic(.editRefused, "an item can be added to a list only", at: place(of: sequence))
    }
    try checkValue(value, at: sequence, in: sequence)
    try checkPosition(position, in: sequence)
    let item = build(value, parent: sequence.raw)
    keep(comment, for: item)
    try splice(first: item, last: item, into: sequence.raw, at: position)
    return NodeID(item)
  }

  private mutating func keep(_ comment: String?, for node: UInt32) {
    guard let comment, format != .json else { return }
    edits.comments[node] = CommentEdits(head: commentLines(comment), author: author)
  }

  /// Removes the entry or item with its own comments. A container that it empties is written as `{}` or `[]`. An anchor in
  /// it that aliases outside stand for is handed to the first of them, with its value.
  ///
  /// - Throws: `edit-refused` for a root.
  public mutating func remove(_ node: NodeID) throws(Diagnostic) {
    guard let parent = parent(of: node) else {
      throw Diagnostic(.editRefused, "the root of a document cannot be removed", at: place(of: node))
    }
    let before = mayChangeAliases(node) ? self : nil
    let key = key(of: node)
    if before != nil { try giveAnchorsAway(of: [node] + (key.map { [$0] } ?? [])) }
    if let key { vacate(key.raw, as: .removed) }
    vacate(node.raw, as: .removed)
    markEdited(parent.raw)
    if let before { try checkAliases(of: node, orRestore: before) }
  }

  /// Gives the entry whose value is `node` another key, in its place, with its quotes where they are legal.
  ///
  /// - Throws: `edit-refused` where a sibling has that key, or the entry's key is an alias or a collection.
  public mutating func rename(_ node: NodeID, to key: String) throws(Diagnostic) {
    guard let mapping = parent(of: node), let keyNode = self.key(of: node) else {
      throw Diagnostic(.editRefused, "only an entry of a mapping has a key", at: place(of: node))
    }
    if text(of: keyNode)?.hasSameBytes(as: key) == true { return }
    try checkMapping(mapping, lacks: key)
    try checkLength(of: key, for: keyNode)
    try rewriteKey(keyNode, to: key)
    markEdited(keyNode.raw)
  }

  mutating func rewriteKey(_ keyNode: NodeID, to key: String) throws(Diagnostic) {
    guard nodes[keyNode.index].kind == .scalar, properties[keyNode.raw]?.tag == nil else {
      throw Diagnostic(
        .editRefused, "the key is an alias, a collection or tagged, and cannot be renamed", at: place(of: keyNode))
    }
    nodes[keyNode.index].keyHash = KeyHash.hash(key)
    nodes[keyNode.index].flags.insert(.edited)
    noteKey(keyNode.raw, in: nodes[keyNode.index].parent)
    if restoresSource(keyNode.raw, { $0.hasSameBytes(as: key) }) { return }
    let style = nodes[keyNode.index].flags.contains(.new) ? nil : nodes[keyNode.index].style
    edits.written[keyNode.raw] = WrittenScalar(value: .string(key), style: style)
    nodes[keyNode.index].flags.insert(.rewritten)
  }

  /// Whether a scalar's text in the source is what it is to be again; its spelling comes back then.
  private mutating func restoresSource(_ id: UInt32, _ isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    guard nodes[Int(id)].flags.contains(.rewritten), !nodes[Int(id)].flags.contains(.new),
      withTextBytes(of: id, isWanted)
    else { return false }
    edits.written[id] = nil
    nodes[Int(id)].flags.remove(.rewritten)
    return true
  }
}
