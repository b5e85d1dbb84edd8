/// Which steps may begin now.
struct StepSchedule {
  private let steps: [DeclaredStep]
  private let history: RunHistory
  private let running: Set<String>
  /// Steps that failed and are not waited for.
  private let given: Set<String>

  init(_ steps: [DeclaredStep], _ history: RunHistory, running: Set<String>, given: Set<String>) {
    self.steps = steps
    self.history = history
    self.running = running
    self.given = given
  }

  private func isOver(_ id: String) -> Bool { history.step(id).status == .done || given.contains(id) }

  /// The steps whose predecessors are done and whose locks are free, in the order of the spec.
  ///
  /// A step without a way back waits for every step that does not come after it: when it begins, it is clear that all the
  /// others could still be taken back, and it runs alone.
  func ready(atMost count: Int) -> [DeclaredStep] {
    var held: Set<String> = []
    for step in steps where running.contains(step.id) {
      if step.step.traits.reversibility == .pivot { return [] }
      held.formUnion(step.step.traits.locks)
    }
    var out: [DeclaredStep] = []
    for step in steps where out.count < count {
      guard !isOver(step.id), !running.contains(step.id), step.after.allSatisfy(isOver),
        held.isDisjoint(with: step.step.traits.locks)
      else { continue }
      if step.step.traits.reversibility == .pivot {
        let behind = UpgradePlanRules.dependents(of: step.id, in: steps)
        let isAlone = steps.allSatisfy { $0.id == step.id || behind.contains($0.id) || isOver($0.id) }
        guard isAlone else { continue }
      }
      held.formUnion(step.step.traits.locks)
      out.append(step)
    }
    return out
  }
}
