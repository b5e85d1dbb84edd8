import ConfigDocument

extension Explanation {
  mutating func explainInPlace(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.inPlace[Int(record.inPlace)]
    explainConstants(record, checks, index, into: &found)
    if checks.reference >= 0 { explain(checks.reference, index, into: &found) }
    if checks.dynamicFallback >= 0 { explain(validity.dynamicTarget(checks), index, into: &found) }
    for branch in checks.allOf.indices { explainIfRefused(program.lists[branch], index, into: &found) }
    if checks.anyOf.count > 0 { explainForms(.anyOf, record, index, into: &found) }
    if checks.oneOf.count > 0 { explainForms(.oneOf, record, index, into: &found) }
    if checks.not >= 0, validity.accepts(checks.not, index) { found.append(Fault(.not, at: index, by: record)) }
    if checks.condition >= 0 {
      let branch = validity.accepts(checks.condition, index) ? checks.consequence : checks.alternative
      if branch >= 0 { explain(branch, index, into: &found) }
    }
  }

  func explainConstants(_ record: Subschema, _ checks: InPlace, _ index: Int, into found: inout [Fault]) {
    if checks.hasEnumeration, !validity.isOneOf(checks.enumeration, index) {
      found.append(Fault(.enumeration, at: index, by: record))
    }
    if checks.constant >= 0, !validity.isConstant(Int(checks.constant), index) {
      found.append(Fault(.constant, at: index, by: record))
    }
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
