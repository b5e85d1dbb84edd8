import ConfigDocument

extension Validity {
  // MARK: Arrays

  mutating func arrayHolds(_ checks: Int, _ node: ValueTree.Node, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.arrays[checks]
    let count = Int(node.count)
    guard count >= checks.minItems, count <= checks.maxItems else { return false }
    let prefix = Int(checks.prefix.count)
    if prefix > 0 || checks.rest >= 0 {
      var child = index + 1
      for ordinal in 0..<count {
        let subschema = ordinal < prefix ? program.lists[Int(checks.prefix.start) + ordinal] : checks.rest
        if subschema < 0 { break }
        guard accepts(subschema, child) else { return false }
        if frame >= 0 { mark(ordinal, frame) }
        child = Int(tree.nodes[child].end)
      }
    }
    if checks.contains >= 0 {
      let found = countContained(checks, node, index, frame)
      guard found >= checks.minContains, found <= checks.maxContains else { return false }
    }
    return !checks.isUnique || firstEqualItems(node, index) == nil
  }

  /// How many items `contains` accepts.
  mutating func countContained(_ checks: ArrayChecks, _ node: ValueTree.Node, _ index: Int, _ frame: Int) -> Int {
    var found = 0
    var child = index + 1
    let marksThem = frame >= 0 && checks.containsEvaluates
    for ordinal in 0..<Int(node.count) {
      if accepts(checks.contains, child) {
        found += 1
        if marksThem { mark(ordinal, frame) } else if found > checks.maxContains { break }
      }
      child = Int(tree.nodes[child].end)
    }
    return found
  }

  /// The first two equal items, as nodes.
  func firstEqualItems(_ node: ValueTree.Node, _ index: Int) -> (Int, Int)? {
    let items = tree.children(of: index)
    if items.count <= 16 {
      for (ordinal, item) in items.enumerated() {
        for earlier in items[..<ordinal] where tree.equal(earlier, tree, item) { return (earlier, item) }
      }
      return nil
    }
    var seen: [Value: Int] = [:]
    for item in items {
      if let earlier = seen.updateValue(item, forKey: tree.value(at: item)) { return (earlier, item) }
    }
    return nil
  }

  // MARK: Objects

  mutating func objectHolds(_ checks: Int, _ node: ValueTree.Node, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.objects[checks]
    let count = Int(node.count)
    guard count >= checks.minProperties, count <= checks.maxProperties, count >= checks.requiredCount else {
      return false
    }
    var required = checks.requiredCount
    if checks.slots.count > 0 || checks.patterns.count > 0 || checks.additional >= 0 || checks.names >= 0 {
      var child = index + 1
      for ordinal in 0..<count {
        let member = tree.nodes[child]
        if checks.names >= 0, !accepts(checks.names, ~child) { return false }
        guard let known = memberHolds(checks, child, member, &required) else { return false }
        if known, frame >= 0 { mark(ordinal, frame) }
        child = Int(member.end)
      }
      if required > 0 { return false }
    }
    return checks.dependents.count == 0 || dependentsHold(checks, index, frame)
  }

  /// Whether the member is evaluated by this object's keywords; nil where one of them refuses it.
  private mutating func memberHolds(
    _ checks: ObjectChecks, _ child: Int, _ member: ValueTree.Node, _ required: inout Int
  ) -> Bool? {
    var known = false
    if let slot = slot(checks.slots, member) {
      if slot.isRequired { required -= 1 }
      if slot.subschema >= 0 {
        guard accepts(slot.subschema, child) else { return nil }
        known = true
      }
    }
    for number in checks.patterns.indices {
      let property = program.patternProperties[number]
      guard matches(property.pattern, member.key, child) else { continue }
      guard accepts(property.subschema, child) else { return nil }
      known = true
    }
    if !known, checks.additional >= 0 {
      guard accepts(checks.additional, child) else { return nil }
      known = true
    }
    return known
  }

  func slot(_ table: Run, _ member: ValueTree.Node) -> PropertySlot? {
    guard table.count > 0 else { return nil }
    let mask = Int(table.count) - 1
    var place = Int(member.keyHash) & mask
    while true {
      let slot = program.slots[Int(table.start) + place]
      if !slot.isUsed { return nil }
      if slot.hash == member.keyHash, tree.hasKey(member, program.text, slot.name) { return slot }
      place = (place + 1) & mask
    }
  }

  private mutating func dependentsHold(_ checks: ObjectChecks, _ index: Int, _ frame: Int) -> Bool {
    for number in checks.dependents.indices {
      let dependent = program.dependents[number]
      guard member(dependent.name, of: index) != nil else { continue }
      for name in dependent.required.indices where member(program.names[name], of: index) == nil { return false }
      if dependent.subschema >= 0, !accepts(dependent.subschema, index, frame: frame) { return false }
    }
    return true
  }

  /// The member of the object whose key is that run of the program's text.
  func member(_ name: Run, of index: Int) -> Int? {
    var child = index + 1
    for _ in 0..<Int(tree.nodes[index].count) {
      if tree.hasKey(tree.nodes[child], program.text, name) { return child }
      child = Int(tree.nodes[child].end)
    }
    return nil
  }
}

extension ValueTree {
  func hasKey(_ node: Node, _ text: [UInt8], _ run: Run) -> Bool {
    guard node.key.count == UInt32(run.count) else { return false }
    let (left, right) = (Int(node.key.offset), Int(run.start))
    for offset in 0..<Int(run.count) where self.text[left + offset] != text[right + offset] { return false }
    return true
  }

  /// Whether two nodes hold equal data: numbers by value, members in any order.
  func equal(_ index: Int, _ other: ValueTree, _ otherIndex: Int) -> Bool {
    equal(index, nodes[index], other, otherIndex)
  }

  /// As above, with a node of this tree that stands for another, such as for its key.
  func equal(_ index: Int, _ node: Node, _ other: ValueTree, _ otherIndex: Int) -> Bool {
    let twin = other.nodes[otherIndex]
    guard node.kind == twin.kind else { return false }
    switch node.kind {
    case .null: return true
    case .bool: return node.isTrue == twin.isTrue
    case .string: return node.text.count == twin.text.count && bytes(node.text).elementsEqual(other.bytes(twin.text))
    case .number:
      if bytes(node.text).elementsEqual(other.bytes(twin.text)) { return true }
      return Number(string(node.text)) == Number(other.string(twin.text))
    case .array:
      guard node.count == twin.count else { return false }
      return zip(children(of: index), other.children(of: otherIndex)).allSatisfy { equal($0, other, $1) }
    case .object:
      guard node.count == twin.count else { return false }
      return children(of: index).allSatisfy { child in
        guard let match = other.member(string(nodes[child].key), of: otherIndex) else { return false }
        return equal(child, other, match)
      }
    }
  }
}
