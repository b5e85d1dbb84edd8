package import ConfigDocument

/// The places that a schema speaks of, with what it says of each: what linting and drafting transformers ask.
package struct SchemaOutline: Sendable {
  package enum Token: Hashable, Sendable {
    case key(String)
    /// Any key or item.
    case any
  }

  /// One place. Where several subschemas speak of it, what each says is joined.
  package struct Entry: Sendable {
    package var path: [Token]
    /// Whether one of the subschemas that stand here without a condition requires it.
    package var isRequired = false
    package var defaultValue: Value?
    package var choices: [Value]?
    package var typeNames: [String] = []
    package var isDeprecated = false
    package var summary: String?
  }

  /// In the order of the schema's text, containers before what they hold.
  package private(set) var entries: [Entry] = []
  private var indices: [[Token]: Int] = [:]

  package subscript(path: [Token]) -> Entry? { indices[path].map { entries[$0] } }

  fileprivate mutating func update(_ path: [Token], _ body: (inout Entry) -> Void) {
    let index: Int
    if let known = indices[path] {
      index = known
    } else {
      index = entries.count
      indices[path] = index
      entries.append(Entry(path: path))
    }
    body(&entries[index])
  }
}

extension Schema {
  /// The deepest place that an outline has; recursive schemas have no end.
  private static let maximumDepth = 24

  /// Complexity: linear in the places of the schema. A subschema is followed once on each way, so that a recursive one
  /// is outlined to its first repetition.
  package var outline: SchemaOutline {
    var outline = SchemaOutline()
    visit(Int32(program.root), at: [], on: [], into: &outline)
    return outline
  }

  private func visit(
    _ index: Int32, at path: [SchemaOutline.Token], on way: [Int32], into outline: inout SchemaOutline
  ) {
    guard index >= 0, !way.contains(index), path.count < Self.maximumDepth else { return }
    let record = program.subschemas[Int(index)]
    guard !record.isNever else { return }
    let way = way + [index]
    note(record, at: path, into: &outline)
    if record.object >= 0 { visitMembers(program.objects[Int(record.object)], at: path, on: way, into: &outline) }
    if record.array >= 0 {
      let checks = program.arrays[Int(record.array)]
      for item in program.lists[checks.prefix.indices] + [checks.rest, checks.contains] {
        visit(item, at: path + [.any], on: way, into: &outline)
      }
    }
    guard record.inPlace >= 0 else { return }
    let checks = program.inPlace[Int(record.inPlace)]
    for target in [checks.reference, checks.dynamicFallback, checks.consequence, checks.alternative] {
      visit(target, at: path, on: way, into: &outline)
    }
    for run in [checks.allOf, checks.anyOf, checks.oneOf] {
      for target in program.lists[run.indices] { visit(target, at: path, on: way, into: &outline) }
    }
  }

  private func visitMembers(
    _ checks: ObjectChecks, at path: [SchemaOutline.Token], on way: [Int32], into outline: inout SchemaOutline
  ) {
    let slots = program.slots[checks.slots.indices].filter(\.isUsed).sorted { $0.name.start < $1.name.start }
    for slot in slots {
      let place = path + [.key(program.name(slot.name))]
      if slot.subschema >= 0, program.subschemas[Int(slot.subschema)].isNever { continue }
      outline.update(place) { $0.isRequired = $0.isRequired || slot.isRequired }
      visit(slot.subschema, at: place, on: way, into: &outline)
    }
    for property in program.patternProperties[checks.patterns.indices] {
      visit(property.subschema, at: path + [.any], on: way, into: &outline)
    }
    visit(checks.additional, at: path + [.any], on: way, into: &outline)
  }

  private func note(_ record: Subschema, at path: [SchemaOutline.Token], into outline: inout SchemaOutline) {
    let document = program.documents[Int(record.location.document)]
    let node = Int(record.location.node)
    guard document.nodes[node].kind == .object else { return }
    outline.update(path) { entry in
      if let value = document.member("default", of: node) {
        entry.defaultValue = entry.defaultValue ?? document.value(at: value)
      }
      if let values = document.member("enum", of: node) { entry.choices = document.value(at: values).array }
      if let flag = document.member("deprecated", of: node) { entry.isDeprecated = document.nodes[flag].isTrue }
      if let text = document.member("description", of: node) { entry.summary = document.value(at: text).string }
      if record.types != .all {
        for (name, type) in TypeSet.names where record.types.contains(type) && !entry.typeNames.contains(name) {
          entry.typeNames.append(name)
        }
      }
    }
  }
}
