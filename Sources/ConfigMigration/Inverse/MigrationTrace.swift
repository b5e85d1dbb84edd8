package import ConfigDocument

/// What a transformer decided and created on its way up: the part of the way back that its text does not tell.
package struct MigrationTrace: Sendable {
  /// A document for which an operation's condition held, and for which match.
  package struct Decision: Hashable, Sendable {
    package var unit: String
    package var captures: Captures
  }

  /// A place where an operation put something that was not there.
  package struct Creation: Hashable, Sendable {
    package var unit: String
    package var pointer: Pointer
  }

  package var decisions: [SourcePlace: Set<Decision>] = [:]
  package var creations: [SourcePlace: Set<Creation>] = [:]

  package init() {}
}

/// The condition of the operation that one of the way back undoes.
package struct Branch: Sendable {
  /// Where that operation is written: what was recorded is found by it.
  package var origin: SourcePlace
  /// Is asked where nothing was recorded; nil where it cannot be asked of the newer form.
  package var condition: Condition?
}

/// An edit of something that the older version does not have.
package struct StrandedEdit: Sendable {
  package var path: String
  package var conflict: MergeConflict
}

extension Work {
  /// Whether the answer may differ from match to match.
  package var asksEachMatch: Bool { operation.modifiers.branch != nil || when?.usesCaptures == true }
}

extension WorkingSet {
  /// Whether the operation works for these documents and captures: by its condition, and on a way back by what was
  /// decided on the way there.
  package mutating func takesBranch(_ work: Work, asking subject: ConditionSubject) throws(Diagnostic) -> Bool {
    if let when = work.when {
      guard try holds(when, for: subject) else { return false }
      if trace != nil, let place = work.operation.place {
        let decisions = subject.units.map { MigrationTrace.Decision(unit: name(of: $0), captures: subject.captures) }
        trace?.decisions[place, default: []].formUnion(decisions)
      }
    }
    guard let branch = work.operation.modifiers.branch else { return true }
    guard let replayed else {
      return try branch.condition.map { condition throws(Diagnostic) in
        try holds(condition, for: subject)
      } ?? true
    }
    let names = Set(subject.units.map { name(of: $0) })
    return replayed.decisions[branch.origin]?.contains {
      names.contains($0.unit) && $0.captures.agree(with: subject.captures)
    } ?? false
  }

  package mutating func recordCreation(at pointer: Pointer, in unit: Int) {
    guard trace != nil, let place = current?.place else { return }
    let creation = MigrationTrace.Creation(unit: name(of: unit), pointer: pointer)
    trace?.creations[place, default: []].insert(creation)
  }

  /// Something that was created on the way up and edited since: the older version has no place for it, so that somebody has to
  /// decide.
  package mutating func strand(_ match: AddressMatch, created: Value, in unit: Int) throws(Diagnostic) {
    guard let replayed, let place = current?.place,
      replayed.creations[place]?.contains(where: {
        $0.unit == name(of: unit) && match.pointer.isWithin($0.pointer)
      }) == true
    else { return }
    let document = document(of: unit)
    stranded.append(
      StrandedEdit(
        path: files[units[unit].file].path,
        conflict: MergeConflict(
          document: units[unit].number, pointer: document.pointer(to: match.node), base: created,
          ours: document.value(of: match.node), theirs: nil)))
    if dropsStranded { try remove(match.node, in: unit) }
  }

  /// Names a document by its file and its number in it.
  private func name(of unit: Int) -> String { "\(files[units[unit].file].path)@\(units[unit].number)" }
}
