import ConfigDocument

/// Finds all that is wrong, with words. Run on documents that are known to be wrong; asks ``Validity`` on the way.
struct Explanation: ~Copyable {
  let program: Program
  let tree: ValueTree
  let hides: (Pointer) -> Bool
  /// Nodes that the schema calls secrets.
  var secrets: [Int] = []
  var validity: Validity

  init(_ program: Program, _ tree: ValueTree, hides: @escaping (Pointer) -> Bool) {
    self.program = program
    self.tree = tree
    self.hides = hides
    validity = Validity(program, tree)
  }

  mutating func explain() -> [Violation] {
    var found = explain(Int32(program.root), 0)
    if let fault = validity.fault {
      let subschema = program.subschemas[max(Int(fault.subschema), 0)]
      found.append(
        violation(.schemaLimit, at: max(fault.node, ~fault.node), of: subschema, "", Wording.message(fault, program)))
    } else if found.isEmpty {
      // The two evaluators disagree, which tests show never to happen; a wrong document is never called right.
      let root = program.subschemas[program.root]
      found.append(violation(.schemaForbidden, at: 0, of: root, "", "the document does not follow its schema"))
    }
    return joined(found).map { finished($0) }
  }

  /// As ``explain(_:_:)``, where the answer mostly is that nothing is: the verdict is had for much less than the words.
  ///
  /// Where a schema knows secrets each subschema is gone through: any of them may call a value one of which others speak.
  mutating func explainIfRefused(_ subschema: Int32, _ index: Int) -> [Violation] {
    !program.knowsSecrets && validity.accepts(subschema, index) ? [] : explain(subschema, index)
  }

  /// What is wrong with the node by one subschema; empty where nothing is.
  mutating func explain(_ subschema: Int32, _ index: Int) -> [Violation] {
    let record = program.subschemas[Int(subschema)]
    if record.isNever {
      return [violation(.schemaForbidden, at: index, of: record, "", "\(subject(index)) is not allowed here", cost: 3)]
    }
    guard enter(record, index, subschema) else { return [] }
    defer { leave(record) }
    noteSecret(record, index)
    let node = validity.node(index)
    guard validity.hasType(record, node) else { return [typeViolation(record, index)] }
    var found: [Violation] = []
    switch node.kind {
    case .number: if record.number >= 0 { found += explainNumber(record, index) }
    case .string: if record.string >= 0 { found += explainString(record, index) }
    case .array: if record.array >= 0 { found += explainArray(record, index) }
    case .object: if record.object >= 0 { found += explainObject(record, index) }
    case .null, .bool: break
    }
    if record.inPlace >= 0 { found += explainInPlace(record, index) }
    if record.marksEvaluated { found += explainUnevaluated(record, index) }
    return found.count > 1 ? joined(found) : found
  }

  /// What the keywords find that have no subschemas. Those that stand behind a wrong type speak too.
  mutating func ownFaults(_ record: Subschema, _ index: Int) -> [Violation] {
    let node = validity.node(index)
    var found = validity.hasType(record, node) ? [] : [typeViolation(record, index)]
    switch node.kind {
    case .number: if record.number >= 0 { found += explainNumber(record, index) }
    case .string: if record.string >= 0 { found += explainString(record, index) }
    case .array: if record.array >= 0 { found += explainArrayItself(record, index) }
    case .object: if record.object >= 0 { found += explainObjectItself(record, index) }
    case .null, .bool: break
    }
    if record.inPlace >= 0 { found += explainConstants(record, program.inPlace[Int(record.inPlace)], index) }
    return found
  }

  /// Keeps the depth and the resources entered, as the evaluator does.
  mutating func enter(_ record: Subschema, _ index: Int, _ subschema: Int32) -> Bool {
    validity.steps -= 1
    let isLong = validity.steps < 0
    if isLong || validity.depth >= Validity.maximumDepth {
      validity.fault =
        validity.fault ?? EvaluationFault(isLong ? .tooLong : .tooDeep, node: index, subschema: subschema)
      validity.steps = -1
      return false
    }
    validity.depth += 1
    validity.scope.append(record.resource)
    return true
  }

