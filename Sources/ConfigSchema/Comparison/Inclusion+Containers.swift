import ConfigDocument
import PatternMatching

extension Inclusion {
  // MARK: Arrays

  mutating func judgeArray(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    let checks = program(premise.side.other).arrays[Int(record.array)]
    let own = program(premise.side)
    let given = records(of: premise).filter { $0.array >= 0 }.map { own.arrays[Int($0.array)] }
    var missing: String?
    if checks.minItems > 0, !given.contains(where: { $0.minItems >= checks.minItems }) { missing = "minItems" }
    if checks.maxItems < .max, !given.contains(where: { $0.maxItems <= checks.maxItems }) { missing = "maxItems" }
    let longest = given.map(\.maxItems).min() ?? .max
    if checks.isUnique, longest > 1, !given.contains(where: \.isUnique) { missing = "uniqueItems" }
    if checks.contains >= 0 {
      let isKnown = given.contains {
        $0.contains >= 0 && classes.same(premise.side, $0.contains, checks.contains)
          && $0.minContains >= checks.minContains && $0.maxContains <= checks.maxContains
      }
      if !isKnown { missing = "contains" }
    }
    if checks.unevaluated >= 0 { missing = "unevaluatedItems" }
    var answer = judgeItems(premise, target, checks, given)
    if case .fails = answer { return answer }
    if let missing { answer = witness(premise, target, missing, trying: arrays(premise, target, checks)) }
    return answer
  }

  private mutating func judgeItems(
    _ premise: Premise, _ target: Int32, _ checks: ArrayChecks, _ given: [ArrayChecks]
  ) -> Answer {
    let own = program(premise.side)
    let other = program(premise.side.other)
    let prefix = max(Int(checks.prefix.count), given.map { Int($0.prefix.count) }.max() ?? 0)
    let longest = given.map(\.maxItems).min() ?? .max
    // After the longest prefix all items are alike.
    return conjunction(0...prefix) { inclusion, ordinal in
      guard ordinal < longest else { return .holds }
      let wanted =
        ordinal < checks.prefix.count ? other.lists[Int(checks.prefix.start) + ordinal] : checks.rest
      guard wanted >= 0 else { return .holds }
      let parts = given.compactMap { array -> Int32? in
        let item = ordinal < array.prefix.count ? own.lists[Int(array.prefix.start) + ordinal] : array.rest
        return item >= 0 ? item : nil
      }
      let answer = inclusion.decide(Premise(side: premise.side, parts: parts.sorted()), wanted)
      guard case .fails(let item) = answer else { return answer }
      return inclusion.array(with: item, at: ordinal, premise, target, given).map(Answer.fails)
        ?? .open(inclusion.doubt("items", premise.side.other, target))
    }
  }

  private mutating func array(
    with item: Value, at ordinal: Int, _ premise: Premise, _ target: Int32, _ given: [ArrayChecks]
  ) -> Value? {
    let least = given.map(\.minItems).max() ?? 0
    for round in 0..<12 {
      var items: [Value] = []
      if round % 2 == 1 || ordinal > 0 || least > 1, case .array(let drawn) = draw(premise, round: round) {
        items = drawn
      }
      if items.count > ordinal { items[ordinal] = item } else if items.count == ordinal { items.append(item) }
      let value = Value.array(items)
      if parts(value, premise, target) { return value }
    }
    return nil
  }

  /// Arrays that are too short, too long, or hold an item twice.
  private mutating func arrays(_ premise: Premise, _ target: Int32, _ checks: ArrayChecks) -> [Value] {
    var found: [Value] = [[]]
    for round in 0..<6 {
      guard case .array(let items) = draw(premise, round: round + 1), let first = items.first else { continue }
      found.append(.array([first]))
      found.append(.array([first, first]))
      if checks.maxItems < 200 { found.append(.array(Array(repeating: first, count: checks.maxItems + 1))) }
      found.append(.array(Array(items.prefix(max(0, checks.minItems - 1)))))
    }
    let numbers = (0..<min(200, checks.maxItems == .max ? 2 : checks.maxItems + 1)).map { Value.number(Number($0)) }
    return found + [.array(numbers), [1, 1], ["a", "a"], [1], ["a"]]
  }

  // MARK: Objects

  mutating func judgeObject(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    let checks = program(premise.side.other).objects[Int(record.object)]
    let own = program(premise.side)
    let given = records(of: premise).filter { $0.object >= 0 }.map { own.objects[Int($0.object)] }
    if demandsWhatMayNotBe(premise) { return .holds }
    let required = Set(given.flatMap { own.requiredNames($0) })
    return conjunction(
      [
        { $0.judgeRequired(premise, target, checks, required) },
        { $0.judgeNamed(premise, target, checks, given) },
        { $0.judgeOtherKeys(premise, target, checks, given) },
        { $0.judgeCounts(premise, target, checks, given) },
        { $0.judgeDependents(premise, target, checks, given, required) },
      ] as [(inout Inclusion) -> Answer]
    ) { inclusion, question in question(&inclusion) }
  }

