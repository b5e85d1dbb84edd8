extension Schema {
  /// The keys below which the schema knows secrets, for texts that cannot be parsed; nil where it may know one anywhere.
  /// - Complexity: O(subschemas²) at worst.
  public var secretKeys: Set<String>? {
    guard knowsSecrets else { return [] }
    let holders = program.secretHolders
    guard !holders.contains(Int32(program.root)) else { return nil }
    var keys: Set<String> = []
    for slot in program.slots where slot.isUsed && holders.contains(slot.subschema) {
      keys.insert(String(decoding: program.text[slot.name.indices], as: UTF8.self))
    }
    return keys
  }
}

extension Program {
  /// The subschemas whose values are secrets, or hold one under a key or at a place that they do not name.
  fileprivate var secretHolders: Set<Int32> {
    var holders = Set(subschemas.indices.filter { subschemas[$0].isSecret }.map(Int32.init))
    while true {
      let more = subschemas.indices.filter { index in
        !holders.contains(Int32(index)) && namelessTargets(of: subschemas[index]).contains { holders.contains($0) }
      }
      guard !more.isEmpty else { return holders }
      holders.formUnion(more.map(Int32.init))
    }
  }

  /// The subschemas that speak of the same value, or of a part of it without naming its key.
  private func namelessTargets(of record: Subschema) -> [Int32] {
    var targets: [Int32] = []
    if record.inPlace >= 0 {
      let checks = inPlace[Int(record.inPlace)]
      targets += [
        checks.reference, checks.dynamicFallback, checks.not, checks.condition, checks.consequence, checks.alternative,
      ]
      if checks.dynamicAnchor >= 0 { targets += dynamicTargets.filter { $0.key.anchor == checks.dynamicAnchor }.values }
      for run in [checks.allOf, checks.anyOf, checks.oneOf] { targets += lists[run.indices] }
    }
    if record.array >= 0 {
      let checks = arrays[Int(record.array)]
      targets += lists[checks.prefix.indices] + [checks.rest, checks.contains, checks.unevaluated]
    }
    if record.object >= 0 {
      let checks = objects[Int(record.object)]
      targets += dependents[checks.dependents.indices].map(\.subschema)
      targets += patternProperties[checks.patterns.indices].map(\.subschema)
      targets += [checks.additional, checks.unevaluated]
    }
    return targets
  }
}
