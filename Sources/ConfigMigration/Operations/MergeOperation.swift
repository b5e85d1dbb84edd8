package import ConfigDocument

/// `merge`: puts a mapping into another one, key by key, to any depth.
package struct MergeOperation: OperationBody {
  package var into: AddressPattern
  package var source: ValueSource
  package var onConflict: ConflictResolution
  package var appendsLists: Bool
  package var comment: String?

  package var sources: [AddressPattern] {
    if case .address(let from) = source { [from, into] } else { [into] }
  }

  package init(into: AddressPattern, value: Value, onConflict: ConflictResolution = .error, comment: String? = nil) {
    self.into = into
    source = .value(value)
    self.onConflict = onConflict
    appendsLists = false
    self.comment = comment
  }

  private enum Resolution: String, CaseIterable { case error, keep, replace }
  private enum Lists: String, CaseIterable { case replace, append }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    into = try fields.address("into")
    if into.hasDeepWildcard {
      throw Diagnostic(
        .badAddress, "`\(into)` may be created, and `**` does not say where",
        at: fields.document.place(of: try fields.required("into")))
    }
    if let node = fields.optional("from") {
      _ = fields.optional("value")
      let from = try fields.address("from")
      for name in into.captureNames where !(from.captureNames + fields.surroundings.captures).contains(name) {
        throw Diagnostic(
          .badAddress, "the source `\(from)` binds no capture `{\(name)}`", at: fields.document.place(of: node))
      }
      if into.hasWildcard || into.file?.hasWildcard == true {
        throw Diagnostic(
          .badAddress, "the target `\(into)` has a wildcard, and so does not say where",
          at: fields.document.place(of: try fields.required("into")),
          hint: "capture the part in the source, like `{name}`, and use it here")
      }
      source = .address(from)
    } else {
      source = try ValueSource(reading: &fields, for: into)
    }
    if case .value(let value) = source {
      guard case .object = value else {
        throw fields.document.wrongType(try fields.required("value"), field: "value", wanted: "a mapping")
      }
    }
    switch try fields.word("on_conflict", Resolution.self) {
    case .error, nil: onConflict = .error
    case .keep: onConflict = .keep
    case .replace: onConflict = .replace
    }
    appendsLists = try fields.word("lists", Lists.self) == .append
    comment = try fields.optionalText("comment")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    switch source {
    case .address(let from): return try move(from, work, on: &set)
    case .value(let value):
      var count = 0
      for stage in set.stages(work) { count += try merge(value, in: stage, work, on: &set) }
      return count
    }
  }

  private func merge(
    _ value: Value, in stage: Stage, _ work: Work, on set: inout WorkingSet
  ) throws(Diagnostic) -> Int {
    var count = 0
    for target in set.creationTargets(for: into, as: work, in: stage) {
      let isShared = stage == .base && !target.isInList
      if isShared, !work.scope.units.contains(where: { set.units[$0].isBase }) { continue }
      var subject = set.subject(work, stage: stage, captures: target.captures)
      if !isShared { subject.units = [target.unit] }
      guard try set.takesBranch(work, asking: subject) else { continue }
      let units = isShared ? set.baseReaders(work) : [target.unit]
      var merge = ValueMerge(units: units, onConflict: onConflict, appendsLists: appendsLists)
      merge.comment = comment.map(target.captures.fill)
      merge.creates = stage == .base ? isShared ? work.scope.createsInBase : true : set.createsInOverlay(target, work)
      merge.address = into
      merge.work = work
      guard merge.creates || set.isPresent(target.pointer, in: units) else { continue }
      count += 1
      try merge.run(value, into: target.pointer, on: &set)
    }
    return count
  }

  /// Every layer that holds the source merges its own.
  private func move(_ from: AddressPattern, _ work: Work, on set: inout WorkingSet) throws(Diagnostic) -> Int {
    var count = 0
    let units = set.selectedUnits(work, for: from)
    // What goes to another file must not be found there again.
    for units in into.file != nil ? [units] : units.map({ [$0] }) {
      var pairs: [(unit: Int, match: AddressMatch, target: Destination)] = []
      for unit in units {
        for match in try set.matches(of: from, .entry, in: unit, as: work) {
          guard let target = try set.destination(into, for: match, in: unit, work) else { continue }
          pairs.append((unit, match, target))
        }
      }
      count += pairs.count
      for pair in into.file != nil ? pairs : pairs.reversed() {
        try move(pair.match, of: pair.unit, to: pair.target, work, on: &set)
      }
    }
    return count
  }

  private func move(
    _ match: AddressMatch, of unit: Int, to target: Destination, _ work: Work, on set: inout WorkingSet
  ) throws(Diagnostic) {
    let document = set.document(of: unit)
    guard document.kind(of: document.resolved(match.node)) == .mapping else {
      throw set.failure(
        .valueRefused, "`\(match.pointer)` is \(document.described(match.node)), and only a mapping can be merged",
        at: document.place(of: match.node))
    }
    guard target.unit != unit || target.pointer != match.pointer else { return }
    var move = EntryMove(unit: unit, to: target.unit, onConflict: onConflict)
    move.appendsLists = appendsLists
    move.dropsComments = work.operation.modifiers.lossy != nil
    move.creation.comment = comment.map(match.captures.fill)
    try move.merge(entriesOf: match.node, at: match.pointer, into: target.pointer, on: &set)
  }
}
