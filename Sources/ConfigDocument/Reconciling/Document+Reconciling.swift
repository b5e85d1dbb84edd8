extension Document {
  /// Makes the node mean `value` with few edits: what is equal stays as bytes, what was renamed or moved is recognised and
  /// keeps its comments and spelling, and only the rest is written.
  ///
  /// This is what makes an opaque change lossless: the result of a program that knows nothing of comments is
  /// reconciled with the document that it was given.
  ///
  /// - Returns: the node that stands there now.
  /// - Throws: `edit-refused`.
  /// - Complexity: O(n) where little differs; O(n × d) in lists, d being the number of items that differ, with a cap.
  @discardableResult
  public mutating func reconcile(_ node: NodeID, with value: Value) throws(Diagnostic) -> NodeID {
    try checkDepth(of: value, at: node, in: parent(of: node))
    let place = place(of: node)
    var result = node
    var edited = self
    // What an anchor lost or got in a pass, its aliases must be told in the next one.
    for _ in 0..<4 {
      var reconciler = Reconciler(document: edited)
      result = try reconciler.reconcile(result, with: value)
      try reconciler.moveOrWrite()
      edited = reconciler.document
      if edited.value(of: result) == value {
        self = edited
        return result
      }
    }
    throw Diagnostic(
      .editRefused, "the document cannot be made to mean this value by edits: its anchors or tags are in the way",
      at: place)
  }
}

/// Compares a document with a value and edits the document: first what stays in place, then what is gone and what is
/// new, matched with each other as moves.
struct Reconciler {
  var document: Document
  /// Entries and items that the value does not have where they are.
  var gone: [NodeID] = []
  /// What the value has and the document has not.
  var wanted: [Addition] = []

  /// Something to be put into a collection, when it is known whether it can be moved there.
  struct Addition {
    enum Place {
      case entry(String)
      case item
    }
    var value: Value
    var container: NodeID
    var place: Place
    /// The sibling that it comes after; nil for the first place.
    var predecessor: Sibling
  }

  enum Sibling {
    case none
    case node(NodeID)
    /// The addition with this number, which comes before it.
    case addition(Int)
  }

  init(document: Document) { self.document = document }

  mutating func reconcile(_ node: NodeID, with value: Value) throws(Diagnostic) -> NodeID {
    if document.value(of: node) == value { return node }
    let target = document.resolved(node)
    if target != node {
      // The anchor has other users, so this one goes its own way.
      let copy = try document.expand(node)
      return try reconcile(copy, with: value)
    }
    if let result = try wrapped(node, value) { return result }
    switch (document.kind(of: node), value) {
    case (.mapping, .object(let object)):
      try entries(of: node, with: object)
      return node
    case (.sequence, .array(let array)):
      try items(of: node, with: array)
      return node
    default: return try document.set(node, to: value)
    }
  }

  // MARK: Mappings

  private mutating func entries(of mapping: NodeID, with object: Object) throws(Diagnostic) {
    try expandMerges(of: mapping, unless: object)
    let own = document.entries(of: mapping).filter { !document.isMergeKey($0.key.raw) }
    let present: [(key: String, value: NodeID)] = own.map { (document.keyText(of: $0.key), $0.value) }
    var byKey: [[UInt8]: NodeID] = [:]
    for entry in present { byKey[Array(entry.key.utf8)] = entry.value }
    guard byKey.count == present.count else {
      throw Diagnostic(
        .editRefused, "two keys of this mapping are one key as text, so a value cannot say which is meant",
        at: document.place(of: mapping))
    }
    let keys = Set(object.members.map { Array($0.key.utf8) })
    let removed = present.filter { !keys.contains(Array($0.key.utf8)) }
    let added = object.members.filter { member in
      byKey[Array(member.key.utf8)] == nil && !isInherited(member.key, member.value, by: mapping)
    }
    var renamed: Set<NodeID> = []
    for (old, new) in renames(from: removed, to: added) {
      try document.rename(old, to: new)
      byKey[Array(new.utf8)] = old
      renamed.insert(old)
    }
    var predecessor = Sibling.none
    for member in object.members {
      if let value = byKey[Array(member.key.utf8)] {
        predecessor = .node(try reconcile(value, with: member.value))
      } else if !isInherited(member.key, member.value, by: mapping) {
        wanted.append(
          Addition(value: member.value, container: mapping, place: .entry(member.key), predecessor: predecessor))
        predecessor = .addition(wanted.count - 1)
      }
    }
    for entry in removed where !renamed.contains(entry.value) { gone.append(entry.value) }
  }

  /// Whether a merge key gives the mapping this member already.
  private func isInherited(_ key: String, _ value: Value, by mapping: NodeID) -> Bool {
    guard document.child(key, of: mapping) == nil, let node = document.effectiveChild(key, of: mapping) else {
      return false
    }
    return document.value(of: node) == value
  }

