import ConfigDocument

extension Inclusion {
  mutating func judgeInPlace(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    let program = program(premise.side.other)
    let checks = program.inPlace[Int(record.inPlace)]
    var questions: [(inout Inclusion) -> Answer] = []
    if checks.hasEnumeration || checks.constant >= 0 {
      // Values that the premise names were tried one by one.
      questions.append { $0.witness(premise, target, checks.hasEnumeration ? "enum" : "const") }
    }
    for part in [checks.reference] + program.lists[checks.allOf.indices] where part >= 0 {
      questions.append { inclusion in
        let answer = inclusion.decide(premise, part)
        guard case .fails(let value) = answer, !inclusion.parts(value, premise, target) else { return answer }
        return .open(inclusion.doubt("allOf", premise.side.other, target))
      }
    }
    if checks.dynamicFallback >= 0 { questions.append { $0.witness(premise, target, "$dynamicRef") } }
    if checks.anyOf.count > 0 { questions.append { $0.judgeAnyOf(premise, target, checks.anyOf) } }
    if checks.oneOf.count > 0 { questions.append { $0.judgeOneOf(premise, target, checks.oneOf) } }
    if checks.not >= 0 { questions.append { $0.judgeNot(premise, target, checks.not) } }
    if checks.condition >= 0 { questions.append { $0.judgeCondition(premise, target, checks) } }
    return conjunction(questions) { inclusion, question in question(&inclusion) }
  }

  private mutating func judgeAnyOf(_ premise: Premise, _ target: Int32, _ run: Run) -> Answer {
    let branches = candidates(premise, run)
    var values: [Value] = []
    for branch in branches {
      switch decide(premise, branch) {
      case .holds: return .holds
      case .fails(let value): values.append(value)
      case .open: break
      }
    }
    return witness(premise, target, "anyOf", trying: values)
  }

  private mutating func judgeOneOf(_ premise: Premise, _ target: Int32, _ run: Run) -> Answer {
    let branches = Array(program(premise.side.other).lists[run.indices])
    if keepsForms(premise, branches) { return .holds }
    let possible = candidates(premise, run)
    var values: [Value] = []
    for branch in possible {
      switch decide(premise, branch) {
      case .holds:
        let others = branches.filter { $0 != branch }
        if others.allSatisfy({ areDisjoint(premise, Premise(side: premise.side.other, parts: [$0])) }) { return .holds }
      case .fails(let value): values.append(value)
      case .open: break
      }
    }
    return witness(premise, target, "oneOf", trying: values)
  }

  /// The branches of a type that the premise can have.
  private func candidates(_ premise: Premise, _ run: Run) -> [Int32] {
    program(premise.side.other).lists[run.indices].filter { branch in
      let other = expanded(Premise(side: premise.side.other, parts: [branch]))
      return !other.isImpossible && !other.types.common(with: premise.types).isEmpty
    }
  }

  /// Whether each form of a `oneOf` of the premise has its counterpart: what was the only one stays the only one.
  private mutating func keepsForms(_ premise: Premise, _ branches: [Int32]) -> Bool {
    let own = program(premise.side)
    let side = premise.side.other
    for record in records(of: premise) where record.inPlace >= 0 {
      let forms = Array(own.lists[own.inPlace[Int(record.inPlace)].oneOf.indices])
      guard !forms.isEmpty else { continue }
      var free = branches
      var pairs: [(form: Int32, branch: Int32)] = []
      for form in forms {
        let same = free.first { classes.same(premise.side, form, $0) }
        guard let match = same ?? free.first(where: { areEqual(premise.side, form, $0) }) else { break }
        free.removeAll { $0 == match }
        pairs.append((form, match))
      }
      guard pairs.count == forms.count else { continue }
      let isNew = free.allSatisfy { branch in
        forms.allSatisfy { form in
          areDisjoint(Premise(side: premise.side, parts: [form]), Premise(side: side, parts: [branch]))
        }
      }
      if isNew { return true }
    }
    return false
  }

  /// Whether two subschemas accept the same, as far as that can be proved.
  private mutating func areEqual(_ side: SchemaSide, _ part: Int32, _ target: Int32) -> Bool {
    guard case .holds = decide(Premise(side: side, parts: [part]), target) else { return false }
    guard case .holds = decide(Premise(side: side.other, parts: [target]), part) else { return false }
    return true
  }

  private mutating func judgeNot(_ premise: Premise, _ target: Int32, _ refused: Int32) -> Answer {
    let side = premise.side.other
    let own = program(premise.side)
    for record in records(of: premise) where record.inPlace >= 0 {
      let known = own.inPlace[Int(record.inPlace)].not
      // What refuses more refuses this, too.
      if known >= 0, case .holds = decide(Premise(side: side, parts: [refused]), known) { return .holds }
    }
    if areDisjoint(premise, Premise(side: side, parts: [refused])) { return .holds }
    return witness(premise, target, "not")
  }

  private mutating func judgeCondition(_ premise: Premise, _ target: Int32, _ checks: InPlace) -> Answer {
    let side = premise.side.other
    let own = program(premise.side)
    let condition = Premise(side: side, parts: [checks.condition])
    let isConditionKnown = premise.parts.contains { classes.same(premise.side, $0, checks.condition) }
    var values: [Value] = []
    var isProved = true
    for (branch, isOut) in [
      (checks.consequence, areDisjoint(premise, condition)), (checks.alternative, isConditionKnown),
    ] where branch >= 0 && !isOut {
      switch decide(premise, branch) {
      case .holds: break
      case .fails(let value):
        values.append(value)
        isProved = false
      case .open: isProved = false
      }
    }
    if isProved { return .holds }
    for record in records(of: premise) where record.inPlace >= 0 {
      let known = own.inPlace[Int(record.inPlace)]
      guard known.condition >= 0, classes.same(premise.side, known.condition, checks.condition) else { continue }
      let keeps = [(known.consequence, checks.consequence), (known.alternative, checks.alternative)].allSatisfy {
        if $1 < 0 { return true }
        let given = Premise(side: premise.side, parts: premise.parts + ($0 < 0 ? [] : [$0]))
        if case .holds = decide(given, $1) { return true }
        return false
      }
      if keeps { return .holds }
    }
    return witness(premise, target, "if", trying: values)
  }
}
