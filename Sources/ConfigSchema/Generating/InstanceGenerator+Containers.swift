import ConfigDocument
import PatternMatching

extension InstanceGenerator {
  /// An object with what is required, and with as many optional members as the density says.
  mutating func drawObject(_ demands: Demands, depth: Int) -> Value? {
    var names: [String] = []
    var seen: Set<String> = []
    var required: Set<String> = []
    var least = 0
    let checks = demands.records.filter { $0.object >= 0 }.map { program.objects[Int($0.object)] }
    for check in checks {
      least = max(least, check.minProperties)
      // The table is laid out by hash; the order of drawing is that of the names in the schema's text.
      for slot in program.slots[check.slots.indices].filter(\.isUsed).sorted(by: { $0.name.start < $1.name.start }) {
        let name = program.name(slot.name)
        if seen.insert(name).inserted { names.append(name) }
        if slot.isRequired { required.insert(name) }
      }
    }
    var object = Object()
    for name in names {
      guard required.contains(name) || takesOptional(depth) else { continue }
      guard let value = draw(program.subschemas(of: name, in: checks), depth: depth + 1) else {
        if required.contains(name) { return nil }
        continue
      }
      object[name] = value
    }
    demandDependents(of: &object, in: checks, depth: depth)
    let wanted = max(least, object.count + (hasRoom(at: depth) ? random.below(3) : 0))
    for _ in 0..<8 where object.count < wanted {
      guard let name = freeName(in: checks), object[name] == nil else { continue }
      let subschemas = program.subschemas(of: name, in: checks)
      guard !subschemas.isEmpty, let value = draw(subschemas, depth: depth + 1) else { continue }
      object[name] = value
    }
    return .object(object)
  }

  private mutating func takesOptional(_ depth: Int) -> Bool {
    hasRoom(at: depth) && (density == .all || random.once(in: 2))
  }

  /// A key that no schema names but one allows; nil where none does.
  private mutating func freeName(in checks: [ObjectChecks]) -> String? {
    let patterns = checks.flatMap { program.patternProperties[$0.patterns.indices] }.map(\.pattern)
    if let pattern = random.pick(patterns), let sampler = sampler(pattern) { return sampler.sample(using: &random) }
    let isOpen = checks.contains { $0.additional >= 0 && !program.subschemas[Int($0.additional)].isNever }
    guard isOpen else { return nil }
    let names = checks.filter { $0.names >= 0 }.map(\.names)
    if !names.isEmpty {
      guard case .string(let name) = draw(names, depth: Self.fullDepth) else { return nil }
      return name
    }
    return random.pick(["alpha", "beta", "gamma", "delta"])
  }

  private mutating func demandDependents(of object: inout Object, in checks: [ObjectChecks], depth: Int) {
    for check in checks {
      for dependent in program.dependents[check.dependents.indices]
      where object[program.name(dependent.name.text)] != nil {
        for name in program.names[dependent.required.indices].map({ program.name($0.text) }) where object[name] == nil {
          let subschemas = program.subschemas(of: name, in: checks)
          object[name] = subschemas.isEmpty ? .null : draw(subschemas, depth: depth + 1)
        }
      }
    }
  }

  /// An array whose length is at a bound or little above it.
  mutating func drawArray(_ demands: Demands, depth: Int) -> Value? {
    let checks = demands.records.filter { $0.array >= 0 }.map { program.arrays[Int($0.array)] }
    let least = checks.map(\.minItems).max() ?? 0
    let most = checks.map(\.maxItems).min() ?? .max
    guard least <= most, least <= 1_000 else { return nil }
    let wanted = hasRoom(at: depth) ? min(most, least + random.below(4)) : least
    let isUnique = checks.contains(where: \.isUnique)
    var items: [Value] = []
    for _ in 0..<wanted + 8 where items.count < wanted {
      guard let item = draw(subschemas(ofItem: items.count, in: checks), depth: depth + 1) else { break }
      if isUnique, items.contains(item) { continue }
      items.append(item)
    }
    for check in checks where check.contains >= 0 {
      var found = items.count { accepts($0, check.contains) }
      while found < check.minContains, items.count < most {
        guard let item = draw([check.contains], depth: depth + 1) else { return nil }
        if isUnique, items.contains(item) { return nil }
        items.append(item)
        if accepts(item, check.contains) { found += 1 }
      }
    }
    return .array(items)
  }

  private func accepts(_ value: Value, _ subschema: Int32) -> Bool {
    let tree = ValueTree(value)
    var validity = Validity(program, tree)
    return withExtendedLifetime(tree) { validity.accepts(subschema, 0) }
  }

  private func subschemas(ofItem index: Int, in checks: [ArrayChecks]) -> [Int32] {
    checks.compactMap { check in
      let prefix = program.lists[check.prefix.indices]
      if index < prefix.count { return prefix[prefix.startIndex + index] }
      return check.rest >= 0 ? check.rest : nil
    }
  }
}
