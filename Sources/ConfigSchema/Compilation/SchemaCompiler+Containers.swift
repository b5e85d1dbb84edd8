import ConfigDocument

extension SchemaCompiler {
  /// The subschema under `key`; -1 where there is none.
  mutating func schema(_ key: String, _ reader: KeywordReader) -> Int32 {
    reader.member(key).map { subschema(at: reader.at($0)) } ?? -1
  }

  mutating func schemas(_ nodes: [Int], _ reader: KeywordReader) -> Run {
    let indices = nodes.map { subschema(at: reader.at($0)) }
    return build.list(indices)
  }

  // MARK: Arrays

  mutating func readArrayKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    var checks = ArrayChecks()
    let draft = reader.dialect.draft
    var isNeeded = false
    if reader.vocabularies.contains(.validation) {
      checks.minItems = try reader.count("minItems") ?? 0
      checks.maxItems = try reader.count("maxItems") ?? .max
      checks.isUnique = try reader.bool("uniqueItems") ?? false
      isNeeded = checks.minItems > 0 || checks.maxItems < .max || checks.isUnique
    }
    if reader.vocabularies.contains(.applicator) {
      if let items = reader.member("items"), draft < .draft2020, reader.kind(items) == .array {
        checks.prefix = schemas(reader.tree.children(of: items), reader)
        checks.rest = schema("additionalItems", reader)
        checks.restIsAdditional = true
      } else {
        checks.rest = schema("items", reader)
        if draft >= .draft2020, let prefix = try reader.items("prefixItems") { checks.prefix = schemas(prefix, reader) }
      }
      if draft >= .draft6 {
        checks.contains = schema("contains", reader)
        checks.containsEvaluates = draft >= .draft2020
      }
      if draft >= .draft2019, reader.vocabularies.contains(.validation) {
        checks.minContains = try reader.count("minContains") ?? 1
        checks.maxContains = try reader.count("maxContains") ?? .max
      }
      isNeeded = isNeeded || checks.prefix.count > 0 || checks.rest >= 0 || checks.contains >= 0
    }
    if draft >= .draft2019, reader.vocabularies.contains(.unevaluated) {
      checks.unevaluated = schema("unevaluatedItems", reader)
      if checks.unevaluated >= 0 {
        record.marksEvaluated = true
        isNeeded = true
      }
    }
    guard isNeeded else { return }
    build.arrays.append(checks)
    record.array = Int32(build.arrays.count - 1)
  }

  // MARK: Objects

  mutating func readObjectKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    var checks = ObjectChecks()
    let draft = reader.dialect.draft
    var slots: [PropertySlot] = []
    var isNeeded = false
    if reader.vocabularies.contains(.applicator) {
      for member in try reader.members("properties") ?? [] {
        slots.append(slot(reader.key(member), subschema: subschema(at: reader.at(member))))
      }
      try readPatternProperties(reader, into: &checks)
      checks.additional = schema("additionalProperties", reader)
      if draft >= .draft6 { checks.names = schema("propertyNames", reader) }
      isNeeded = checks.patterns.count > 0 || checks.additional >= 0 || checks.names >= 0
    }
    if reader.vocabularies.contains(.validation) {
      checks.minProperties = try reader.count("minProperties") ?? 0
      checks.maxProperties = try reader.count("maxProperties") ?? .max
      if let node = reader.member("required") {
        for name in try reader.names(node) { require(name, in: &slots) }
      }
      checks.requiredCount = slots.count { $0.isRequired }
      isNeeded = isNeeded || checks.minProperties > 0 || checks.maxProperties < .max
    }
    try readDependents(reader, into: &checks)
    if draft >= .draft2019, reader.vocabularies.contains(.unevaluated) {
      checks.unevaluated = schema("unevaluatedProperties", reader)
      if checks.unevaluated >= 0 { record.marksEvaluated = true }
    }
    isNeeded = isNeeded || !slots.isEmpty || checks.dependents.count > 0 || checks.unevaluated >= 0
    guard isNeeded else { return }
    checks.slots = table(slots)
    build.objects.append(checks)
    record.object = Int32(build.objects.count - 1)
  }

  private mutating func slot(_ name: String, subschema: Int32) -> PropertySlot {
    PropertySlot(hash: KeyHash.hash(name), isUsed: true, name: build.string(name), subschema: subschema)
  }

  private mutating func require(_ name: String, in slots: inout [PropertySlot]) {
    let hash = KeyHash.hash(name)
    let known = slots.firstIndex { slot in
      slot.hash == hash && build.text[slot.name.indices].elementsEqual(name.utf8)
    }
    if let known {
      slots[known].isRequired = true
    } else {
      slots.append(slot(name, subschema: -1))
      slots[slots.count - 1].isRequired = true
    }
  }

  /// Lays the slots out by open addressing, at most half full.
  private mutating func table(_ slots: [PropertySlot]) -> Run {
    if slots.isEmpty { return .none }
    var size = 2
    while size < slots.count * 2 { size *= 2 }
    var table = [PropertySlot](repeating: PropertySlot(), count: size)
    for slot in slots {
      var index = Int(slot.hash) & (size - 1)
      while table[index].isUsed { index = (index + 1) & (size - 1) }
      table[index] = slot
    }
    build.slots += table
    return Run(start: build.slots.count - size, count: size)
  }

  private mutating func readPatternProperties(
    _ reader: KeywordReader, into checks: inout ObjectChecks
  ) throws(SchemaFault) {
    var patterns: [PatternProperty] = []
    for member in try reader.members("patternProperties") ?? [] {
      let pattern = try pattern(reader.key(member), at: reader.at(member))
      patterns.append(PatternProperty(pattern: pattern, subschema: subschema(at: reader.at(member))))
    }
    checks.patterns = Run(start: build.patternProperties.count, count: patterns.count)
    build.patternProperties += patterns
  }

  /// `dependencies` stays understood in the later drafts, as they recommend.
  private mutating func readDependents(
    _ reader: KeywordReader, into checks: inout ObjectChecks
  ) throws(SchemaFault) {
    var dependents: [Dependent] = []
    let isNew = reader.dialect.draft >= .draft2019
    if reader.vocabularies.contains(.validation), isNew {
      for member in try reader.members("dependentRequired") ?? [] {
        dependents.append(try dependent(member, required: true, reader))
      }
    }
    if reader.vocabularies.contains(.applicator) {
      if isNew {
        for member in try reader.members("dependentSchemas") ?? [] {
          dependents.append(try dependent(member, required: false, reader))
        }
      }
      for member in try reader.members("dependencies") ?? [] {
        dependents.append(try dependent(member, required: reader.kind(member) == .array, reader))
      }
    }
    checks.dependents = Run(start: build.dependents.count, count: dependents.count)
    build.dependents += dependents
  }

  private mutating func dependent(
    _ member: Int, required: Bool, _ reader: KeywordReader
  ) throws(SchemaFault) -> Dependent {
    var dependent = Dependent(name: build.keyName(reader.key(member)))
    if required {
      let names = try reader.names(member)
      dependent.required = Run(start: build.names.count, count: names.count)
      for name in names { build.names.append(build.keyName(name)) }
    } else {
      dependent.subschema = subschema(at: reader.at(member))
    }
    return dependent
  }
}