  /// Whether no object can be there, since each would have to have a key that it may not have.
  func demandsWhatMayNotBe(_ premise: Premise) -> Bool {
    let own = program(premise.side)
    let given = records(of: premise).filter { $0.object >= 0 }.map { own.objects[Int($0.object)] }
    return Set(given.flatMap { own.requiredNames($0) }).contains { name in
      own.subschemas(of: name, in: given).contains { own.subschemas[Int($0)].isNever }
    }
  }

  private mutating func judgeRequired(
    _ premise: Premise, _ target: Int32, _ checks: ObjectChecks, _ required: Set<String>
  ) -> Answer {
    let wanted = program(premise.side.other).requiredNames(checks).filter { !required.contains($0) }
    return conjunction(wanted) { inclusion, name in
      var candidates: [Value] = [[:]]
      for round in 0..<6 {
        guard case .object(var object) = inclusion.draw(premise, round: round) else { continue }
        object[name] = nil
        candidates.append(.object(object))
      }
      return inclusion.witness(premise, target, "required", trying: candidates)
    }
  }

  /// The keys that either side names.
  private mutating func judgeNamed(
    _ premise: Premise, _ target: Int32, _ checks: ObjectChecks, _ given: [ObjectChecks]
  ) -> Answer {
    let own = program(premise.side)
    let other = program(premise.side.other)
    let names = Set(
      ([checks].map { ($0, other) } + given.map { ($0, own) }).flatMap { $1.slots($0).map(\.name).map($1.name) })
    return conjunction(names.sorted()) { inclusion, name in
      let parts = own.subschemas(of: name, in: given)
      if parts.contains(where: { own.subschemas[Int($0)].isNever }) { return .holds }
      return inclusion.conjunction(other.subschemas(of: name, in: [checks])) { inclusion, wanted in
        inclusion.judgeMember(name, parts, wanted, premise, target, "properties")
      }
    }
  }

  private mutating func judgeMember(
    _ name: String, _ parts: [Int32], _ wanted: Int32, _ premise: Premise, _ target: Int32, _ keyword: String
  ) -> Answer {
    let answer = decide(Premise(side: premise.side, parts: Array(Set(parts)).sorted()), wanted)
    guard case .fails(let member) = answer else { return answer }
    return object(with: name, member, premise, target).map(Answer.fails)
      ?? .open(doubt(keyword, premise.side.other, target))
  }

  private mutating func object(
    with name: String, _ member: Value, _ premise: Premise, _ target: Int32
  ) -> Value? {
    let alone = Value.object(Object([(key: name, value: member)]))
    if parts(alone, premise, target) { return alone }
    for round in 0..<12 {
      guard case .object(var object) = draw(premise, round: round) else { continue }
      object[name] = member
      if parts(.object(object), premise, target) { return .object(object) }
    }
    return nil
  }

  /// The keys that the target does not name: those of its patterns, and all others.
  private mutating func judgeOtherKeys(
    _ premise: Premise, _ target: Int32, _ checks: ObjectChecks, _ given: [ObjectChecks]
  ) -> Answer {
    let own = program(premise.side)
    let other = program(premise.side.other)
    let patterns = other.patternProperties[checks.patterns.indices]
    let ownPatterns = given.flatMap { own.patternProperties[$0.patterns.indices] }
    // A key that no pattern of the premise matches is judged by all of these.
    let rest = given.filter { $0.additional >= 0 }.map(\.additional)
    let closes = given.contains { $0.additional >= 0 && own.subschemas[Int($0.additional)].isNever }
    let answer = conjunction(Array(patterns)) { inclusion, property -> Answer in
      let source = other.patterns[Int(property.pattern)].source
      let same = ownPatterns.filter { own.patterns[Int($0.pattern)].source == source }.map(\.subschema)
      let keys = inclusion.sampleKeys(of: property.pattern, premise.side.other)
      if !same.isEmpty {
        return inclusion.judgeKeys(keys, same, property.subschema, premise, target, "patternProperties")
      }
      return inclusion.judgeKeys(
        keys, ownPatterns.map(\.subschema), rest, closes, property.subschema, premise, target, "patternProperties")
    }
    if case .fails = answer { return answer }
    guard checks.additional >= 0 else { return judgeNames(premise, target, checks, given, after: answer) }
    let sources = Set(patterns.map { other.patterns[Int($0.pattern)].source })
    let free = ownPatterns.filter { !sources.contains(own.patterns[Int($0.pattern)].source) }
    var keys = ["x", "zz", "X1", "a-b", "x y", "$"]
    for property in free { keys = sampleKeys(of: property.pattern, premise.side) + keys }
    let additional = judgeKeys(
      keys, free.map(\.subschema), rest, closes, checks.additional, premise, target, "additionalProperties")
    return judgeNames(premise, target, checks, given, after: conjunction([answer, additional]) { $1 })
  }

