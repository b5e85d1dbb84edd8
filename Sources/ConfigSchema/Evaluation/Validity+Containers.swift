import ConfigDocument

extension Validity {
  // MARK: Arrays

  mutating func arrayHolds(_ number: Int, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.arrays.baseAddress! + number
    let count = Int(nodes[index].count)
    guard count >= checks.pointee.minItems, count <= checks.pointee.maxItems else { return false }
    let prefix = Int(checks.pointee.prefix.count)
    let rest = checks.pointee.rest
    if prefix > 0 || rest >= 0 {
      var child = index + 1
      for ordinal in 0..<count {
        let subschema = ordinal < prefix ? program.lists[Int(checks.pointee.prefix.start) + ordinal] : rest
        if subschema < 0 { break }
        guard accepts(subschema, child) else { return false }
        if frame >= 0 { mark(ordinal, frame) }
        child = Int(nodes[child].end)
      }
    }
    if checks.pointee.contains >= 0 {
      let found = countContained(checks.pointee, nodes[index], index, frame)
      guard found >= checks.pointee.minContains, found <= checks.pointee.maxContains else { return false }
    }
    return !checks.pointee.isUnique || firstEqualItems(nodes[index], index) == nil
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
      child = Int(nodes[child].end)
    }
    return found
  }

  /// The first two equal items, as nodes. Complexity: expected O(size of the items).
  func firstEqualItems(_ node: ValueTree.Node, _ index: Int) -> (Int, Int)? {
    let count = Int(node.count)
    if count < 2 { return nil }
    if count <= 8 {
      var item = index + 1
      for _ in 0..<count {
        var earlier = index + 1
        while earlier < item {
          if equal(earlier, item) { return (earlier, item) }
          earlier = Int(nodes[earlier].end)
        }
        item = Int(nodes[item].end)
      }
      return nil
    }
    var size = 32
    while size < count * 2 { size *= 2 }
    // A table of items by hash; 0, which is the root or no item, stands for a free place.
    return withUnsafeTemporaryAllocation(of: (hash: UInt64, item: Int).self, capacity: size) { table in
      table.initialize(repeating: (0, 0))
      var item = index + 1
      for _ in 0..<count {
        let hash = contentHash(item)
        var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & (size - 1)
        while table[place].item > 0 {
          if table[place].hash == hash, equal(table[place].item, item) { return (table[place].item, item) }
          place = (place + 1) & (size - 1)
        }
        table[place] = (hash, item)
        item = Int(nodes[item].end)
      }
      return nil
    }
  }

  private func equal(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (nodes[left], nodes[right])
    guard one.kind == other.kind else { return false }
    if one.kind != .string { return tree.equal(left, tree, right) }
    let count = Int(one.text.count)
    guard count == other.text.count else { return false }
    return (text + Int(one.text.offset)).equals(text + Int(other.text.offset), count: count)
  }

  /// Equal for equal data: numbers by value, members in any order.
  private func contentHash(_ index: Int) -> UInt64 {
    let node = nodes[index]
    switch node.kind {
    case .null: return 1
    case .bool: return node.isTrue ? 2 : 3
    case .string: return Self.mixed(Int(KeyHash.hash(bytes(node.text))))
    case .number:
      if let int = shortInteger(node) { return Self.mixed(int) }
      let number = number(node)
      return Self.mixed(number.int ?? number.hashValue)
    case .array, .object:
      var sum: UInt64 = node.kind == .array ? 6 : 7
      var child = index + 1
      for _ in 0..<Int(node.count) {
        let inner = contentHash(child)
        if node.kind == .array {
          sum = sum &* 0x9E37_79B9_7F4A_7C15 &+ inner
        } else {
          sum &+= (inner ^ UInt64(nodes[child].keyHash)) &* 0x9E37_79B9_7F4A_7C15
        }
        child = Int(nodes[child].end)
      }
      return sum
    }
  }

  private static func mixed(_ value: Int) -> UInt64 {
    let product = UInt64(bitPattern: Int64(value)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  // MARK: Objects

  mutating func objectHolds(_ number: Int, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.objects.baseAddress! + number
    let count = Int(nodes[index].count)
    var required = checks.pointee.requiredCount
    guard count >= checks.pointee.minProperties, count <= checks.pointee.maxProperties, count >= required else {
      return false
    }
    if checks.pointee.judgesMembers {
      var child = index + 1
      for ordinal in 0..<count {
        if checks.pointee.names >= 0, !accepts(checks.pointee.names, ~child) { return false }
        guard let known = memberHolds(checks, child, &required) else { return false }
        if known, frame >= 0 { mark(ordinal, frame) }
        child = Int(nodes[child].end)
      }
      if required > 0 { return false }
    }
    return checks.pointee.dependents.count == 0 || dependentsHold(checks.pointee.dependents, index, frame)
  }

  /// Whether the member is evaluated by this object's keywords; nil where one of them refuses it.
  @inline(__always)
  private mutating func memberHolds(
    _ checks: UnsafePointer<ObjectChecks>, _ child: Int, _ required: inout Int
  ) -> Bool? {
    var known = false
    if let slot = slot(checks.pointee.slots, nodes + child) {
      if slot.pointee.isRequired { required -= 1 }
      if slot.pointee.subschema >= 0 {
        guard accepts(slot.pointee.subschema, child) else { return nil }
        known = true
      }
    }
    for number in checks.pointee.patterns.indices {
      let property = program.patternProperties[number]
      guard matches(property.pattern, nodes[child].key, child) else { continue }
      guard accepts(property.subschema, child) else { return nil }
      known = true
    }
    if !known, checks.pointee.additional >= 0 {
      guard accepts(checks.pointee.additional, child) else { return nil }
      known = true
    }
    return known
  }

  func slot(_ table: Run, _ member: ValueTree.Node) -> PropertySlot? {
    withUnsafePointer(to: member) { slot(table, $0)?.pointee }
  }

  @inline(__always)
  private func slot(_ table: Run, _ member: UnsafePointer<ValueTree.Node>) -> UnsafePointer<PropertySlot>? {
    guard table.count > 0 else { return nil }
    let slots = program.slots.baseAddress! + Int(table.start)
    let mask = Int(table.count) - 1
    let hash = member.pointee.keyHash
    var place = Int(hash) & mask
    while slots[place].isUsed {
      if slots[place].hash == hash, isText(slots[place].name, bytes(member.pointee.key)) { return slots + place }
      place = (place + 1) & mask
    }
    return nil
  }

  private mutating func dependentsHold(_ dependents: Run, _ index: Int, _ frame: Int) -> Bool {
    for number in dependents.indices {
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
    for _ in 0..<Int(nodes[index].count) {
      if isText(name, bytes(nodes[child].key)) { return child }
      child = Int(nodes[child].end)
    }
    return nil
  }

  /// Whether that run of the program's text is these bytes.
  func isText(_ run: Run, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = Int(run.count)
    guard bytes.count == count else { return false }
    return count == 0 || bytes.baseAddress!.equals(program.text.baseAddress! + Int(run.start), count: count)
  }
}

extension UnsafePointer<UInt8> {
  /// Whether the next `count` bytes are the same here and there. Most texts are short: eight bytes a step beat a call.
  fileprivate func equals(_ other: UnsafePointer<UInt8>, count: Int) -> Bool {
    let (left, right) = (UnsafeRawPointer(self), UnsafeRawPointer(other))
    if count < 4 {
      for offset in 0..<count where self[offset] != other[offset] { return false }
      return true
    }
    if count < 8 {
      return Self.same(UInt32.self, left, right, at: 0) && Self.same(UInt32.self, left, right, at: count - 4)
    }
    var offset = 0
    while offset + 8 < count {
      guard Self.same(UInt64.self, left, right, at: offset) else { return false }
      offset += 8
    }
    // The last eight bytes, some of them for the second time.
    return Self.same(UInt64.self, left, right, at: count - 8)
  }

  @inline(__always)
  private static func same<Word: FixedWidthInteger & BitwiseCopyable>(
    _: Word.Type, _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int
  ) -> Bool {
    left.loadUnaligned(fromByteOffset: offset, as: Word.self)
      == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
  }
}

extension ValueTree {
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
