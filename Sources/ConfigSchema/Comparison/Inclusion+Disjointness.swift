import ConfigDocument

extension Inclusion {
  /// Whether nothing is accepted by both. `false` is where that is not plain.
  func areDisjoint(_ one: Premise, _ other: Premise, depth: Int = 0) -> Bool {
    let (left, right) = (expanded(one), expanded(other))
    if left.isImpossible || right.isImpossible { return true }
    let types = left.types.common(with: right.types)
    if types.isEmpty { return true }
    for (side, opposite) in [(left, right), (right, left)] {
      guard let values = finiteValues(of: side) else { continue }
      return values.allSatisfy { value in
        !opposite.types.allows(value)
          || opposite.parts.contains { accepts(opposite.side, $0, value) == false }
      }
    }
    guard depth < 5 else { return false }
    for (side, opposite) in [(left, right), (right, left)] {
      if let forms = firstForms(of: side), forms.count <= 12,
        forms.allSatisfy({ areDisjoint($0, opposite, depth: depth + 1) })
      {
        return true
      }
    }
    return types.single.allSatisfy { $0 == .object && objectsAreDisjoint(left, right, depth: depth) }
  }

  /// Whether a key that one of them demands tells their objects apart.
  private func objectsAreDisjoint(_ left: Premise, _ right: Premise, depth: Int) -> Bool {
    let (mine, theirs) = (program(left.side), program(right.side))
    let own = records(of: left).filter { $0.object >= 0 }.map { mine.objects[Int($0.object)] }
    let others = records(of: right).filter { $0.object >= 0 }.map { theirs.objects[Int($0.object)] }
    let names = Set(own.flatMap { mine.requiredNames($0) } + others.flatMap { theirs.requiredNames($0) })
    return names.contains { name in
      areDisjoint(
        Premise(side: left.side, parts: mine.subschemas(of: name, in: own).sorted()),
        Premise(side: right.side, parts: theirs.subschemas(of: name, in: others).sorted()), depth: depth + 1)
    }
  }
}
