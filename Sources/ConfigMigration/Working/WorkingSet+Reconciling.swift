package import ConfigDocument

extension WorkingSet {
  /// Gives the values at `path` another meaning, in every layer that holds them: what `body` makes of a match is
  /// reconciled with what stands there, so that all that is equal keeps its bytes.
  /// - Returns: how many matches there were.
  package mutating func reconcileValues(
    at path: AddressPattern, as work: Work,
    _ body: (inout WorkingSet, Int, AddressMatch) throws(Diagnostic) -> Value
  ) throws(Diagnostic) -> Int {
    try change(path, .value, as: work) { set, unit, match throws(Diagnostic) in
      let new = try body(&set, unit, match)
      guard new != set.document(of: unit).value(of: match.node) else { return }
      try set.reconcile(match.node, with: new, in: unit)
    }
  }

  /// Makes a node mean the value, in the name of the operation that runs.
  package mutating func reconcile(_ node: NodeID, with value: Value, in unit: Int) throws(Diagnostic) {
    let isRoot = node == units[unit].root
    let result = try edit(unit: unit) { document throws(Diagnostic) in try document.reconcile(node, with: value) }
    if isRoot { units[unit].root = result }
  }
}
