import ConfigDocument

/// Subschemas of one side that all accept the value in question, and the types that it may have.
struct Premise: Hashable {
  var side: SchemaSide
  /// Sorted, each once.
  var parts: [Int32]
  var types = TypeSet.all
  /// The forms of the premise that have been told apart already.
  var settled: [Forms] = []
  var isImpossible = false

  /// A keyword that gives a value several forms.
  struct Forms: Hashable {
    enum Kind: Hashable { case anyOf, oneOf, condition }
    var subschema: Int32
    var kind: Kind
  }

  init(side: SchemaSide, parts: [Int32]) {
    self.side = side
    self.parts = parts
  }

  func narrowed(to types: TypeSet) -> Premise {
    var premise = self
    premise.types = types
    return premise
  }
}

extension TypeSet {
  /// The types one by one; integers are numbers where both are there.
  var single: [TypeSet] {
    var found: [TypeSet] = []
    for type: TypeSet in [.null, .boolean, .string, .array, .object] where contains(type) { found.append(type) }
    if contains(.number) { found.append(.number) } else if contains(.integer) { found.append(.integer) }
    return found
  }

  /// Whether a value of any of those types is of one of these.
  func accepts(_ others: TypeSet) -> Bool {
    others.single.allSatisfy { $0 == .integer ? contains(.integer) || contains(.number) : contains($0) }
  }

  /// The types that both allow: an integer is a number, too.
  func common(with other: TypeSet) -> TypeSet {
    var both = intersection(other)
    if contains(.number) && other.contains(.integer) || contains(.integer) && other.contains(.number) {
      both.insert(.integer)
    }
    return both
  }

  /// Whether the value has one of the types.
  func allows(_ value: Value) -> Bool {
    switch value {
    case .null: contains(.null)
    case .bool: contains(.boolean)
    case .number(let number): contains(.number) || contains(.integer) && number.isInteger
    case .string: contains(.string)
    case .array: contains(.array)
    case .object: contains(.object)
    }
  }
}

extension Inclusion {
  /// The premise with all that its parts refer to in place, and the types that they leave.
  func expanded(_ given: Premise) -> Premise {
    let program = program(given.side)
    var premise = given
    var seen: Set<Int32> = []
    var open = given.parts
    while let index = open.popLast() {
      guard index >= 0, seen.insert(index).inserted else { continue }
      let record = program.subschemas[Int(index)]
      if record.isNever { premise.isImpossible = true }
      premise.types = premise.types.common(with: record.types)
      guard record.inPlace >= 0 else { continue }
      let checks = program.inPlace[Int(record.inPlace)]
      open.append(checks.reference)
      open += program.lists[checks.allOf.indices]
    }
    premise.parts = seen.sorted()
    if premise.types.isEmpty { premise.isImpossible = true }
    return premise
  }

  func records(of premise: Premise) -> [Subschema] {
    premise.parts.map { program(premise.side).subschemas[Int($0)] }
  }

  /// The values that the premise accepts, where it names them; nil where it does not.
  func finiteValues(of premise: Premise) -> [Value]? {
    let program = program(premise.side)
    var values: [Value]?
    for record in records(of: premise) where record.inPlace >= 0 {
      let checks = program.inPlace[Int(record.inPlace)]
      if checks.hasEnumeration { values = program.constants[checks.enumeration.indices].map { program.value(at: $0) } }
      if checks.constant >= 0 { values = [program.value(at: program.constants[Int(checks.constant)])] }
    }
    if values == nil, TypeSet([.null, .boolean]).contains(premise.types) {
      values = [.null, .bool(false), .bool(true)]
    }
    guard let values else { return nil }
    return values.filter { isPossible($0, premise) }
  }

  /// Whether the premise accepts the value, as far as is known.
  private func isPossible(_ value: Value, _ premise: Premise) -> Bool {
    premise.types.allows(value) && premise.parts.allSatisfy { accepts(premise.side, $0, value) ?? true }
  }

  /// The forms of the first keyword that gives the premise some and has not been looked at.
  func firstForms(of premise: Premise) -> [Premise]? {
    let program = program(premise.side)
    for part in premise.parts {
      let record = program.subschemas[Int(part)]
      guard record.inPlace >= 0 else { continue }
      let checks = program.inPlace[Int(record.inPlace)]
      var kinds: [(Premise.Forms.Kind, [[Int32]])] = []
      if checks.anyOf.count > 0 { kinds.append((.anyOf, program.lists[checks.anyOf.indices].map { [$0] })) }
      if checks.oneOf.count > 0 { kinds.append((.oneOf, program.lists[checks.oneOf.indices].map { [$0] })) }
      if checks.condition >= 0 {
        kinds.append(
          (.condition, [[checks.condition, checks.consequence], [checks.alternative]].map { $0.filter { $0 >= 0 } }))
      }
      for (kind, forms) in kinds {
        let name = Premise.Forms(subschema: part, kind: kind)
        if premise.settled.contains(name) { continue }
        return forms.map { form in
          var narrowed = premise
          narrowed.settled.append(name)
          narrowed.parts += form
          return expanded(narrowed)
        }
      }
    }
    return nil
  }
}
