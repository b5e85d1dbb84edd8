import ConfigDocument

extension Explanation {
  /// Remembers a node that any subschema in place calls a secret, before one of them speaks of its value.
  mutating func noteSecret(_ record: Subschema, _ index: Int) {
    guard program.knowsSecrets, index >= 0, callsSecret(record), !isSecret(index) else { return }
    secrets.append(index)
  }

  /// Whether the node, or a container of it, is a secret by the schema or by the caller.
  func isSecret(_ index: Int) -> Bool {
    let node = max(index, ~index)
    if secrets.contains(where: { $0 <= node && node < Int(tree.nodes[$0].end) }) { return true }
    guard let hides else { return false }
    var pointer: Pointer? = tree.pointer(to: node)
    while let current = pointer {
      if hides(current) { return true }
      pointer = current.parent
    }
    return false
  }

  /// `writeOnly`, or the format `password` that descriptions of interfaces use, anywhere in place.
  private func callsSecret(_ record: Subschema) -> Bool {
    record.isSecret
      || inPlaceTargets(record).contains { callsSecret(program.subschemas[Int($0)]) }
  }
}
