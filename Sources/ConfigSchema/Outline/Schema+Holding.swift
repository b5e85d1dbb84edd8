import ConfigDocument
import PatternMatching

extension Schema {
  /// Whether a valid instance may have something at the path. `false` is certain; `true` is where nothing forbids it.
  package func canHold(_ path: [SchemaOutline.Token]) -> Bool {
    holding(Int32(program.root), path[...], depth: 0) != .never
  }

  private enum Holding {
    case never
    /// Nothing forbids it, and nothing speaks of it.
    case open
    /// A subschema speaks of it.
    case named
  }

  private func holding(_ index: Int32, _ path: ArraySlice<SchemaOutline.Token>, depth: Int) -> Holding {
    guard index >= 0 else { return .open }
    let record = program.subschemas[Int(index)]
    if record.isNever { return .never }
    guard let token = path.first else { return .named }
    // A way that goes round in circles proves nothing.
    guard depth < 200 else { return .open }
    var found = own(record, token, path.dropFirst(), depth: depth)
    if found == .never { return .never }
    if record.inPlace >= 0 {
      let checks = program.inPlace[Int(record.inPlace)]
      for target in [checks.reference, checks.dynamicFallback] + program.lists[checks.allOf.indices] where target >= 0 {
        found = Self.both(found, holding(target, path, depth: depth + 1))
      }
      for branches in [checks.anyOf, checks.oneOf] where branches.count > 0 {
        found = Self.both(found, Self.any(program.lists[branches.indices].map { holding($0, path, depth: depth + 1) }))
      }
      if checks.condition >= 0 {
        found = Self.both(
          found, Self.any([checks.consequence, checks.alternative].map { holding($0, path, depth: depth + 1) }))
      }
    }
    return found == .open && forbidsUnevaluated(record) ? .never : found
  }

  private static func both(_ left: Holding, _ right: Holding) -> Holding {
    left == .never || right == .never ? .never : left == .named || right == .named ? .named : .open
  }

  private static func any(_ branches: [Holding]) -> Holding {
    branches.contains(.named) ? .named : branches.contains(.open) ? .open : .never
  }

  private func own(
    _ record: Subschema, _ token: SchemaOutline.Token, _ rest: ArraySlice<SchemaOutline.Token>, depth: Int
  ) -> Holding {
    var found: [Holding] = []
    if record.types.contains(.object) { found.append(member(record, token, rest, depth: depth)) }
    if record.types.contains(.array), token.isIndex { found.append(item(record, rest, depth: depth)) }
    return Self.any(found)
  }

  private func member(
    _ record: Subschema, _ token: SchemaOutline.Token, _ rest: ArraySlice<SchemaOutline.Token>, depth: Int
  ) -> Holding {
    guard record.object >= 0 else { return .open }
    let checks = program.objects[Int(record.object)]
    var judges: [Holding] = []
    for slot in program.slots[checks.slots.indices] where slot.isUsed && slot.subschema >= 0 {
      guard token == .any || token == .key(program.name(slot.name)) else { continue }
      judges.append(holding(slot.subschema, rest, depth: depth + 1))
    }
    for property in program.patternProperties[checks.patterns.indices] {
      if case .key(let key) = token, (try? program.patterns[Int(property.pattern)].matches(key)) == false { continue }
      judges.append(holding(property.subschema, rest, depth: depth + 1))
    }
    let additional = checks.additional < 0 ? Holding.open : holding(checks.additional, rest, depth: depth + 1)
    if token == .any { return Self.any(judges + [additional]) }
    return judges.isEmpty
      ? (checks.additional >= 0 && additional != .never ? .named : additional)
      : judges.reduce(.named, Self.both)
  }

  private func item(_ record: Subschema, _ rest: ArraySlice<SchemaOutline.Token>, depth: Int) -> Holding {
    guard record.array >= 0 else { return .open }
    let checks = program.arrays[Int(record.array)]
    if checks.maxItems == 0 { return .never }
    let items = program.lists[checks.prefix.indices] + [checks.rest]
    return Self.any(items.map { holding($0, rest, depth: depth + 1) })
  }

  private func forbidsUnevaluated(_ record: Subschema) -> Bool {
    guard record.types.contains(.object), !record.types.contains(.array), record.object >= 0 else { return false }
    let unevaluated = program.objects[Int(record.object)].unevaluated
    return unevaluated >= 0 && program.subschemas[Int(unevaluated)].isNever
  }
}

extension SchemaOutline.Token {
  /// Whether it may name an item of a list.
  fileprivate var isIndex: Bool {
    switch self {
    case .any: true
    case .key(let key): key == "-" || Int(key) != nil
    }
  }
}
