import ConfigDocument

/// Looks at every keyword, in the order of the schema's text, and keeps what each said.
///
/// What a keyword that has no subschemas finds is ``Explanation``'s, so that the texts are the same everywhere.
struct OutputEvaluation: ~Copyable {
  let program: Program
  let tree: ValueTree
  /// Whether values that are wrong keep what is told of them, but for branches that were not taken.
  var keepsAnnotationsOfWrongValues = false
  var explanation: Explanation
  /// The records, by where their subschemas stand.
  private let records: [SchemaLocation: Int32]

  init(_ program: Program, _ tree: ValueTree, hides: @escaping (Pointer) -> Bool) {
    self.program = program
    self.tree = tree
    explanation = Explanation(program, tree, hides: hides)
    records = Dictionary(
      program.subschemas.enumerated().map { ($0.element.location, Int32($0.offset)) }, uniquingKeysWith: { $1 })
  }

  mutating func evaluate() -> OutputUnit {
    var root = unit(of: Int32(program.root), at: 0, via: Pointer())
    if let fault = explanation.validity.fault {
      root.isValid = false
      root.error = Wording.message(fault, program)
      root.details = []
    }
    return root
  }

  func record(at node: Int, beside location: SchemaLocation) -> Int32? {
    records[SchemaLocation(document: location.document, node: Int32(node))]
  }

  /// What a subschema says of a node.
  mutating func unit(of subschema: Int32, at index: Int, via path: Pointer) -> OutputUnit {
    let record = program.subschemas[Int(subschema)]
    var unit = OutputUnit(
      isValid: true, keywordLocation: path,
      absoluteKeywordLocation: program.uri(of: record.location, keyword: [], in: record.resource),
      instanceLocation: tree.pointer(to: max(index, ~index)), node: max(index, ~index), subschema: record.location,
      keyword: "")
    if record.isNever {
      unit.isValid = false
      unit.error = "\(explanation.subject(index)) is not allowed here"
      return unit
    }
    guard explanation.enter(record, index, subschema) else {
      unit.isValid = false
      unit.error = "the check was given up here"
      return unit
    }
    defer { explanation.leave(record) }
    explanation.noteSecret(record, index)
    addKeywords(of: record, at: index, to: &unit)
    if !unit.isValid, !keepsAnnotationsOfWrongValues { unit.dropAnnotations() }
    return unit
  }

  private mutating func addKeywords(of record: Subschema, at index: Int, to unit: inout OutputUnit) {
    let schema = program.documents[Int(record.location.document)]
    guard schema.nodes[Int(record.location.node)].kind == .object else { return }
    let dialect = program.dialects[Int(record.resource)]
    var faults = explanation.ownFaults(record, index)
    let isReference = dialect.draft <= .draft7 && schema.text("$ref", of: Int(record.location.node)) != nil
    var unevaluated: [OutputUnit] = []
    for member in schema.children(of: Int(record.location.node)) {
      let key = schema.string(schema.nodes[member].key)
      if isReference, key != "$ref" { continue }
      let keyword = Keyword(
        name: key, node: member, record: record, draft: dialect.draft,
        path: unit.keywordLocation.appending(key), index: index)
      let own = faults.filter { explanation.keyword(of: $0) == key }
      faults.removeAll { explanation.keyword(of: $0) == key }
      guard var found = self.unit(of: keyword, faults: own) else { continue }
      if !own.isEmpty {
        found.isValid = false
        found.error = own.map { explanation.words(of: $0).message }.joined(separator: "; ")
      }
      // They speak of what the others left, wherever they stand.
      if key.hasPrefix("unevaluated") { unevaluated.append(found) } else { unit.add(found) }
    }
    for fault in faults {
      var found = bareUnit(
        Keyword(
          name: explanation.keyword(of: fault), node: Int(record.location.node), record: record, draft: dialect.draft,
          path: unit.keywordLocation.appending(explanation.keyword(of: fault)), index: index))
      found.isValid = false
      found.error = explanation.words(of: fault).message
      unit.add(found)
    }
    for found in unevaluated { unit.add(found) }
  }

  /// One keyword of one subschema, on its way to judge one node.
  struct Keyword {
    var name: String
    /// The node of its value.
    var node: Int
    var record: Subschema
    var draft: SchemaDraft
    var path: Pointer
    var index: Int
  }

  func bareUnit(_ keyword: Keyword) -> OutputUnit {
    let place = max(keyword.index, ~keyword.index)
    return OutputUnit(
      isValid: true, keywordLocation: keyword.path,
      absoluteKeywordLocation: program.uri(
        of: keyword.record.location, keyword: [keyword.name], in: keyword.record.resource),
      instanceLocation: tree.pointer(to: place), node: place, subschema: keyword.record.location,
      keyword: keyword.name)
  }

  /// What the keyword says; nil for those that say nothing of a value.
  private mutating func unit(of keyword: Keyword, faults: [Fault]) -> OutputUnit? {
    if Self.silent.contains(keyword.name) { return nil }
    if let unit = applicatorUnit(keyword, faults: faults) { return unit }
    var unit = bareUnit(keyword)
    if Self.assertions.contains(keyword.name) { return unit }
    let schema = program.documents[Int(keyword.record.location.document)]
    let isOfStrings = keyword.name.hasPrefix("content")
    if isOfStrings, explanation.validity.node(keyword.index).kind != .string { return unit }
    if keyword.name == "contentSchema",
      schema.member("contentMediaType", of: Int(keyword.record.location.node)) == nil
    {
      return unit
    }
    unit.annotation = schema.value(at: keyword.node)
    return unit
  }

  /// Keywords that name, hold or explain schemas.
  private static let silent: Set<String> = [
    "$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary", "$comment", "$defs",
    "definitions",
  ]

  /// Keywords that judge and tell nothing else.
  private static let assertions: Set<String> = [
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
    "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties",
    "maxProperties", "required", "dependentRequired",
  ]
}
