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

  /// The subschemas that judge the same node as this one, but for dynamic references, which could come back here.
  func inPlaceTargets(_ record: Subschema) -> [Int32] {
    guard record.inPlace >= 0 else { return [] }
    let checks = program.inPlace[Int(record.inPlace)]
    var targets = [checks.reference, checks.condition, checks.consequence, checks.alternative]
    if checks.dynamicAnchor < 0 { targets.append(checks.dynamicFallback) }
    for run in [checks.allOf, checks.anyOf, checks.oneOf] { targets += program.lists[run.indices] }
    return targets.filter { $0 >= 0 }
  }
}
