package import ConfigDocument

/// `copy`: a second, equal entry somewhere else.
package struct CopyOperation: OperationBody {
  package var from: AddressPattern
  package var to: AddressPattern
  package var onConflict: ConflictResolution
  package var creation: CreationFields

  package var sources: [AddressPattern] { [from] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    from = try fields.address("from")
    to = try fields.target("to", of: from)
    onConflict = try fields.word("on_conflict", ConflictResolution.self) ?? .error
    creation = try CreationFields(reading: &fields)
    if from.tokens.isEmpty, from.file == nil || to.file == nil {
      throw Diagnostic(
        .badAddress, "the whole document can be copied into another file only",
        at: fields.document.place(of: try fields.required("from")),
        hint: "name both files, like `from: \"{name}.yaml#\"` and `to: \"all.yaml#/{name}\"`")
    }
    if to.tokens.isEmpty {
      throw Diagnostic(
        .badAddress, "nothing can be copied onto the whole document",
        at: fields.document.place(of: try fields.required("to")))
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    // Matches are taken before anything is copied to where it might be found again.
    var pairs: [(unit: Int, match: AddressMatch, target: Destination)] = []
    for unit in set.selectedUnits(work, for: from) where takes(part: unit, of: set, work) {
      let absolute = from.within(scope.prefix)
      for match in set.found(absolute, in: unit, set.fileCaptures(from, unit: unit, scope.captures)) {
        let subject = set.subject(work, unit: unit, captures: match.captures)
        guard try set.takesBranch(work, asking: subject) else { continue }
        guard let target = try target(of: match, in: unit, &set, work) else { continue }
        pairs.append((unit, match, target))
      }
    }
    for pair in pairs { try copy(pair.match, from: pair.unit, to: pair.target, on: &set, work) }
    return pairs.count
  }

  /// A copy is something new, so it is made in the base unless `layers` asks for more, or the address names the overlay.
  private func takes(part unit: Int, of set: WorkingSet, _ work: Work) -> Bool {
    if work.layers != nil || from.file != nil || set.units[unit].isStandalone { return true }
    return set.units[unit].isBase && work.scope.createsInBase
  }

  private func target(
    of match: AddressMatch, in unit: Int, _ set: inout WorkingSet, _ work: Work
  ) throws(Diagnostic) -> Destination? {
    guard let target = try set.destination(to, for: match, in: unit, work) else { return nil }
    guard to.file == nil, set.units[unit].isBase else { return target }
    return Destination(unit: set.baseUnit(for: target.pointer, of: to, work) ?? target.unit, pointer: target.pointer)
  }

  private func copy(
    _ match: AddressMatch, from unit: Int, to target: Destination, on set: inout WorkingSet, _ work: Work
  ) throws(Diagnostic) {
    let (site, pointer) = (target.unit, target.pointer)
    let holders = to.file == nil && set.units[unit].isBase ? set.baseUnits : [site]
    let value = set.document(of: unit).value(of: match.node)
    if pointer.tokens.last != "-" {
      for holder in holders.reversed() {
        guard let existing = set.existing(at: pointer, in: holder) else { continue }
        try settle(match, value, from: unit, with: existing, in: holder, at: pointer, on: &set)
        return
      }
    }
    var comment = creation.comment.map(match.captures.fill)
    guard comment == nil, let key = pointer.tokens.last, key != "-", let parent = pointer.parent else {
      try set.create(value, at: pointer, in: site, beside: creation.neighbours, comment: comment)
      return
    }
    let container = try set.container(at: parent, in: site, comment: &comment)
    let position = set.position(creation.neighbours, in: container, unit: site)
    guard site == unit else {
      try set.take(
        match.node, from: set.document(of: unit), key: key, into: container, in: site, at: position,
        droppingComments: work.operation.modifiers.lossy != nil)
      return
    }
    try set.edit(unit: unit) { document throws(Diagnostic) in
      try document.copy(match.node, toKey: key, in: container, at: position)
    }
  }

  private func settle(
    _ match: AddressMatch, _ value: Value, from unit: Int, with existing: NodeID, in holder: Int, at target: Pointer,
    on set: inout WorkingSet
  ) throws(Diagnostic) {
    let present = set.document(of: holder).value(of: existing)
    if present == value { return }
    switch (onConflict, value, present) {
    case (.keep, _, _):
      set.report(
        .valueDropped, "`\(match.pointer)` is not copied to `\(target)`, since that exists and differs",
        at: set.place(of: existing, in: holder))
    case (.replace, _, _):
      set.reportReplaced(existing, at: target, by: set.shown(value, at: target), in: holder)
      try set.edit(unit: holder) { document throws(Diagnostic) in try document.set(existing, to: value) }
    case (.append, .array(let new), .array(let old)):
      let list = set.document(of: holder).resolved(existing)
      for item in new where !old.contains(item) {
        try set.edit(unit: holder) { document throws(Diagnostic) in try document.insert(item, into: list) }
      }
    case (.merge, .object, .object):
      var merge = ValueMerge(unit: holder, onConflict: .error, appendsLists: false)
      try merge.run(value, into: target, on: &set)
    default:
      throw set.conflict(
        at: target, existing: existing, incoming: "`\(match.pointer)`", from: set.place(of: match.node, in: unit),
        in: holder)
    }
  }
}
