import ConfigDocument

/// Finds all that is wrong. Run on documents that are known to be wrong; asks ``Validity`` on the way.
///
/// It first collects ``Fault``s, which are facts, and makes words only of those that are told.
struct Explanation: ~Copyable {
  let program: Program
  let tree: ValueTree
  /// Which values the caller calls secrets; nil where none are.
  let hides: ((Pointer) -> Bool)?
  /// Nodes that the schema calls secrets.
  var secrets: [Int] = []
  var validity: Validity

  init(_ program: Program, _ tree: ValueTree, hides: ((Pointer) -> Bool)?) {
    self.program = program
    self.tree = tree
    self.hides = hides
    validity = Validity(program, tree)
  }

  /// What is wrong, in the document's order, each once.
  mutating func faults() -> [Fault] {
    validity.rememberRefusals(of: tree.nodes.count)
    var found: [Fault] = []
    explain(Int32(program.root), 0, into: &found)
    if let fault = validity.fault {
      let subschema = program.subschemas[max(Int(fault.subschema), 0)]
      found.append(Fault(.limit(fault), at: max(fault.node, ~fault.node), by: subschema))
    } else if found.isEmpty {
      // The two evaluators disagree, which tests show never to happen; a wrong document is never called right.
      found.append(Fault(.unexplained, at: 0, by: program.subschemas[program.root]))
    }
    join(&found, from: 0)
    return found
  }

  /// As ``explain(_:_:into:)``, where the answer mostly is that nothing is: the verdict is had for much less.
  ///
  /// Where a schema knows secrets each subschema is gone through: any of them may call a value one of which others speak.
  mutating func explainIfRefused(_ subschema: Int32, _ index: Int, into found: inout [Fault]) {
    if !program.knowsSecrets, !validity.remembersRefusal(by: subschema, of: index), validity.accepts(subschema, index) {
      return
    }
    explain(subschema, index, into: &found)
  }

  /// Adds what is wrong with the node by one subschema.
  mutating func explain(_ subschema: Int32, _ index: Int, into found: inout [Fault]) {
    let record = program.subschemas[Int(subschema)]
    if record.isNever {
      found.append(Fault(.never, at: index, by: record))
      return
    }
    guard enter(record, index, subschema) else { return }
    defer { leave(record) }
    noteSecret(record, index)
    let node = validity.node(index)
    guard validity.hasType(record, node) else {
      found.append(Fault(.type, at: index, by: record))
      return
    }
    let start = found.count
    switch node.kind {
    case .number: if record.number >= 0 { explainNumber(record, index, into: &found) }
    case .string: if record.string >= 0 { explainString(record, index, into: &found) }
    case .array: if record.array >= 0 { explainArray(record, index, into: &found) }
    case .object: if record.object >= 0 { explainObject(record, index, into: &found) }
    case .null, .bool: break
    }
    if record.inPlace >= 0 { explainInPlace(record, index, into: &found) }
    if record.marksEvaluated { explainUnevaluated(record, index, into: &found) }
    join(&found, from: start)
  }

  /// What the keywords find that have no subschemas. Those that stand behind a wrong type speak too.
  mutating func ownFaults(_ record: Subschema, _ index: Int) -> [Fault] {
    let node = validity.node(index)
    var found: [Fault] = []
    if !validity.hasType(record, node) { found.append(Fault(.type, at: index, by: record)) }
    switch node.kind {
    case .number: if record.number >= 0 { explainNumber(record, index, into: &found) }
    case .string: if record.string >= 0 { explainString(record, index, into: &found) }
    case .array: if record.array >= 0 { explainArrayItself(record, index, into: &found) }
    case .object: if record.object >= 0 { explainObjectItself(record, index, into: &found) }
    case .null, .bool: break
    }
    if record.inPlace >= 0 { explainConstants(record, program.inPlace[Int(record.inPlace)], index, into: &found) }
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
}