  mutating func leave(_ record: Subschema) {
    validity.depth -= 1
    validity.scope.removeLast()
  }

  // MARK: Words

  func subject(_ index: Int) -> String {
    if index < 0 { return "the key `\(tree.string(tree.nodes[~index].key))`" }
    return Wording.subject(tree.pointer(to: index), of: index, in: tree)
  }

  /// `name: ` where the node has a name.
  func prefix(_ index: Int) -> String { index == 0 ? "" : "\(subject(index)): " }

  /// `, found …`, without the value where it may be a secret.
  func found(_ index: Int) -> String {
    if index < 0 { return "" }
    if isSecret(index) { return ", found \(Wording.kind(tree.nodes[index].kind)), which is not shown" }
    let kind = tree.nodes[index].kind == .string ? "the string " : ""
    return ", found \(kind)\(Wording.value(index, in: tree))"
  }

  /// As ``found(_:)``, where a value of the right type was expected.
  func foundValue(_ index: Int) -> String {
    if index < 0 { return "" }
    return isSecret(index) ? ", found another, which is not shown" : ", found \(Wording.value(index, in: tree))"
  }

  func violation(
    _ code: Diagnostic.Code, at index: Int, key: Bool = false, of record: Subschema, _ keyword: String,
    _ message: String, hint: String? = nil, repair: Repair? = nil, finding: Violation.Finding = .other, cost: Int = 2
  ) -> Violation {
    let place = max(index, ~index)
    return Violation(
      code: code, node: place, pointsAtKey: key || index < 0, instance: tree.pointer(to: place), keyword: keyword,
      schema: "", finding: finding, message: message, hint: hint, repair: repair, title: nil, description: nil,
      hidesValue: false, cost: cost, draft: Violation.Draft(record))
  }

  private func typeViolation(_ record: Subschema, _ index: Int) -> Violation {
    let node = validity.node(index)
    let expected = Wording.types(record.types)
    let words = Wording.typeList(expected)
    let kindIsScalar = node.kind != .array && node.kind != .object
    let wantsScalar = !record.types.isDisjoint(with: [.null, .boolean, .integer, .number, .string])
    let hint = isSecret(index) ? nil : coercion(record.types, node)
    return violation(
      .schemaType, at: index, of: record, "type", "\(prefix(index))expected \(words)\(found(index))",
      hint: hint, repair: coerced(to: record.types, index).map(Repair.replace),
      finding: .type(expected: expected, found: typeName(node)),
      cost: hint != nil ? 1 : kindIsScalar && wantsScalar ? 2 : 10)
  }

  private func typeName(_ node: ValueTree.Node) -> String {
    switch node.kind {
    case .null: "null"
    case .bool: "boolean"
    case .number: validity.isInteger(node, bySpelling: false) ? "integer" : "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// What makes the value one of the right type, where that is plain.
  func coercion(_ types: TypeSet, _ node: ValueTree.Node) -> String? {
    let text = node.kind == .string || node.kind == .number ? tree.string(node.text) : node.isTrue ? "true" : "false"
    switch node.kind {
    case .string:
      if !types.isDisjoint(with: [.integer, .number]), let number = Number(text), text.first != ".",
        number.isInteger || types.contains(.number)
      {
        return "Write `\(text)` without quotes"
      }
      if types.contains(.boolean) {
        if ["true", "yes", "on"].contains(text.lowercased()) { return "Write `true`, without quotes" }
        if ["false", "no", "off"].contains(text.lowercased()) { return "Write `false`, without quotes" }
      }
      if types.contains(.array), types.isDisjoint(with: [.integer, .number, .boolean]) {
        return "Make it a list of one item: `[\(JSONText.quoted(text))]`"
      }
      return nil
    case .number, .bool: return types.contains(.string) ? "Put quotes around it: `\"\(text)\"`" : nil
    case .null: return "An empty value is null: give it a value, or remove the key"
    case .array, .object: return nil
    }
  }
}
