import ConfigDocument

extension Explanation {
  // MARK: Arrays

  mutating func explainArray(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.arrays[Int(record.array)]
    var out: [Violation] = []
    for (ordinal, child) in tree.children(of: index).enumerated() {
      if ordinal < Int(checks.prefix.count) {
        out += explainIfRefused(program.lists[Int(checks.prefix.start) + ordinal], child)
      } else if checks.rest >= 0, program.subschemas[Int(checks.rest)].isNever {
        let keyword = checks.restIsAdditional ? "additionalItems" : "items"
        out.append(excessItem(record, child, keyword, allowed: Int(checks.prefix.count)))
        break
      } else if checks.rest >= 0 {
        out += explainIfRefused(checks.rest, child)
      }
    }
    return out + explainArrayItself(record, index)
  }

  /// What is wrong with the array, whatever its items are.
  mutating func explainArrayItself(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.arrays[Int(record.array)]
    let node = validity.node(index)
    let count = Int(node.count)
    var out: [Violation] = []
    if count < checks.minItems || count > checks.maxItems {
      out.append(countViolation(record, index, checks.minItems, checks.maxItems, "Items", "item"))
    }
    if checks.contains >= 0 { out += explainContains(record, checks, index) }
    if checks.isUnique, let (first, second) = validity.firstEqualItems(node, index) {
      let (one, two) = (ordinal(of: first), ordinal(of: second))
      out.append(
        violation(
          .schemaUnique, at: second, of: record, "uniqueItems",
          "\(subject(second)) repeats item \(one)\(isSecret(second) ? "" : ": \(Wording.value(second, in: tree))")",
          hint: "Remove one of the two", finding: .duplicateItem(first: one, second: two)))
    }
    return out
  }

  private func ordinal(of item: Int) -> Int { (Int(tree.pointer(to: item).tokens.last ?? "") ?? 0) + 1 }

  private func countViolation(
    _ record: Subschema, _ index: Int, _ minimum: Int, _ maximum: Int, _ keyword: String, _ noun: String
  ) -> Violation {
    let count = Int(tree.nodes[index].count)
    let isFew = count < minimum
    let words = isFew ? "at least \(Wording.count(minimum, noun))" : "at most \(Wording.count(maximum, noun))"
    let expected = maximum == 0 ? "no \(noun)s" : words
    return violation(
      .schemaCount, at: index, key: isFew, of: record, (isFew ? "min" : "max") + keyword,
      "\(prefix(index))expected \(expected), found \(count == 0 ? "none" : String(count))",
      finding: .count(
        minimum: minimum == 0 ? nil : minimum, maximum: maximum == .max ? nil : maximum, found: count))
  }

  private func excessItem(_ record: Subschema, _ child: Int, _ keyword: String, allowed: Int) -> Violation {
    violation(
      .schemaAdditional, at: child, of: record, keyword,
      "\(subject(child)) is too many: expected at most \(Wording.count(allowed, "item"))",
      finding: .excessItem(allowed: allowed), cost: 3)
  }

  private mutating func explainContains(
    _ record: Subschema, _ checks: ArrayChecks, _ index: Int
  ) -> [Violation] {
    let found = validity.countContained(checks, validity.node(index), index, -1)
    guard found < checks.minContains || found > checks.maxContains else { return [] }
    let isFew = found < checks.minContains
    let form =
      formName(checks.contains, number: nil).map { " that is \($0)" } ?? " of the kind that the schema asks for"
    let limit = isFew ? "at least \(checks.minContains)" : "at most \(checks.maxContains)"
    let keyword = !isFew ? "maxContains" : checks.minContains == 1 ? "contains" : "minContains"
    let words = "expected \(limit) item\(isFew && checks.minContains == 1 ? "" : "s")\(form)"
    return [
      violation(
        .schemaContains, at: index, of: record, keyword,
        "\(prefix(index))\(words), found \(found == 0 ? "none" : isFew ? String(found) : "more")",
        finding: .count(
          minimum: checks.minContains, maximum: checks.maxContains == .max ? nil : checks.maxContains, found: found))
    ]
  }

  // MARK: Objects

  mutating func explainObject(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.objects[Int(record.object)]
    var out = explainObjectItself(record, index)
    for child in tree.children(of: index) { out += explainMember(record, checks, child, of: index) }
    for number in checks.dependents.indices {
      let dependent = program.dependents[number]
      guard dependent.subschema >= 0, validity.member(dependent.name, of: index) != nil else { continue }
      out += explain(dependent.subschema, index)
    }
    return out
  }