  /// A merge key that brings something that the value lacks gives way to copies of what it brought.
  private mutating func expandMerges(of mapping: NodeID, unless object: Object) throws(Diagnostic) {
    let merges = document.entries(of: mapping).filter { document.isMergeKey($0.key.raw) }
    guard !merges.isEmpty else { return }
    var expansion = AliasExpansion(of: document)
    let inherited = document.effectiveEntries(of: mapping, &expansion).filter {
      document.parent(of: $0.value) != mapping
    }
    guard inherited.contains(where: { object[document.keyText(of: $0.key)] == nil }) else { return }
    for entry in inherited {
      let key = document.keyText(of: entry.key)
      guard object[key] != nil else { continue }
      try document.copy(document.resolved(entry.value), toKey: key, in: mapping, at: .before(merges[0].value))
    }
    for merge in merges { try document.remove(merge.value) }
  }

  /// Entries that got another key: the same value under a key that is new, where there is no other that it could be.
  private func renames(
    from removed: [(key: String, value: NodeID)], to added: [Object.Member]
  ) -> [(NodeID, String)] {
    var found: [(NodeID, String)] = []
    var taken: Set<NodeID> = []
    for member in added {
      let candidates = removed.filter { !taken.contains($0.value) && document.value(of: $0.value) == member.value }
      let rivals = added.count { $0.value == member.value }
      if candidates.count == 1, rivals == 1 {
        taken.insert(candidates[0].value)
        found.append((candidates[0].value, member.key))
      }
    }
    let restOfRemoved = removed.filter { !taken.contains($0.value) }
    let restOfAdded = added.filter { member in !found.contains { $0.1 == member.key } }
    for member in restOfAdded {
      let alike = restOfRemoved.filter {
        !taken.contains($0.value) && Similarity.of(document.value(of: $0.value), member.value) > 0.5
      }
      if alike.count == 1 {
        taken.insert(alike[0].value)
        found.append((alike[0].value, member.key))
      }
    }
    return found
  }

  // MARK: Moves

  /// What is gone in one place and wanted in another is moved; the rest is written, or removed.
  mutating func moveOrWrite() throws(Diagnostic) {
    var made: [NodeID] = []
    let values = gone.map { document.value(of: $0) }
    var moved: Set<NodeID> = []
    for addition in wanted {
      let position = position(of: addition, after: made)
      let source = gone.indices.filter { !moved.contains(gone[$0]) && values[$0] == addition.value }
      // A bare `true` that is gone here and new there is no move.
      if let index = source.first, source.count == 1 || !values[index].isTrivial,
        !values[index].isTrivial || isNear(gone[index], addition),
        let node = try move(gone[index], to: addition, at: position)
      {
        moved.insert(gone[index])
        made.append(node)
        continue
      }
      let new: NodeID
      switch addition.place {
      case .entry(let key):
        new = try document.insert(addition.value, forKey: key, into: addition.container, at: position)
      case .item: new = try document.insert(addition.value, into: addition.container, at: position)
      }
      made.append(new)
      fill(new, values, &moved)
    }
    for node in gone where !moved.contains(node) && document.isPresent(node.raw) { try document.remove(node) }
  }

  private func isNear(_ node: NodeID, _ addition: Addition) -> Bool { document.parent(of: node) == addition.container }

  private mutating func move(
    _ node: NodeID, to addition: Addition, at position: Position
  ) throws(Diagnostic) -> NodeID? {
    do throws(Diagnostic) {
      switch addition.place {
      case .entry(let key): try document.move(node, toKey: key, in: addition.container, at: position)
      case .item: try document.move(node, into: addition.container, at: position)
      }
      return node
    } catch {
      // What cannot be moved (an alias would be left behind, a flow collection cannot take it) is written anew.
      if error.code == .editRefused { return nil }
      throw error
    }
  }

  private func position(of addition: Addition, after made: [NodeID]) -> Position {
    switch addition.predecessor {
    case .none:
      return document.items(of: addition.container).isEmpty && document.entries(of: addition.container).isEmpty
        ? .last : .first
    case .node(let node): return document.parent(of: node) == addition.container ? .after(node) : .last
    case .addition(let index): return .after(made[index])
    }
  }
}

extension Value {
  /// Whether a value is so common that two equal ones are likely two different things.
  var isTrivial: Bool {
    switch self {
    case .null, .bool: true
    case .number(let number): number.int.map { abs($0) < 100 } ?? false
    case .string(let text): text.utf8.count < 3
    case .array(let values): values.isEmpty
    case .object(let object): object.isEmpty
    }
  }
}
