import ConfigDocument

extension Validity {
  // MARK: Arrays

  mutating func arrayHolds(_ number: Int32, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.arrays.baseAddress! + Int(number)
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
    return one.kind == .string ? bytes(one.text).equals(bytes(other.text)) : memory.equal(left, memory, right)
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
}
