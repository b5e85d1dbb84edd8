import ConfigDocument

extension Explanation {
  mutating func explainInPlace(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.inPlace[Int(record.inPlace)]
    var out = explainConstants(record, checks, index)
    if checks.reference >= 0 { out += explain(checks.reference, index) }
    if checks.dynamicFallback >= 0 { out += explain(validity.dynamicTarget(checks), index) }
    for branch in checks.allOf.indices { out += explainIfRefused(program.lists[branch], index) }
    for (run, keyword) in [(checks.anyOf, "anyOf"), (checks.oneOf, "oneOf")] where run.count > 0 {
      out += explainForms(run, keyword, record, index)
    }
    if checks.not >= 0, validity.accepts(checks.not, index) { out.append(notViolation(checks.not, record, index)) }
    if checks.condition >= 0 {
      let branch = validity.accepts(checks.condition, index) ? checks.consequence : checks.alternative
      if branch >= 0 { out += explain(branch, index) }
    }
    return out
  }

  func explainConstants(_ record: Subschema, _ checks: InPlace, _ index: Int) -> [Violation] {
    var out: [Violation] = []
    if checks.hasEnumeration, !validity.isOneOf(checks.enumeration, index) {
      out.append(valueViolation(.schemaEnum, "enum", values(checks.enumeration), record, index))
    }
    if checks.constant >= 0, !validity.isConstant(Int(checks.constant), index) {
      let value = values(Run(start: Int(checks.constant), count: 1))
      out.append(valueViolation(.schemaConst, "const", value, record, index))
    }
    return out
  }

  private func values(_ run: Run) -> [Value] {
    program.constants[run.indices].map { program.documents[Int($0.document)].value(at: Int($0.node)) }
  }

  func valueViolation(
    _ code: Diagnostic.Code, _ keyword: String, _ allowed: [Value], or others: [String] = [], _ record: Subschema,
    _ index: Int
  ) -> Violation {
    var listed = allowed.prefix(12).map(Wording.value)
    if allowed.count > 12 { listed.append("…") }
    let words =
      allowed.count > 12 && others.isEmpty ? listed.joined(separator: ", ") : Wording.list(listed + others, "or")
    let text = index < 0 ? tree.string(tree.nodes[~index].key) : tree.value(at: index).string
    let closest = text.flatMap { SpellingSuggestion.closest(to: $0, among: allowed.compactMap(\.string)) }
      // Where only numbers differ, as in `node21` and `node12`, it is no slip.
      .flatMap { Self.withoutDigits($0) == text.map(Self.withoutDigits) ? nil : $0 }
    return violation(
      code, at: index, of: record, keyword,
      "\(prefix(index))expected \(allowed.count <= 2 ? "" : "one of ")\(words)\(foundValue(index))",
      hint: isSecret(index) ? nil : closest.map { "did you mean `\($0)`?" }, repair: respelt(index, allowed),
      finding: allowed.isEmpty ? .forms(others, matched: 0) : .value(allowed: allowed),
      cost: closest == nil ? 3 : 1)
  }

  private static func withoutDigits(_ text: String) -> [UInt8] { text.utf8.filter { !(0x30...0x39).contains($0) } }

  func notViolation(_ not: Int32, _ record: Subschema, _ index: Int) -> Violation {
    let inner = program.subschemas[Int(not)]
    var words = "is what the schema rules out"
    if inner.object >= 0, inner.inPlace < 0, program.objects[Int(inner.object)].requiredCount > 0 {
      let schema = program.documents[Int(inner.location.document)]
      let list = schema.member("required", of: Int(inner.location.node)).map(schema.children(of:)) ?? []
      let keys = list.map { schema.string(schema.nodes[$0].text) }
      words =
        keys.count == 1 ? "must not have the key \(Wording.names(keys))" : "must not have all of \(Wording.names(keys))"
    } else if let form = formName(not, number: nil) {
      words = "must not be \(form)"
    } else if inner.inPlace >= 0, program.inPlace[Int(inner.inPlace)].hasEnumeration {
      let values = values(program.inPlace[Int(inner.inPlace)].enumeration)
      words = "must not be \(Wording.list(values.map(Wording.value), "or"))"
    }
    return violation(.schemaNot, at: index, of: record, "not", "\(subject(index)) \(words)")
  }

  // MARK: Forms

