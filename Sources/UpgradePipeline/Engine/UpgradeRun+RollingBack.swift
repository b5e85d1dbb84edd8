package import ConfigDocument
internal import ConfigStore

extension UpgradeRun {
  /// Takes back what was done: traffic first, then the newest first.
  ///
  /// A step that cannot be taken back keeps those that it was built on from being taken back, and no others. People are told of
  /// the failure when traffic is back. `abort`, and a signal that ends the process, stop the way back; `resume` goes on with it.
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
    let stop = stopOfWayBack()
    var unfinished: [UnfinishedUndo] = []
    for step in UndoOrder.steps(of: spec, journal.history) {
      if !step.step.traits.effects.contains(.traffic) { try announceFailure() }
      if let cause = stop.raised { return try pauseWayBack(cause) }
      if let blocked = blocked(step, by: unfinished) {
        unfinished.append(blocked)
        continue
      }
      switch try undo(step, stop) {
      case .undone: break
      case .unfinished(let failed): unfinished.append(failed)
      case .stopped(let cause): return try pauseWayBack(cause)
      }
    }
    try announceFailure()
    guard unfinished.isEmpty else {
      try announce(
        .needsHelp,
        "needs help on its way back: \(unfinished.map { "\($0.step) (\($0.failure.message))" }.joined(separator: "; "))",
        since: journal.history.records.last { $0.kind == .resumed || $0.kind == .rollingBack }?.kind)
      return .rollbackIncomplete(unfinished)
    }
    let reason = journal.history.rollbackReason
    try announce(.rolledBack, "taken back: \(reason ?? "")", since: .rollingBack)
    try end(.rolledBack, reason: reason)
    return .rolledBack(cause)
  }

  /// The operator's wish to stop was for the way forward; the way back has a signal of its own.
  private func stopOfWayBack() -> StopSignal {
    let requests = RequestWatch(RequestBox(of: engine.state), for: [.abort])
    let interruption = engine.surroundings.interruption
    return StopSignal {
      requests.urgent.map { Diagnostic(.upgradeStopped, "stopped by \($0.description)") } ?? interruption()
    }
  }

  private func pauseWayBack(_ cause: Diagnostic) throws(Diagnostic) -> RunEnding {
    _ = try heardRequest()
    return try pause("the way back was \(cause.message)")
  }

  /// A run that somebody wanted to be taken back did not fail.
  private func announceFailure() throws(Diagnostic) {
    let beginning = journal.history.records.last { $0.kind == .rollingBack }
    guard beginning?.details["code"]?.string != Diagnostic.Code.upgradeStopped.rawValue else { return }
    try announce(
      .failed, "failed, and is taken back: \(journal.history.rollbackReason ?? "")", since: .rollingBack)
  }

  private func blocked(_ step: DeclaredStep, by unfinished: [UnfinishedUndo]) -> UnfinishedUndo? {
    let dependents = UpgradePlanRules.dependents(of: step.id, in: spec.steps)
    guard let failed = unfinished.first(where: { dependents.contains($0.step) }) else { return nil }
    return UnfinishedUndo(
      step: step.id,
      failure: Diagnostic(.undoBlocked, "`\(step.id)` was not taken back, since `\(failed.step)` is still built on it"),
      manualSteps: step.step.manualUndo(journal.history.step(step.id).captured))
  }

  private enum UndoEnding {
    case undone
    case unfinished(UnfinishedUndo)
    case stopped(Diagnostic)
  }

  private func undo(_ step: DeclaredStep, _ stop: StopSignal) throws(Diagnostic) -> UndoEnding {
    let traits = step.step.traits
    if traits.reversibility == .additive || traits.effects == [.backup] {
      try journal.record(.kept, step.id)
      return .undone
    }
    let captured = journal.history.step(step.id).captured
    var context = try engine.context(for: step.id, run: journal.history.run, stop: stop)
    while true {
      try journal.record(.undoIntent, step.id)
      do throws(Diagnostic) {
        let limited = step.limitedForUndo(context)
        let evidence = try step.step.undo(captured, limited)
        try requireGone(step, limited)
        var details = Object()
        details["evidence"] = evidence
        try journal.record(.undone, step.id, details)
        return .undone
      } catch {
        if let lost = journal.failure { throw lost }
        if let cause = stop.raised { return .stopped(cause) }
        guard context.attempt < step.retry.attempts else {
          return .unfinished(try recordFailure(error, step, captured))
        }
      }
      context.attempt += 1
      do throws(Diagnostic) { try context.sleep(milliseconds: step.pause(before: context)) } catch {
        return .stopped(error)
      }
    }
  }

  /// - Throws: `undo-without-effect` where a look finds that what was taken back is still there.
  private func requireGone(_ step: DeclaredStep, _ context: StepContext) throws(Diagnostic) {
    let state = try step.step.probe(context)
    switch state {
    case .notApplied, .unknown, .partial(_, isCompletable: true): return
    case .applied, .partial:
      throw Diagnostic(
        .undoWithoutEffect, "`\(step.id)` was taken back, and a look finds it \(state)",
        hint: "Look at `undo` and `probe` of the step")
    }
  }

  private func recordFailure(
    _ error: Diagnostic, _ step: DeclaredStep, _ captured: Value
  ) throws(Diagnostic) -> UnfinishedUndo {
    let shown = engine.surroundings.secrets.hiding(error)
    let manual = step.step.manualUndo(captured)
    var details = Object()
    details["code"] = .string(shown.code.rawValue)
    details["message"] = .string(shown.message)
    details["manual"] = .array(manual.map { .string($0) })
    try journal.record(.undoFailed, step.id, details)
    return UnfinishedUndo(step: step.id, failure: shown, manualSteps: manual)
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
  /// A step's way back ended well, and its effect is still there.
  package static let undoWithoutEffect: Self = "undo-without-effect"
}
