package import ConfigDocument

/// Moves one entry or item within one document or into another, and settles what happens if its target exists.
package struct EntryMove {
  /// The document that it is in.
  package var unit: Int
  /// The document that it goes to.
  package var site: Int
  package var onConflict: ConflictResolution
  package var creation = CreationFields()
  /// Whether two lists are combined, whatever `onConflict` says.
  package var appendsLists = false
  /// Whether comments may be lost where the file that it goes to has none.
  package var dropsComments = false

  package init(
    unit: Int, to site: Int, onConflict: ConflictResolution, creation: CreationFields = CreationFields()
  ) {
    self.unit = unit
    self.site = site
    self.onConflict = onConflict
    self.creation = creation
  }

  package mutating func run(
    _ node: NodeID, at source: Pointer, to target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) {
    if target.tokens.last != "-", let existing = set.existing(at: target, in: site), site != unit || existing != node {
      guard try settle(node, at: source, with: existing, at: target, on: &set) else { return }
    }
    try place(node, at: source, to: target, on: &set)
  }

  private mutating func place(
    _ node: NodeID, at source: Pointer, to target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) {
    guard let key = target.tokens.last, let parentPointer = target.parent else {
      throw set.failure(
        .conflict, "nothing can be moved onto a whole document", at: set.place(of: node, in: unit),
        hint: "use `merge` with `from` and `into`, which takes the entries one by one")
    }
    let isRename = site == unit && source.parent == parentPointer && creation.neighbours == nil
    if isRename, set.isEntry(node, in: unit) {
      try set.edit(unit: unit) { document throws(Diagnostic) in try document.rename(node, to: key) }
      return
    }
    if key == "-", set.existing(at: parentPointer, in: site) == nil {
      try set.create(.array([]), at: parentPointer, in: site, comment: creation.comment)
      creation.comment = nil
    }
    let container = try set.container(at: parentPointer, in: site, comment: &creation.comment)
    if set.document(of: site).kind(of: container) == .sequence {
      guard key == "-" else {
        throw set.failure(
          .conflict, "`\(parentPointer)` is a list, and a list has no key `\(key)`",
          at: set.place(of: container, in: site), hint: "write `-` for the end of the list")
      }
      try put(node, key: nil, into: container, at: .last, on: &set)
    } else {
      let position = set.position(creation.neighbours, in: container, unit: site)
      try put(node, key: key, into: container, at: position, on: &set)
    }
  }

  /// Takes the entry or item into its new container, which may be in another document.
  private func put(
    _ node: NodeID, key: String?, into container: NodeID, at position: Position, on set: inout WorkingSet
  ) throws(Diagnostic) {
    guard site != unit else {
      set.noteTaking(node, in: unit)
      try set.put(node, key: key, into: container, in: unit, at: position)
      return
    }
    // Removed first: in another document of one stream the anchors keep their names then.
    let donor = set.document(of: unit)
    try set.removeMoved(node, in: unit)
    try set.take(
      node, from: donor, key: key, into: container, in: site, at: position, droppingComments: dropsComments)
  }

  /// - Returns: whether the entry is still to be put at the target.
  private mutating func settle(
    _ node: NodeID, at source: Pointer, with existing: NodeID, at target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) -> Bool {
    let document = set.document(of: unit)
    let (incoming, present) = (document.value(of: node), set.document(of: site).value(of: existing))
    if incoming == present {
      try discard(node, on: &set)
      return false
    }
    switch (appendsLists && present.isArray ? .append : onConflict, incoming, present) {
    case (.keep, _, _):
      set.reportDropped(node, at: source, keeping: target, in: unit)
      try discard(node, on: &set)
      return false
    case (.replace, _, _):
      set.reportReplaced(existing, at: target, by: set.shown(incoming, at: target), in: site)
      try set.remove(existing, in: site)
      return true
    case (.merge, .object, .object):
      try merge(entriesOf: node, at: source, into: target, on: &set)
      return false
    case (.append, .array, .array(var items)):
      for item in document.items(of: document.resolved(node)) {
        let value = set.document(of: unit).value(of: item)
        if items.contains(value) { continue }
        items.append(value)
        try put(item, key: nil, into: set.document(of: site).resolved(existing), at: .last, on: &set)
      }
      try discard(node, on: &set)
      return false
    default:
      throw set.conflict(
        at: target, existing: existing, incoming: "`\(source)`", from: document.place(of: node), in: site)
    }
  }

  /// What is left of the source. The content of a whole file is never removed here: the file stays, empty.
  private func discard(_ node: NodeID, on set: inout WorkingSet) throws(Diagnostic) {
    guard node != set.units[unit].root else { return }
    try set.remove(node, in: unit)
  }

  /// Moves the entries of a mapping into another one, where a differing one is a conflict, and drops the empty rest.
  package mutating func merge(
    entriesOf node: NodeID, at source: Pointer, into target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) {
    let document = set.document(of: unit)
    let mapping = document.resolved(node)
    for (keyNode, value) in document.entries(of: mapping) {
      guard let key = document.text(of: keyNode) else { continue }
      if document.isMergeKey(keyNode) {
        throw set.failure(
          .conflict, "`\(source)` has a merge key, which cannot be combined with another mapping",
          at: document.place(of: keyNode), hint: "write the mapping out, without the merge key")
      }
      let to = target.appending(key)
      if let existing = set.existing(at: to, in: site) {
        var inner = EntryMove(unit: unit, to: site, onConflict: onConflict)
        inner.appendsLists = appendsLists
        inner.dropsComments = dropsComments
        let both = (set.document(of: unit).value(of: value), set.document(of: site).value(of: existing))
        // Mappings combine to any depth, whatever is done with what is in them.
        if case (.object, .object) = both, both.0 != both.1 {
          try inner.merge(entriesOf: value, at: source.appending(key), into: to, on: &set)
          continue
        }
        guard try inner.settle(value, at: source.appending(key), with: existing, at: to, on: &set) else { continue }
      }
      try place(value, at: source.appending(key), to: to, on: &set)
    }
    try discard(node, on: &set)
  }
}

extension WorkingSet {
  /// Takes a copy of an entry or item into a container of another document, with its comments; the entry itself stays.
  package mutating func take(
    _ node: NodeID, from donor: Document, key: String?, into container: NodeID, in site: Int, at position: Position,
    droppingComments: Bool
  ) throws(Diagnostic) {
    try edit(unit: site) { document throws(Diagnostic) in
      if let key {
        try document.insert(
          node, from: donor, forKey: key, into: container, at: position, droppingComments: droppingComments)
      } else {
        try document.insert(node, from: donor, into: container, at: position, droppingComments: droppingComments)
      }
    }
  }
}

extension WorkingSet {
  /// Whether the node is the value of a mapping's entry.
  fileprivate func isEntry(_ node: NodeID, in unit: Int) -> Bool {
    let file = units[unit].file
    return files[file].document.parent(of: node).map { files[file].document.kind(of: $0) == .mapping } ?? false
  }
}

extension Value {
  fileprivate var isArray: Bool { if case .array = self { true } else { false } }
}