  /// What is wrong with the object, whatever its members are.
  mutating func explainObjectItself(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.objects[Int(record.object)]
    let count = Int(tree.nodes[index].count)
    var out: [Violation] = []
    if checks.requiredCount > 0 { out += explainMissing(record, checks, index) }
    if count < checks.minProperties || count > checks.maxProperties {
      out.append(countViolation(record, index, checks.minProperties, checks.maxProperties, "Properties", "key"))
    }
    let schema = program.documents[Int(record.location.document)]
    let isNew = schema.member("dependentRequired", of: Int(record.location.node)) != nil
    for number in checks.dependents.indices {
      let dependent = program.dependents[number]
      guard let trigger = validity.member(dependent.name, of: index) else { continue }
      let missing = dependent.required.indices.filter { validity.member(program.names[$0], of: index) == nil }
      if !missing.isEmpty {
        let keys = missing.map { text(program.names[$0].text) }
        out.append(
          violation(
            .schemaDependent, at: trigger, key: true, of: record, isNew ? "dependentRequired" : "dependencies",
            "`\(text(dependent.name.text))` demands the key\(keys.count == 1 ? "" : "s") \(Wording.names(keys)), "
              + (keys.count == 1 ? "which is missing" : "which are missing"),
            finding: .missing(keys: keys), cost: 2 * keys.count))
      }
    }
    return out
  }

  func text(_ run: Run) -> String { String(decoding: program.text[run.indices], as: UTF8.self) }

  private func explainMissing(_ record: Subschema, _ checks: ObjectChecks, _ index: Int) -> [Violation] {
    let location = record.location
    let schema = program.documents[Int(location.document)]
    // In the schema's order, not the table's.
    guard let list = schema.member("required", of: Int(location.node)) else { return [] }
    let keys = schema.children(of: list).map { schema.string(schema.nodes[$0].text) }
      .filter { tree.member($0, of: index) == nil }
    return keys.isEmpty ? [] : [missing(keys, record, index)]
  }

  func missing(_ keys: [String], _ record: Subschema, _ index: Int) -> Violation {
    let known = knownMembers(keys, record)
    let repair = known.flatMap { $0.contains(where: \.isDefault) ? nil : Repair.addMembers($0.map(\.member)) }
    return violation(
      .schemaRequired, at: index, key: true, of: record, "required",
      "\(subject(index)) lacks the key\(keys.count == 1 ? "" : "s") \(Wording.names(keys))",
      hint: known.map(Self.advice), repair: repair, finding: .missing(keys: keys), cost: 2 * keys.count)
  }

  /// What to add, and which of it is but the schema's default.
  static func advice(_ known: [KnownMember]) -> String {
    let words = known.map { "`\($0.member.key): \($0.member.value)`\($0.isDefault ? ", the default" : "")" }
    return "Add \(Wording.list(words, "and"))"
  }

  private mutating func explainMember(
    _ record: Subschema, _ checks: ObjectChecks, _ child: Int, of index: Int
  ) -> [Violation] {
    var out: [Violation] = []
    let member = tree.nodes[child]
    if checks.names >= 0 {
      out += explainIfRefused(checks.names, ~child).map { inner in
        var outer = inner
        outer.code = .schemaKeyName
        return outer
      }
    }
    var isKnown = false
    if let slot = validity.slot(checks.slots, child), slot.pointee.subschema >= 0 {
      isKnown = true
      out += explainIfRefused(slot.pointee.subschema, child)
    }
    for number in checks.patterns.indices {
      let property = program.patternProperties[number]
      guard validity.matches(property.pattern, member.key, child) else { continue }
      isKnown = true
      out += explainIfRefused(property.subschema, child)
    }
    guard !isKnown, checks.additional >= 0 else { return out }
    if program.subschemas[Int(checks.additional)].isNever {
      out.append(unknownKey(record, child, of: index, "additionalProperties"))
    } else {
      out += explainIfRefused(checks.additional, child)
    }
    return out
  }

  func unknownKey(_ record: Subschema, _ child: Int, of index: Int, _ keyword: String) -> Violation {
    let key = tree.string(tree.nodes[child].key)
    let place = index == 0 ? "" : " in \(subject(index))"
    var unknown = violation(
      .schemaAdditional, at: child, key: true, of: record, keyword, "unknown key `\(key)`\(place)",
      finding: .unknownKey(key, closest: nil), cost: 3)
    unknown.draft?.unknownIn = index
    return unknown
  }

  /// The keys that the subschema and those in place with it name, in the schema's order.
  func collectKeys(_ record: Subschema, into keys: inout [String]) {
    if record.object >= 0 {
      let schema = program.documents[Int(record.location.document)]
      if let properties = schema.member("properties", of: Int(record.location.node)) {
        for child in schema.children(of: properties) {
          let key = schema.string(schema.nodes[child].key)
          if !keys.contains(where: { $0.utf8.elementsEqual(key.utf8) }) { keys.append(key) }
        }
      }
    }
    for target in inPlaceTargets(record) { collectKeys(program.subschemas[Int(target)], into: &keys) }
  }
}