  private mutating func explainForms(
    _ run: Run, _ keyword: String, _ record: Subschema, _ index: Int
  ) -> [Violation] {
    var held: [Int] = []
    for (number, branch) in run.indices.enumerated() where validity.accepts(program.lists[branch], index) {
      held.append(number)
    }
    let isOne = keyword == "oneOf"
    if isOne ? held.count == 1 : !held.isEmpty { return [] }
    if held.count > 1 {
      let forms = formNames(run)
      let names = held.map { forms[$0] }
      return [
        violation(
          .schemaOneOf, at: index, of: record, keyword,
          "\(subject(index)) has \(held.count) forms at once, \(Wording.list(names, "and")), but may have only one",
          finding: .forms(forms, matched: held.count), cost: 3)
      ]
    }
    var branches: [FormChoice.Branch] = []
    for (number, branch) in candidates(run, index) {
      branches.append(FormChoice.Branch(number: number, violations: explain(branch, index)))
    }
    return choose(FormChoice(branches: branches, node: max(index, ~index), tree: tree), run, keyword, record, index)
  }

  /// The forms that can be meant: where some are for a list or a mapping and there is one, the others are not.
  private func candidates(_ run: Run, _ index: Int) -> [(number: Int, subschema: Int32)] {
    let all = program.lists[run.indices].enumerated().map { (number: $0.offset, subschema: $0.element) }
    let kind = validity.kind(index)
    guard kind == .array || kind == .object, !program.knowsSecrets else { return all }
    let typed = all.filter { !program.judged[Int($0.subschema)].types.isDisjoint(with: TypeSet(kind)) }
    return typed.isEmpty ? all : typed
  }

  private func formNames(_ run: Run) -> [String] {
    program.lists[run.indices].enumerated().map { formName($1, number: $0) ?? "form \($0 + 1)" }
  }

  private func choose(
    _ choice: FormChoice, _ run: Run, _ keyword: String, _ record: Subschema, _ index: Int
  ) -> [Violation] {
    switch choice.verdict {
    case .violations(let violations): return violations
    case .types(let types):
      let set = types.compactMap(TypeSet.init(name:)).reduce(into: TypeSet()) { $0.formUnion($1) }
      return [
        violation(
          .schemaType, at: index, of: record, keyword,
          "\(prefix(index))expected \(Wording.typeList(types))\(found(index))",
          hint: isSecret(index) ? nil : coercion(set, validity.node(index)),
          repair: coerced(to: set, index).map(Repair.replace),
          finding: .type(expected: types, found: tree.value(at: max(index, ~index)).typeName),
          cost: choice.branches.map(\.cost).min() ?? 2)
      ]
    case .alternatives(let values, let others):
      return [valueViolation(values.isEmpty ? .schemaAnyOf : .schemaEnum, keyword, values, or: others, record, index)]
    case .values(let values, let node): return [valueViolation(.schemaEnum, keyword, values, record, node)]
    case .oneOfKeys(let keys):
      let groups = keys.map { Wording.names($0) }
      return [
        violation(
          .schemaRequired, at: index, key: true, of: record, keyword,
          "\(subject(index)) lacks \(Wording.list(groups, "or")): one of them is needed",
          finding: .missingOneOf(keys), cost: 2)
      ]
    case .undecided(let near):
      let forms = formNames(run)
      return [
        violation(
          .schemaAnyOf, at: index, of: record, keyword,
          "\(subject(index)) has none of the forms that it may have: \(Wording.list(forms, "or"))",
          hint: near.violations.first.map { "For \(forms[near.number]): \($0.message)" },
          finding: .forms(forms, matched: 0), cost: choice.branches.map(\.cost).min() ?? 3)
      ]
    }
  }

  /// What a form is called: by its title, its name among the definitions, a value that tells it, or its type.
  func formName(_ subschema: Int32, number: Int?) -> String? {
    let record = program.subschemas[Int(subschema)]
    let schema = program.documents[Int(record.location.document)]
    let node = Int(record.location.node)
    if let title = schema.text("title", of: node) { return "“\(title)”" }
    let path = schema.pointer(to: node).tokens
    if let name = path.last, let holder = path.dropLast().last, holder == "$defs" || holder == "definitions" {
      return "“\(name)”"
    }
    if let properties = schema.member("properties", of: node) {
      for property in schema.children(of: properties) {
        guard let constant = schema.member("const", of: property) else { continue }
        return "`\(schema.string(schema.nodes[property].key)): \(schema.value(at: constant))`"
      }
    }
    if let required = schema.member("required", of: node), schema.nodes[required].count > 0 {
      return
        "a mapping with \(Wording.names(schema.children(of: required).map { schema.string(schema.nodes[$0].text) }))"
    }
    if record.types != .all { return Wording.list(Wording.types(record.types).map(Wording.type), "or") }
    if record.inPlace >= 0, program.inPlace[Int(record.inPlace)].constant >= 0 {
      return Wording.value(
        schema.value(at: Int(program.constants[Int(program.inPlace[Int(record.inPlace)].constant)].node)))
    }
    return nil
  }
}