  /// Keys that each of the own subschemas may judge, or that are free.
  private mutating func judgeKeys(
    _ keys: [String], _ own: [Int32], _ rest: [Int32], _ closes: Bool, _ wanted: Int32, _ premise: Premise,
    _ target: Int32, _ keyword: String
  ) -> Answer {
    conjunction(own.map { [$0] } + (closes ? [] : [rest])) { inclusion, parts in
      inclusion.judgeKeys(keys, parts, wanted, premise, target, keyword)
    }
  }

  private mutating func judgeKeys(
    _ keys: [String], _ parts: [Int32], _ wanted: Int32, _ premise: Premise, _ target: Int32, _ keyword: String
  ) -> Answer {
    let answer = decide(Premise(side: premise.side, parts: Array(Set(parts)).sorted()), wanted)
    guard case .fails(let member) = answer else { return answer }
    for key in keys { if let value = object(with: key, member, premise, target) { return .fails(value) } }
    return .open(doubt(keyword, premise.side.other, target))
  }

  private mutating func sampleKeys(of pattern: Int32, _ side: SchemaSide) -> [String] {
    guard let sampler = generators[side]!.sampler(pattern) else { return [] }
    return (0..<3).map { _ in sampler.sample(using: &generators[side]!.random) }
  }

  private mutating func judgeNames(
    _ premise: Premise, _ target: Int32, _ checks: ObjectChecks, _ given: [ObjectChecks], after answer: Answer
  ) -> Answer {
    guard checks.names >= 0 else { return answer }
    let own = program(premise.side)
    if given.contains(where: { $0.names >= 0 && classes.same(premise.side, $0.names, checks.names) }) { return answer }
    let names = Set(given.flatMap { own.slots($0) }.map { own.name($0.name) })
    let isClosed = given.contains {
      $0.additional >= 0 && own.subschemas[Int($0.additional)].isNever && $0.patterns.count == 0
    }
    if isClosed, names.allSatisfy({ accepts(premise.side.other, checks.names, .string($0)) == true }) { return answer }
    let keys = names.sorted() + ["x", "X1", "a-b", "x y", "", "é", "0"]
    let objects = keys.map { Value.object(Object([(key: $0, value: .null)])) }
    let found = witness(premise, target, "propertyNames", trying: objects)
    return conjunction([answer, found]) { $1 }
  }

  private mutating func judgeCounts(
    _ premise: Premise, _ target: Int32, _ checks: ObjectChecks, _ given: [ObjectChecks]
  ) -> Answer {
    let own = program(premise.side)
    var missing: String?
    let least = max(given.map(\.minProperties).max() ?? 0, Set(given.flatMap { own.requiredNames($0) }).count)
    if checks.minProperties > least { missing = "minProperties" }
    let closed = given.filter {
      $0.additional >= 0 && own.subschemas[Int($0.additional)].isNever && $0.patterns.count == 0
    }
    let most = min(given.map(\.maxProperties).min() ?? .max, closed.map { own.slots($0).count }.min() ?? .max)
    if checks.maxProperties < most { missing = "maxProperties" }
    if checks.unevaluated >= 0 { missing = "unevaluatedProperties" }
    guard let missing else { return .holds }
    let many = Object(
      (0..<min(64, checks.maxProperties == .max ? 1 : checks.maxProperties + 1)).map { ("k\($0)", .null) })
    return witness(premise, target, missing, trying: [[:], .object(many), ["x": 1]])
  }

  private mutating func judgeDependents(
    _ premise: Premise, _ target: Int32, _ checks: ObjectChecks, _ given: [ObjectChecks], _ required: Set<String>
  ) -> Answer {
    let own = program(premise.side)
    let other = program(premise.side.other)
    return conjunction(Array(other.dependents[checks.dependents.indices])) { inclusion, dependent in
      let name = other.name(dependent.name.text)
      let names = other.names[dependent.required.indices].map { other.name($0.text) }.filter { !required.contains($0) }
      let same = given.flatMap { own.dependents[$0.dependents.indices] }.filter { own.name($0.name.text) == name }
      let known = Set(same.flatMap { own.names[$0.required.indices].map { own.name($0.text) } })
      if !names.allSatisfy(known.contains) {
        var candidates: [Value] = []
        for round in 0..<12 {
          guard case .object(var object) = inclusion.draw(premise, round: round) else { continue }
          for absent in names { object[absent] = nil }
          candidates.append(.object(object))
          let parts = own.subschemas(of: name, in: given)
          if object[name] == nil,
            let member = inclusion.draw(inclusion.expanded(Premise(side: premise.side, parts: parts)), round: round)
          {
            object[name] = member
            candidates.append(.object(object))
          }
        }
        return inclusion.witness(premise, target, "dependencies", trying: candidates)
      }
      guard dependent.subschema >= 0 else { return .holds }
      if same.contains(where: {
        $0.subschema >= 0 && inclusion.classes.same(premise.side, $0.subschema, dependent.subschema)
      }) {
        return .holds
      }
      if case .holds = inclusion.decide(premise, dependent.subschema) { return .holds }
      return inclusion.witness(premise, target, "dependencies")
    }
  }
}
