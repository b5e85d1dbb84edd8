import ConfigDocument

extension Explanation {
  // MARK: Arrays

  mutating func explainArray(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.arrays[Int(record.array)]
    let prefix = Int(checks.prefix.count)
    let allowsNoRest = checks.rest >= 0 && program.subschemas[Int(checks.rest)].isNever
    var child = index + 1
    for ordinal in 0..<Int(tree.nodes[index].count) {
      if ordinal < prefix {
        explainIfRefused(program.lists[Int(checks.prefix.start) + ordinal], child, into: &found)
      } else if allowsNoRest {
        found.append(Fault(.excessItem, at: child, by: record))
        break
      } else if checks.rest >= 0 {
        explainIfRefused(checks.rest, child, into: &found)
      }
      child = Int(tree.nodes[child].end)
    }
    explainArrayItself(record, index, into: &found)
  }

  /// What is wrong with the array, whatever its items are.
  mutating func explainArrayItself(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.arrays[Int(record.array)]
    let node = validity.node(index)
    let count = Int(node.count)
    if count < checks.minItems || count > checks.maxItems {
      found.append(Fault(.itemCount(isFew: count < checks.minItems), at: index, by: record))
    }
    if checks.contains >= 0 {
      let contained = validity.countContained(checks, node, index, -1)
      if contained < checks.minContains || contained > checks.maxContains {
        found.append(Fault(.contains(found: contained), at: index, by: record))
      }
    }
    if checks.isUnique, let (first, second) = validity.firstEqualItems(node, index) {
      found.append(Fault(.duplicateItem(first: first, second: second), at: second, by: record))
    }
  }

  // MARK: Objects

  mutating func explainObject(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.objects[Int(record.object)]
    explainObjectItself(record, index, into: &found)
    var child = index + 1
    for _ in 0..<Int(tree.nodes[index].count) {
      explainMember(record, checks, child, of: index, into: &found)
      child = Int(tree.nodes[child].end)
    }
    for number in checks.dependents.indices {
      let dependent = program.dependents[number]
      guard dependent.subschema >= 0, validity.member(dependent.name, of: index) != nil else { continue }
      explain(dependent.subschema, index, into: &found)
    }
  }

  /// What is wrong with the object, whatever its members are.
  mutating func explainObjectItself(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.objects[Int(record.object)]
    let count = Int(tree.nodes[index].count)
    if checks.requiredCount > 0 { explainMissing(record, checks, index, into: &found) }
    if count < checks.minProperties || count > checks.maxProperties {
      found.append(Fault(.memberCount(isFew: count < checks.minProperties), at: index, by: record))
    }
    for number in checks.dependents.indices {
      let dependent = program.dependents[number]
      guard let trigger = validity.member(dependent.name, of: index) else { continue }
      let missing = dependent.required.indices.filter { validity.member(program.names[$0], of: index) == nil }
      if !missing.isEmpty {
        let keys = missing.map { text(program.names[$0].text) }
        found.append(Fault(.dependent(number, missing: keys), at: trigger, by: record))
      }
    }
  }

  func text(_ run: Run) -> String { String(decoding: program.text[run.indices], as: UTF8.self) }

  private func explainMissing(
    _ record: Subschema, _ checks: ObjectChecks, _ index: Int, into found: inout [Fault]
  ) {
    if validity.hasRequiredKeys(checks, index) { return }
    let location = record.location
    let schema = program.documents[Int(location.document)]
    // In the schema's order, not the table's.
    guard let list = schema.member("required", of: Int(location.node)) else { return }
    let keys = schema.children(of: list).map { schema.string(schema.nodes[$0].text) }
      .filter { tree.member($0, of: index) == nil }
    if !keys.isEmpty {
      found.append(Fault(.missing(Fault.MissingKeys(keys: keys, all: keys)), at: index, by: record))
    }
  }

  private mutating func explainMember(
    _ record: Subschema, _ checks: ObjectChecks, _ child: Int, of index: Int, into found: inout [Fault]
  ) {
    if checks.names >= 0 {
      let start = found.count
      explainIfRefused(checks.names, ~child, into: &found)
      for number in start..<found.count { found[number].isOfKeyName = true }
    }
    var isKnown = false
    if let slot = validity.slot(checks.slots, child), slot.pointee.subschema >= 0 {
      isKnown = true
      explainIfRefused(slot.pointee.subschema, child, into: &found)
    }
    for number in checks.patterns.indices {
      let property = program.patternProperties[number]
      guard validity.matches(property.pattern, tree.nodes[child].key, child) else { continue }
      isKnown = true
      explainIfRefused(property.subschema, child, into: &found)
    }
    guard !isKnown, checks.additional >= 0 else { return }
    if program.subschemas[Int(checks.additional)].isNever {
      let unknown = Fault.UnknownKey(keyword: .additionalProperties, object: index)
      found.append(Fault(.unknownKey(unknown), at: child, by: record))
    } else {
      explainIfRefused(checks.additional, child, into: &found)
    }
  }
}
