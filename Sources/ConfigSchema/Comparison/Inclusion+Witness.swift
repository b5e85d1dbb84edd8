import ConfigDocument

extension Inclusion {
  /// How many values are drawn in search of one that shows a difference.
  private static let draws = 24

  /// A value that the premise accepts and the target does not; where none is found, the keyword is in doubt.
  mutating func witness(
    _ premise: Premise, _ target: Int32, _ keyword: String, trying candidates: [Value] = []
  ) -> Answer {
    search(premise, target, trying: candidates).map(Answer.fails)
      ?? .open(doubt(keyword, premise.side.other, target))
  }

  /// - Parameter whole: a premise that the value must keep to as well.
  mutating func search(
    _ premise: Premise, _ target: Int32, trying candidates: [Value] = [], holding whole: Premise? = nil
  ) -> Value? {
    for value in candidates where parts(value, premise, target) {
      if whole.map({ parts(value, $0, target) }) ?? true { return value }
    }
    for round in 0..<Self.draws {
      guard let value = draw(premise, round: round) else { continue }
      if parts(value, premise, target), whole.map({ parts(value, $0, target) }) ?? true { return value }
    }
    return nil
  }

  /// A value that the premise is meant to accept: a sparse one first, then fuller ones.
  mutating func draw(_ premise: Premise, round: Int) -> Value? {
    let types = premise.types.single
    guard !types.isEmpty else { return nil }
    return generators[premise.side]!.proposal(
      for: premise.parts, types: types[round % types.count],
      density: round < types.count ? .required : [.some, .all, .required][round % 3])
  }

  /// Whether the premise accepts the value and the target does not. Both are asked.
  func parts(_ value: Value, _ premise: Premise, _ target: Int32) -> Bool {
    guard premise.types.allows(value) else { return false }
    let tree = ValueTree(value)
    return premise.parts.allSatisfy { accepts(premise.side, $0, tree) == true }
      && accepts(premise.side.other, target, tree) == false
  }

  func accepts(_ side: SchemaSide, _ subschema: Int32, _ value: Value) -> Bool? {
    accepts(side, subschema, ValueTree(value))
  }

  /// Nil where the check was given up.
  private func accepts(_ side: SchemaSide, _ subschema: Int32, _ tree: ValueTree) -> Bool? {
    withExtendedLifetime(tree) {
      var validity = Validity(program(side), tree)
      let verdict = validity.accepts(subschema, 0)
      return validity.fault == nil ? verdict : nil
    }
  }
}
