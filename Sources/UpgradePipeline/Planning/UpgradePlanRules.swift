package import ConfigDocument

/// What must hold of the steps of a spec together, checked before anything is done.
enum UpgradePlanRules {
  /// - Throws: `pivots-unordered`.
  static func check(_ spec: UpgradeSpec) throws(Diagnostic) {
    guard let pivot = spec.steps.first(where: { $0.step.traits.reversibility == .pivot }) else { return }
    let behind = dependents(of: pivot.id, in: spec.steps)
    for step in spec.steps where step.id != pivot.id && !behind.contains(step.id) {
      // It is done before the pivot whatever the order in the file says, because the pivot waits for it.
      guard step.step.traits.reversibility == .pivot else { continue }
      throw Diagnostic(
        .pivotsUnordered, "`\(pivot.id)` and `\(step.id)` have no way back, and neither comes after the other",
        at: step.place, hint: "Let one come `after` the other, so that it is clear from when on there is no way back",
        related: [.init("the other one", at: pivot.place)])
    }
  }

  /// The steps that wait for a step, directly or not.
  static func dependents(of id: String, in steps: [DeclaredStep]) -> Set<String> {
    var found: Set<String> = []
    var grew = true
    while grew {
      grew = false
      for step in steps where !found.contains(step.id) && step.after.contains(where: { $0 == id || found.contains($0) })
      {
        found.insert(step.id)
        grew = true
      }
    }
    return found
  }
}

extension Diagnostic.Code {
  /// Two steps without a way back, of which neither comes first.
  package static let pivotsUnordered: Self = "pivots-unordered"
  /// A step that says neither how it is undone nor that it need not be.
  package static let noUndo: Self = "no-undo"
}
