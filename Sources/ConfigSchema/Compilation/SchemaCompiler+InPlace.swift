import ConfigDocument

extension SchemaCompiler {
  mutating func readInPlaceKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    var checks = InPlace()
    let draft = reader.dialect.draft
    try readReferences(reader, resource: Int(record.resource), into: &checks)
    if reader.vocabularies.contains(.validation) {
      if let values = try reader.items("enum") {
        checks.hasEnumeration = true
        checks.enumeration = Run(start: build.constants.count, count: values.count)
        build.constants += values.map(reader.at)
      }
      if draft >= .draft6, let value = reader.member("const") {
        checks.constant = Int32(build.constants.count)
        build.constants.append(reader.at(value))
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

  private func branches(_ key: String, _ reader: KeywordReader) throws(SchemaFault) -> [Int] {
    guard let branches = try reader.items(key) else { return [] }
    if branches.isEmpty, let node = reader.member(key) { throw reader.malformed(node, "an array of at least one schema") }
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
