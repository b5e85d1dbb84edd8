public import ConfigDocument
import PatternMatching

extension Schema {
  /// Whether any part of the schema calls a value a secret: `writeOnly: true`, or the format `password`.
  public var knowsSecrets: Bool { program.knowsSecrets }

  /// The nodes of a document that the schema may call secrets, in document order, without what stands inside of one.
  ///
  /// Every branch counts, also one that does not fit: what is a secret in one form of a value is kept in all of them.
  /// - Complexity: O(nodes × subschemas that speak of each).
  public func secrets(in tree: ValueTree) -> [Int] {
    guard knowsSecrets, !tree.nodes.isEmpty else { return [] }
    var found: [Int] = []
    // No recursion: documents may be deep.
    var open: [(node: Int, subschemas: Set<Int32>)] = [(0, [Int32(program.root)])]
    while let (node, subschemas) = open.popLast() {
      let all = program.everythingInPlace(of: subschemas)
      if all.contains(where: { program.subschemas[Int($0)].isSecret }) {
        found.append(node)
        continue
      }
      for (ordinal, child) in tree.children(of: node).enumerated() {
        let next = all.reduce(into: Set<Int32>()) {
          $0.formUnion(program.targets(of: $1, for: child, number: ordinal, in: tree, within: node))
        }
        if !next.isEmpty { open.append((child, next)) }
      }
    }
    return found.sorted()
  }
}

extension Program {
  /// The subschemas and all that judge the same value with them, whatever their verdicts.
  fileprivate func everythingInPlace(of start: Set<Int32>) -> Set<Int32> {
    var all: Set<Int32> = []
    var open = Array(start)
    while let index = open.popLast() {
      guard index >= 0, all.insert(index).inserted else { continue }
      let record = self.subschemas[Int(index)]
      if record.inPlace >= 0 {
        let checks = inPlace[Int(record.inPlace)]
        open += [
          checks.reference, checks.dynamicFallback, checks.not, checks.condition, checks.consequence,
          checks.alternative,
        ]
        if checks.dynamicAnchor >= 0 { open += dynamicTargets.filter { $0.key.anchor == checks.dynamicAnchor }.values }
        for run in [checks.allOf, checks.anyOf, checks.oneOf] { open += lists[run.indices] }
      }
      if record.object >= 0 { open += dependents[objects[Int(record.object)].dependents.indices].map(\.subschema) }
    }
    return all
  }

  /// The subschemas of a container's subschema that may speak of a child.
  fileprivate func targets(
    of index: Int32, for child: Int, number: Int, in tree: ValueTree, within container: Int
  ) -> [Int32] {
    let record = subschemas[Int(index)]
    var targets: [Int32] = []
    if tree.nodes[container].kind == .array, record.array >= 0 {
      let checks = arrays[Int(record.array)]
      let prefix = Int(checks.prefix.count)
      targets = [number < prefix ? lists[Int(checks.prefix.start) + number] : checks.rest]
      targets += [checks.contains, checks.unevaluated]
    }
    if tree.nodes[container].kind == .object, record.object >= 0 {
      let checks = objects[Int(record.object)]
      let key = tree.bytes(tree.nodes[child].key)
      let hash = tree.nodes[child].keyHash
      for slot in slots[checks.slots.indices] where slot.isUsed && slot.hash == hash && slot.subschema >= 0 {
        if text[slot.name.indices].elementsEqual(key) { targets.append(slot.subschema) }
      }
      let name = String(decoding: key, as: UTF8.self)
      for property in patternProperties[checks.patterns.indices] {
        // Where a pattern gives no verdict, a secret too many is better than one that is shown.
        if (try? patterns[Int(property.pattern)].matches(name)) ?? true { targets.append(property.subschema) }
      }
      if targets.isEmpty { targets.append(checks.additional) }
      targets.append(checks.unevaluated)
    }
    return targets.filter { $0 >= 0 }
  }
}
