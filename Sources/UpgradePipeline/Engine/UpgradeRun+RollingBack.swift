package import ConfigDocument
internal import ConfigStore

extension UpgradeRun {
  /// Takes back what was done: traffic first, then the newest first.
  ///
  /// A step that cannot be taken back keeps those that it was built on from being taken back, and no others.
  ///
  /// - Parameter cause: why; nil where the journal says it already.
  func rollBack(because cause: Diagnostic?) throws(Diagnostic) -> RunEnding {
    if hasPassedPivot {
      throw Diagnostic(
        .pastPivot, "a step without a way back may have had its effect, so the run cannot be taken back",
        hint: "Go forward with `upgrade resume`; `upgrade report` says what was done")
    }
    if !journal.history.isRollingBack {
      var details = Object()
      details["reason"] = .string(cause?.message ?? "")
      details["code"] = cause.map { .string($0.code.rawValue) }
      try journal.record(.rollingBack, nil, details)
    }
    var unfinished: [UnfinishedUndo] = []
    for step in UndoOrder.steps(of: spec, journal.history) {
      let blocked = unfinished.map(\.step).first { failed in
        UpgradePlanRules.dependents(of: step.id, in: spec.steps).contains(failed)
      }
      if let blocked {
        unfinished.append(
          UnfinishedUndo(
            step: step.id,
            failure: Diagnostic(
              .undoBlocked, "`\(step.id)` was not taken back, since `\(blocked)` is still built on it"),
            manualSteps: step.step.manualUndo(journal.history.step(step.id).captured)))
        continue
      }
      if let failed = try undo(step) { unfinished.append(failed) }
    }
    guard unfinished.isEmpty else {
      try announce(
        .needsHelp,
        "the way back needs help: \(unfinished.map { "\($0.step) (\($0.failure.message))" }.joined(separator: "; "))")
      return .rollbackIncomplete(unfinished)
    }
    try announce(.rolledBack, "taken back: \(journal.history.reason ?? "")")
    try end(.rolledBack, reason: journal.history.reason)
    return .rolledBack(cause)
  }

  private func undo(_ step: DeclaredStep) throws(Diagnostic) -> UnfinishedUndo? {
    let traits = step.step.traits
    if traits.reversibility == .additive || traits.effects == [.backup] {
      try journal.record(.kept, step.id)
      return nil
    }
    let captured = journal.history.step(step.id).captured
    // The operator's wish to stop was for the way forward.
    var context = try engine.context(for: step.id, run: journal.history.run, stop: StopSignal())
    var attempt = 0
    while true {
      attempt += 1
      context.attempt = attempt
      try journal.record(.undoIntent, step.id)
      do throws(Diagnostic) {
        var details = Object()
        details["evidence"] = try step.step.undo(captured, context)
        try journal.record(.undone, step.id, details)
        return nil
      } catch {
        if let lost = journal.failure { throw lost }
        if attempt < step.retry.attempts {
          engine.surroundings.environment.sleep(step.retry.pause(before: attempt + 1))
          continue
        }
        let shown = context.secrets.hiding(error)
        let manual = step.step.manualUndo(captured)
        var details = Object()
        details["code"] = .string(shown.code.rawValue)
        details["message"] = .string(shown.message)
        details["manual"] = .array(manual.map { .string($0) })
        try journal.record(.undoFailed, step.id, details)
        return UnfinishedUndo(step: step.id, failure: shown, manualSteps: manual)
      }
    }
  }
}

/// In what order steps are taken back.
enum UndoOrder {
  static func steps(of spec: UpgradeSpec, _ history: RunHistory) -> [DeclaredStep] {
    let begun = history.order.reversed().compactMap { id in spec.step(id) }
      .filter { history.step($0.id).mayHaveEffect }
    let traffic = begun.filter { $0.step.traits.effects.contains(.traffic) }
    return traffic + begun.filter { !$0.step.traits.effects.contains(.traffic) }
  }
}

extension Diagnostic.Code {
  /// A run that cannot be taken back: a step without a way back has been begun.
  package static let pastPivot: Self = "past-pivot"
  /// A step that was not taken back, because what is built on it is still there.
  package static let undoBlocked: Self = "undo-blocked"
}
