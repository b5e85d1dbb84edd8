import ConfigDocument
import PatternMatching

extension Inclusion {
  /// Takes the target apart by its keywords.
  mutating func judgeKeywords(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    var questions: [(inout Inclusion) -> Answer] = [{ $0.judgeTypes(premise, target, record) }]
    let numbers: TypeSet = [.integer, .number]
    if record.number >= 0, !premise.types.isDisjoint(with: numbers) {
      questions.append { $0.judgeNumber(premise.narrowed(to: premise.types.intersection(numbers)), target, record) }
    }
    if record.string >= 0, premise.types.contains(.string) {
      questions.append { $0.judgeString(premise.narrowed(to: .string), target, record) }
    }
    if record.array >= 0, premise.types.contains(.array) {
      questions.append { $0.judgeArray(premise.narrowed(to: .array), target, record) }
    }
    if record.object >= 0, premise.types.contains(.object) {
      questions.append { $0.judgeObject(premise.narrowed(to: .object), target, record) }
    }
    if record.inPlace >= 0 { questions.append { $0.judgeInPlace(premise, target, record) } }
    return conjunction(questions) { inclusion, question in question(&inclusion) }
  }

  private mutating func judgeTypes(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    let answer = conjunction(premise.types.single.filter { !record.types.accepts($0) }) { inclusion, type -> Answer in
      let narrowed = premise.narrowed(to: type)
      // Nothing of that type may be there at all.
      if let values = inclusion.finiteValues(of: narrowed), values.isEmpty { return .holds }
      return inclusion.witness(narrowed, target, "type")
    }
    guard case .holds = answer, wantsSpelledIntegers(premise, record) else { return answer }
    return witness(premise, target, "type", trying: ["1.0", "2e0"].compactMap { Number($0).map(Value.number) })
  }

  func acceptsTypes(of premise: Premise, _ record: Subschema) -> Bool {
    record.types.accepts(premise.types) && !wantsSpelledIntegers(premise, record)
  }

  /// Whether the target takes `1.0` for no integer, as draft 4 does, and the premise does.
  private func wantsSpelledIntegers(_ premise: Premise, _ record: Subschema) -> Bool {
    guard record.integersAreSpelledSo, record.types.contains(.integer), !record.types.contains(.number),
      !premise.types.isDisjoint(with: [.integer, .number])
    else { return false }
    return !records(of: premise).contains {
      $0.integersAreSpelledSo && $0.types.contains(.integer) && !$0.types.contains(.number)
    }
  }

  // MARK: Numbers

  private mutating func judgeNumber(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    let program = program(premise.side.other)
    let checks = program.numbers[Int(record.number)]
    let given = records(of: premise).filter { $0.number >= 0 }
      .map { self.program(premise.side).numbers[Int($0.number)] }
    let bounds = self.program(premise.side).bounds
    func number(_ index: Int32) -> Number? { index < 0 ? nil : bounds[Int(index)].number }
    func wanted(_ index: Int32) -> Number? { index < 0 ? nil : program.bounds[Int(index)].number }
    let floors = given.compactMap { number($0.minimum) }
    let openFloors = given.compactMap { number($0.exclusiveMinimum) }
    let tops = given.compactMap { number($0.maximum) }
    let openTops = given.compactMap { number($0.exclusiveMaximum) }
    var missing: String?
    if let low = wanted(checks.minimum), !(floors + openFloors).contains(where: { $0 >= low }) { missing = "minimum" }
    if let low = wanted(checks.exclusiveMinimum), !openFloors.contains(where: { $0 >= low }),
      !floors.contains(where: { $0 > low })
    {
      missing = "exclusiveMinimum"
    }
    if let high = wanted(checks.maximum), !(tops + openTops).contains(where: { $0 <= high }) { missing = "maximum" }
    if let high = wanted(checks.exclusiveMaximum), !openTops.contains(where: { $0 <= high }),
      !tops.contains(where: { $0 < high })
    {
      missing = "exclusiveMaximum"
    }
    if let step = wanted(checks.multipleOf) {
      let steps = given.compactMap { number($0.multipleOf) } + (premise.types.contains(.number) ? [] : [Number(1)])
      if !steps.contains(where: { $0.isMultiple(of: step) }) { missing = "multipleOf" }
    }
    guard let missing else { return .holds }
    let edges = [checks.minimum, checks.maximum, checks.exclusiveMinimum, checks.exclusiveMaximum].compactMap(wanted)
    let near = (edges + floors + openFloors + tops + openTops).flatMap(Self.neighbours)
    return witness(premise, target, missing, trying: near.map(Value.number))
  }

  /// The number, and those beside it.
  private static func neighbours(_ number: Number) -> [Number] {
    guard let int = number.int, abs(int) < 1 << 60 else { return [number] }
    return [number, Number(int - 1), Number(int + 1), Number("\(int).5")].compactMap { $0 }
  }

  // MARK: Strings

  private mutating func judgeString(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    let program = program(premise.side.other)
    let own = self.program(premise.side)
    let checks = program.strings[Int(record.string)]
    let given = records(of: premise).filter { $0.string >= 0 }.map { own.strings[Int($0.string)] }
    let sources = given.filter { $0.pattern >= 0 }.map { own.patterns[Int($0.pattern)].source }
    var missing: String?
    if checks.minLength > 0, !given.contains(where: { $0.minLength >= checks.minLength }) { missing = "minLength" }
    if checks.maxLength < .max, !given.contains(where: { $0.maxLength <= checks.maxLength }) { missing = "maxLength" }
    if checks.pattern >= 0 {
      let source = program.patterns[Int(checks.pattern)].source
      if !sources.contains(source), !["", ".*", "^.*$", "^"].contains(source) { missing = "pattern" }
    }
    if let format = checks.format, !given.contains(where: { $0.format == format }) { missing = "format" }
    if !checks.content.isEmpty, !given.contains(where: { $0.content.isSuperset(of: checks.content) }) {
      missing = "contentMediaType"
    }
    guard let missing else { return .holds }
    let lengths = [checks.minLength - 1, checks.maxLength == .max ? 0 : checks.maxLength + 1]
    var candidates = lengths.filter { $0 >= 0 && $0 < 10_000 }.map { Value.string(String(repeating: "a", count: $0)) }
    candidates += ["", "a", "A", "0", " ", "-", "a b", "~", "é", "x/y", "a.b", "1.0.0", "aaaaaaaaaaaa", "A1_-"]
    return witness(premise, target, missing, trying: candidates)
  }
}
