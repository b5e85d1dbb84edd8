package import ConfigDocument

/// `discard`: removes items from a list.
package struct DiscardOperation: OperationBody {
  private enum Choice: Sendable {
    case values([Value])
    case except([Value])
    case meeting(Condition)
  }

  package var from: AddressPattern
  private var choice: Choice

  package var sources: [AddressPattern] { [from] }
  package var expressions: [Expression] {
    if case .meeting(let condition) = choice { condition.expressions } else { [] }
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    from = try fields.address("from")
    let document = fields.document
    var choices: [Choice] = []
    if let nodes = try fields.optionalList("values") { choices.append(.values(nodes.map { document.value(of: $0) })) }
    if let nodes = try fields.optionalList("except") { choices.append(.except(nodes.map { document.value(of: $0) })) }
    if let node = fields.optional("where") {
      choices.append(.meeting(try Condition(node, of: document, field: "where")))
    }
    guard choices.count == 1 else {
      throw Diagnostic(
        choices.isEmpty ? .missingField : .badValue,
        choices.isEmpty
          ? "`discard` does not say which items: it has no `values`, `except` or `where`"
          : "`discard` says in more than one way which items it removes",
        at: fields.place, hint: "give it one of `values`, `except` and `where`")
    }
    choice = choices[0]
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(from, .value, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let document = set.document(of: unit)
      guard document.kind(of: match.node) == .sequence else { return }
      var removed: [NodeID] = []
      for (index, item) in document.items(of: match.node).enumerated() {
        let isMeant: Bool
        switch choice {
        case .values(let values): isMeant = values.contains(document.value(of: item))
        case .except(let values): isMeant = !values.contains(document.value(of: item))
        case .meeting(let condition):
          let subject = ConditionSubject(
            units: [unit], effectiveUnits: set.effectiveUnits(of: unit), prefix: match.pointer.appending(index),
            captures: match.captures)
          isMeant = try set.holds(condition, for: subject)
        }
        if isMeant { removed.append(item) }
      }
      for item in removed.reversed() { try set.remove(item, in: unit) }
    }
  }
}
