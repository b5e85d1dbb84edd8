import ConfigDocument
import PatternMatching

extension OutputEvaluation {
  // MARK: Members

  mutating func memberUnit(_ keyword: Keyword) -> OutputUnit? {
    guard keyword.record.object >= 0 else { return nil }
    var out = bareUnit(keyword)
    guard keyword.index >= 0, tree.nodes[keyword.index].kind == .object else { return out }
    let checks = program.objects[Int(keyword.record.object)]
    var reached: [Value] = []
    switch keyword.name {
    case "properties": reached = addProperties(keyword, to: &out)
    case "patternProperties": reached = addPatternProperties(keyword, checks, to: &out)
    case "additionalProperties":
      for child in tree.children(of: keyword.index) where !isNamed(child, checks) {
        addRest(checks.additional, child, keyword, to: &out)
        reached.append(.string(tree.string(tree.nodes[child].key)))
      }
    case "unevaluatedProperties":
      for child in unmarked(keyword) {
        addRest(checks.unevaluated, child, keyword, to: &out)
        reached.append(.string(tree.string(tree.nodes[child].key)))
      }
    default:
      guard checks.names >= 0 else { return nil }
      for child in tree.children(of: keyword.index) {
        var unit = unit(of: checks.names, at: ~child, via: keyword.path)
        // What is told is told of the key, which is no value.
        unit.dropAnnotations()
        out.add(unit)
      }
      return out
    }
    if keyword.draft >= .draft2019, !reached.isEmpty { out.annotation = .array(reached) }
    return out
  }

  private mutating func addProperties(_ keyword: Keyword, to out: inout OutputUnit) -> [Value] {
    let schema = program.documents[Int(keyword.record.location.document)]
    guard schema.nodes[keyword.node].kind == .object else { return [] }
    var reached: [Value] = []
    for property in schema.children(of: keyword.node) {
      let key = schema.string(schema.nodes[property].key)
      guard let target = record(at: property, beside: keyword.record.location) else { continue }
      if let child = tree.member(key, of: keyword.index) {
        out.add(unit(of: target, at: child, via: keyword.path.appending(key)))
        reached.append(.string(key))
      } else if let value = defaultValue(of: target) {
        let place = tree.pointer(to: keyword.index).appending(key)
        out.absentDefaults.append(DefaultValue(node: keyword.index, instance: place, value: value))
      }
    }
    return reached
  }

  /// The default that a subschema, or one in place with it, says.
  private func defaultValue(of start: Int32) -> Value? {
    var open = [start]
    var seen: Set<Int32> = []
    while let next = open.popLast() {
      guard next >= 0, seen.insert(next).inserted else { continue }
      let record = program.subschemas[Int(next)]
      let schema = program.documents[Int(record.location.document)]
      if let node = schema.member("default", of: Int(record.location.node)) { return schema.value(at: node) }
      guard record.inPlace >= 0 else { continue }
      let checks = program.inPlace[Int(record.inPlace)]
      open += program.lists[checks.allOf.indices].reversed()
      open.append(checks.reference)
    }
    return nil
  }

  private mutating func addPatternProperties(
    _ keyword: Keyword, _ checks: ObjectChecks, to out: inout OutputUnit
  ) -> [Value] {
    var reached: [Value] = []
    for child in tree.children(of: keyword.index) {
      let key = tree.string(tree.nodes[child].key)
      for property in program.patternProperties[checks.patterns.indices]
      where explanation.validity.matches(property.pattern, tree.nodes[child].key, child) {
        let pattern = program.patterns[Int(property.pattern)].source
        out.add(unit(of: property.subschema, at: child, via: keyword.path.appending(pattern)))
        if reached.last != .string(key) { reached.append(.string(key)) }
      }
    }
    return reached
  }

  /// A member or item that other keywords left.
  private mutating func addRest(_ target: Int32, _ child: Int, _ keyword: Keyword, to out: inout OutputUnit) {
    guard target >= 0 else { return }
    var unit = unit(of: target, at: child, via: keyword.path)
    if program.subschemas[Int(target)].isNever, tree.nodes[keyword.index].kind == .object {
      let unknown = Fault.UnknownKey(keyword: .additionalProperties, object: keyword.index)
      unit.error = explanation.unknownKeyWords(unknown, child).message
    }
    out.add(unit)
  }

  private mutating func isNamed(_ child: Int, _ checks: ObjectChecks) -> Bool {
    let member = tree.nodes[child]
    if let slot = explanation.validity.slot(checks.slots, child), slot.pointee.subschema >= 0 { return true }
    return program.patternProperties[checks.patterns.indices].contains {
      explanation.validity.matches($0.pattern, member.key, child)
    }
  }

  // MARK: Items

  mutating func itemUnit(_ keyword: Keyword) -> OutputUnit? {
    guard keyword.record.array >= 0 else { return nil }
    var out = bareUnit(keyword)
    guard keyword.index >= 0, tree.nodes[keyword.index].kind == .array else { return out }
    let checks = program.arrays[Int(keyword.record.array)]
    let items = tree.children(of: keyword.index)
    let schema = program.documents[Int(keyword.record.location.document)]
    let isList = keyword.name == "prefixItems" || keyword.name == "items" && schema.nodes[keyword.node].kind == .array
    if isList {
      let count = min(items.count, Int(checks.prefix.count))
      for (number, item) in items.prefix(count).enumerated() {
        let target = program.lists[Int(checks.prefix.start) + number]
        out.add(unit(of: target, at: item, via: keyword.path.appending(number)))
      }
      if count > 0 { out.annotation = count == items.count ? true : .number(Number(count - 1)) }
    } else {
      switch keyword.name {
      case "contains":
        guard checks.contains >= 0 else { return nil }
        addContained(checks, items, keyword, to: &out)
      case "unevaluatedItems":
        let rest = unmarked(keyword)
        for item in rest { addRest(checks.unevaluated, item, keyword, to: &out) }
        if !rest.isEmpty { out.annotation = true }
      default:
        guard checks.rest >= 0, checks.restIsAdditional == (keyword.name == "additionalItems") else { return nil }
        let rest = items.dropFirst(Int(checks.prefix.count))
        for item in rest { addRest(checks.rest, item, keyword, to: &out) }
        if !rest.isEmpty { out.annotation = true }
      }
    }
    if keyword.draft < .draft2019 { out.annotation = nil }
    return out
  }

  private mutating func addContained(
    _ checks: ArrayChecks, _ items: [Int], _ keyword: Keyword, to out: inout OutputUnit
  ) {
    var held: [Value] = []
    for (number, item) in items.enumerated() {
      var unit = unit(of: checks.contains, at: item, via: keyword.path)
      if unit.isValid { held.append(.number(Number(number))) } else { unit.dropAnnotations() }
      out.details.append(unit)
    }
    if keyword.draft >= .draft2020 {
      out.annotation = held.count == items.count && !held.isEmpty ? true : .array(held)
    }
  }

  /// The children that no other keyword of the subschema, or in place with it, spoke of.
  private mutating func unmarked(_ keyword: Keyword) -> [Int] {
    let node = explanation.validity.node(keyword.index)
    let frame = explanation.validity.openFrame(node)
    defer { explanation.validity.marks.removeLast(explanation.validity.marks.count - frame) }
    explanation.markKnown(keyword.record, keyword.index, node, frame)
    return tree.children(of: keyword.index).enumerated()
      .filter { !explanation.validity.isMarked($0.offset, frame) }.map(\.element)
  }
}
