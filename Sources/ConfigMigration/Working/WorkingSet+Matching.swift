package import ConfigDocument

/// What an operation works on.
package struct Work: Sendable {
  package var operation: Operation
  package var scope: Scope

  package init(_ operation: Operation, in scope: Scope) {
    self.operation = operation
    self.scope = scope
  }

  package var when: Condition? { operation.modifiers.when }
  /// Whether it depends on something that it works at all.
  package var isConditional: Bool { when != nil || operation.modifiers.branch != nil }
  package var layers: LayerSelection? { operation.modifiers.layers ?? scope.layers }
}

extension WorkingSet {
  /// The units that an operation may change, since they may hold what the address names, in the order in which they combine.
  package func selectedUnits(_ work: Work, for address: AddressPattern, in stage: Stage? = nil) -> [Int] {
    let candidates = stage.map { units(of: $0, in: work.scope) } ?? work.scope.units
    let probe = KeyProbe(address)
    return candidates.filter { unit in
      guard mayHold(probe, in: unit, within: work.scope.prefix) else { return false }
      guard fileMatches(address, unit: unit, work.scope.captures) else { return false }
      switch work.layers {
      case .base: return units[unit].isBase
      case .overlay: return !units[unit].isBase
      case .all, nil: return true
      }
    }
  }

  package func subject(_ work: Work, unit: Int, captures: Captures) -> ConditionSubject {
    ConditionSubject(
      units: [unit], effectiveUnits: effectiveUnits(of: unit), prefix: work.scope.prefix, captures: captures)
  }

  package func baseSubject(_ work: Work, captures: Captures) -> ConditionSubject {
    let base = baseReaders(work)
    return ConditionSubject(
      units: base, effectiveUnits: base, prefix: work.scope.prefix, captures: captures)
  }

  /// The units of the base that may hold something where the operation works.
  package func baseReaders(_ work: Work) -> [Int] {
    work.scope.readers.count == units.count ? baseUnits : work.scope.readers.filter { units[$0].isBase }
  }

  /// Changes every match in every layer that holds it, deepest first and last first.
  ///
  /// Matches and conditions are taken before the unit is changed; a unit is asked after the layers below it are done,
  /// so that `effective` sees their results.
  /// - Parameter types: those of scalars which `body` would leave alone, so that it need not be asked.
  /// - Returns: how many matches there were.
  package mutating func change(
    _ address: AddressPattern, _ target: EditTarget, as work: Work, inDocumentOrder: Bool = false,
    passing types: ScalarTypes = [], _ body: (inout WorkingSet, Int, AddressMatch) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Int {
    var count = 0
    for unit in selectedUnits(work, for: address) {
      let file = units[unit].file
      let (matches, passed) =
        if !types.isEmpty, !work.isConditional, !files[file].hasAnchors {
          files[file].document.matches(
            of: address.within(work.scope.prefix), below: units[unit].root, mountedAt: units[unit].mount,
            captures: fileCaptures(address, unit: unit, work.scope.captures), passing: types)
        } else {
          (matches: try matches(of: address, target, in: unit, as: work), passed: 0)
        }
      count += matches.count + passed
      for match in inDocumentOrder ? matches : matches.reversed() { try body(&self, unit, match) }
    }
    return count
  }

  /// The matches in one unit for which the operation's condition holds, ready to be edited.
  package mutating func matches(
    of address: AddressPattern, _ target: EditTarget, in unit: Int, as work: Work
  ) throws(Diagnostic) -> [AddressMatch] {
    let absolute = address.within(work.scope.prefix)
    let captures = fileCaptures(address, unit: unit, work.scope.captures)
    var candidates = found(absolute, in: unit, captures)
    guard !candidates.isEmpty else { return [] }
    if work.isConditional {
      var kept: [AddressMatch] = []
      if work.asksEachMatch {
        for match in candidates
        where try takesBranch(work, asking: subject(work, unit: unit, captures: match.captures)) {
          kept.append(match)
        }
      } else if try takesBranch(work, asking: subject(work, unit: unit, captures: captures)) {
        kept = candidates
      }
      candidates = kept
    }
    // Without anchors nothing is shared, and what was found is what can be written.
    guard !candidates.isEmpty, files[units[unit].file].hasAnchors else { return candidates }
    return try writableMatches(
      of: absolute, in: unit, captures: captures, target: target,
      where: !work.isConditional ? nil : Set(candidates.map(\.pointer)))
  }

  /// The places that an address names in one unit, whatever else is asked of them.
  package func found(_ address: AddressPattern, in unit: Int, _ captures: Captures) -> [AddressMatch] {
    files[units[unit].file].document.matches(
      of: address, below: units[unit].root, mountedAt: units[unit].mount, captures: captures)
  }

  /// The captures of the address's file part for this unit.
  package func fileCaptures(_ address: AddressPattern, unit: Int, _ captures: Captures) -> Captures {
    address.file?.match(files[units[unit].file].path, captures: captures) ?? captures
  }
}
