import ConfigDocument

extension SchemaCompiler {
  mutating func readInPlaceKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    var checks = InPlace()
    let draft = reader.dialect.draft
    try readReferences(reader, resource: Int(record.resource), into: &checks)
    if reader.vocabularies.contains(.validation) {
      if let values = try reader.items("enum") {
        checks.hasEnumeration = true
        readEnumeration(values, reader, into: &checks)
      }
      if draft >= .draft6, let value = reader.member("const") {
        checks.constant = Int32(build.constants.count)
        build.append(constant: value, reader)
      }
    }
    if reader.vocabularies.contains(.applicator) {
      checks.allOf = schemas(try branches("allOf", reader), reader)
      checks.anyOf = schemas(try branches("anyOf", reader), reader)
      checks.oneOf = schemas(try branches("oneOf", reader), reader)
      checks.not = schema("not", reader)
      if draft >= .draft7, reader.member("if") != nil {
        checks.condition = schema("if", reader)
        checks.consequence = schema("then", reader)
        checks.alternative = schema("else", reader)
      }
    }
    let isNeeded =
      checks.hasEnumeration || checks.constant >= 0 || checks.reference >= 0 || checks.dynamicFallback >= 0
      || checks.allOf.count + checks.anyOf.count + checks.oneOf.count > 0 || checks.not >= 0 || checks.condition >= 0
    guard isNeeded else { return }
    build.inPlace.append(checks)
    record.inPlace = Int32(build.inPlace.count - 1)
  }

  /// From this many values on an enumeration has a table of its strings.
  private static let longEnumeration = 6

  private mutating func readEnumeration(_ values: [Int], _ reader: KeywordReader, into checks: inout InPlace) {
    let start = build.constants.count
    checks.enumeration = Run(start: start, count: values.count)
    for value in values { build.append(constant: value, reader) }
    let strings = checks.enumeration.indices.filter { build.constantKeys[$0].kind == .string }
    guard strings.count >= Self.longEnumeration else { return }
    for number in checks.enumeration.indices where build.constantKeys[number].kind != .string {
      checks.otherKinds.formUnion(TypeSet(build.constantKeys[number].kind))
    }
    var size = 16
    while size < strings.count * 2 { size *= 2 }
    var table = [Int32](repeating: -1, count: size)
    for string in strings {
      var place = Int(build.constantKeys[string].hash) & (size - 1)
      while table[place] >= 0 { place = (place + 1) & (size - 1) }
      table[place] = Int32(string)
    }
    checks.choices = build.choices(table)
  }

  private func branches(_ key: String, _ reader: KeywordReader) throws(SchemaFault) -> [Int] {
    guard let branches = try reader.items(key) else { return [] }
    if branches.isEmpty, let node = reader.member(key) {
      throw reader.malformed(node, "an array of at least one schema")
    }
    return branches
  }

  private mutating func readReferences(
    _ reader: KeywordReader, resource: Int, into checks: inout InPlace
  ) throws(SchemaFault) {
    let draft = reader.dialect.draft
    if let (reference, node) = try reader.text("$ref") {
      checks.reference = try follow(reference, from: resource, at: reader.at(node))
    }
    if draft >= .draft2020, let (reference, node) = try reader.text("$dynamicRef") {
      let target = try resources.resolve(reference, from: resource, at: reader.at(node))
      checks.dynamicFallback = subschema(at: target.location)
      // Only where the reference first leads to a dynamic anchor may another resource's anchor take its place.
      if let name = target.anchor, resources.resources[target.resource].dynamicAnchors[name] == target.location {
        checks.dynamicAnchor = anchor(name)
      }
    }
    if draft == .draft2019, let (reference, node) = try reader.text("$recursiveRef") {
      let target = try resources.resolve(reference, from: resource, at: reader.at(node))
      checks.dynamicFallback = subschema(at: target.location)
      if resources.resources[target.resource].dynamicAnchors[SchemaResources.recursiveAnchor] == target.location {
        checks.dynamicAnchor = anchor(SchemaResources.recursiveAnchor)
      }
    }
  }
}

extension ProgramBuilder {
  fileprivate mutating func append(constant node: Int, _ reader: KeywordReader) {
    let tree = reader.tree
    var key = ConstantKey(kind: tree.nodes[node].kind, isTrue: tree.nodes[node].isTrue)
    if key.kind == .string || key.kind == .number {
      let text = tree.bytes(tree.nodes[node].text)
      key.text = Run(start: self.text.count, count: text.count)
      key.hash = text.withUnsafeBufferPointer { KeyHash.hash($0) }
      self.text += text
    }
    constants.append(reader.at(node))
    constantKeys.append(key)
  }

  fileprivate mutating func choices(_ table: [Int32]) -> Run {
    choices += table
    return Run(start: choices.count - table.count, count: table.count)
  }
}
