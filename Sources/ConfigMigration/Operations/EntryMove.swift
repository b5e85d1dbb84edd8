package import ConfigDocument

/// Moves one entry or item within one document, and settles what happens if its target exists.
package struct EntryMove {
  package var unit: Int
  package var onConflict: ConflictResolution
  package var creation = CreationFields()
  /// Whether two lists are combined, whatever `onConflict` says.
  package var appendsLists = false

  package init(unit: Int, onConflict: ConflictResolution, creation: CreationFields = CreationFields()) {
    self.unit = unit
    self.onConflict = onConflict
    self.creation = creation
  }

  package mutating func run(
    _ node: NodeID, at source: Pointer, to target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) {
    guard node != set.units[unit].root else {
      throw set.failure(
        .operationUnsupported, "`\(source)` is the whole content of this file, which cannot be moved",
        at: set.place(of: node, in: unit), hint: "the product says where the file's content is put")
    }
    if target.tokens.last != "-", let existing = set.existing(at: target, in: unit), existing != node {
      guard try settle(node, at: source, with: existing, at: target, on: &set) else { return }
    }
    try place(node, at: source, to: target, on: &set)
  }

  private mutating func place(
    _ node: NodeID, at source: Pointer, to target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) {
    guard let key = target.tokens.last, let parentPointer = target.parent else { return }
    let isRename = source.parent == parentPointer && creation.neighbours == nil
    if isRename, let parent = set.document(of: unit).parent(of: node),
      set.document(of: unit).kind(of: parent) == .mapping
    {
      try set.edit(unit: unit) { document throws(Diagnostic) in try document.rename(node, to: key) }
      return
    }
    set.noteTaking(node, in: unit)
    if key == "-", set.existing(at: parentPointer, in: unit) == nil {
      try set.create(.array([]), at: parentPointer, in: unit, comment: creation.comment)
      creation.comment = nil
    }
    let container = try set.container(at: parentPointer, in: unit, comment: &creation.comment)
    if set.document(of: unit).kind(of: container) == .sequence {
      guard key == "-" else {
        throw set.failure(
          .conflict, "`\(parentPointer)` is a list, and a list has no key `\(key)`",
          at: set.place(of: container, in: unit), hint: "write `-` for the end of the list")
      }
      try set.edit(unit: unit) { document throws(Diagnostic) in try document.move(node, into: container) }
    } else {
      let position = set.position(creation.neighbours, in: container, unit: unit)
      try set.edit(unit: unit) { document throws(Diagnostic) in
        try document.move(node, toKey: key, in: container, at: position)
      }
    }
  }

  /// - Returns: whether the entry is still to be put at the target.
  private mutating func settle(
    _ node: NodeID, at source: Pointer, with existing: NodeID, at target: Pointer, on set: inout WorkingSet
  ) throws(Diagnostic) -> Bool {
    let document = set.document(of: unit)
    let (incoming, present) = (document.value(of: node), document.value(of: existing))
    if incoming == present {
      try set.remove(node, in: unit)
      return false
    }
    switch (appendsLists && present.isArray ? .append : onConflict, incoming, present) {
    case (.keep, _, _):
      set.reportDropped(node, at: source, keeping: target, in: unit)
      try set.remove(node, in: unit)
      return false
    case (.replace, _, _):
      set.reportReplaced(existing, at: target, by: set.shown(incoming, at: target), in: unit)
      try set.remove(existing, in: unit)
      return true
    case (.merge, .object, .object):
      try merge(entriesOf: node, at: source, into: target, on: &set)
      return false
    case (.append, .array, .array(var items)):
      for item in document.items(of: document.resolved(node)) {
        let value = set.document(of: unit).value(of: item)
        if items.contains(value) { continue }
        items.append(value)
        let list = document.resolved(existing)
        try set.edit(unit: unit) { document throws(Diagnostic) in try document.move(item, into: list) }
      }
      try set.remove(node, in: unit)
      return false
    default:
      throw set.conflict(
        at: target, existing: existing, incoming: "`\(source)`", from: document.place(of: node), in: unit)
    }
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
      if let existing = set.existing(at: to, in: unit) {
        var inner = EntryMove(unit: unit, onConflict: onConflict)
        inner.appendsLists = appendsLists
        let both = (set.document(of: unit).value(of: value), set.document(of: unit).value(of: existing))
        // Mappings combine to any depth, whatever is done with what is in them.
        if case (.object, .object) = both, both.0 != both.1 {
          try inner.merge(entriesOf: value, at: source.appending(key), into: to, on: &set)
          continue
        }
        guard try inner.settle(value, at: source.appending(key), with: existing, at: to, on: &set) else { continue }
      }
      try place(value, at: source.appending(key), to: to, on: &set)
    }
    try set.remove(node, in: unit)
  }
}

extension Value {
  fileprivate var isArray: Bool { if case .array = self { true } else { false } }
}
