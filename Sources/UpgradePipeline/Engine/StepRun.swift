internal import ConfigDocument
internal import ConfigStore
private import Synchronization

/// Takes one step to its end: gates before it, attempts with their records, verification, gates after it.
struct StepRun {
  enum Ending {
    case done
    /// It has had all its attempts, or a gate failed.
    case failed(Diagnostic)
    /// The operator, or a gate of the whole run, wanted it to end.
    case stopped(Diagnostic)
    /// A gate could not tell.
    case undecided(String)
    /// It was cut off, and what it left cannot be gone on with without a person.
    case unclear(StepState)
  }

  let step: DeclaredStep
  let journal: UpgradeJournal
  /// With the stop signal of the run.
  let context: StepContext

  /// - Throws: what keeps the journal from being written; then nothing more may be done.
  func run() throws(Diagnostic) -> Ending {
    let known = journal.history.step(step.id)
    do throws(Diagnostic) {
      if known.status == .running || known.status == .failed || known.attempts > 0 {
        if let ending = try goOn() { return ending }
      }
      for gate in step.gates where gate.moment == .before {
        if let ending = try ended(by: gate) { return ending }
      }
      return try attempts()
    } catch {
      // The journal's own faults go up; all else that is thrown here is a stop.
      guard journal.failure == nil else { throw error }
      return .stopped(error)
    }
  }

  // MARK: Going on

  /// Looks what an earlier attempt left.
  /// - Returns: nil where it may be tried again.
  private func goOn() throws(Diagnostic) -> Ending? {
    let state = look()
    try record(state)
    switch state {
    case .applied: return try complete(evidence: ["found": "applied already"])
    case .notApplied, .partial(_, isCompletable: true): return nil
    case .partial, .unknown: return .unclear(state)
    }
  }

  private func look() -> StepState {
    do throws(Diagnostic) { return try step.step.probe(limited(context)) } catch {
      return .unknown(reason: error.message)
    }
  }

  private func record(_ state: StepState) throws(Diagnostic) {
    var details = Object()
    let word =
      switch state {
      case .applied: "applied"
      case .notApplied: "not applied"
      case .partial(_, let isCompletable): isCompletable ? "completable" : "partial"
      case .unknown: "unknown"
      }
    // What is there to be completed is no reason to forget that it is there.
    details["state"] = .string(word)
    details["found"] = .string(state.description)
    try journal.record(.probed, step.id, details)
  }

  // MARK: Attempts

  private func attempts() throws(Diagnostic) -> Ending {
    var tried = 0
    while true {
      tried += 1
      let failure: Diagnostic
      switch try attempt() {
      case .failed(let error): failure = error
      case let other: return other
      }
      if failure.code == .gateUndecided { return .undecided(failure.message) }
      guard tried < step.retry.attempts, failure.code != .gateFailed else { return .failed(failure) }
      let state = look()
      try record(state)
      switch state {
      case .applied:
        // It may be that only the answer was lost.
        switch try complete(evidence: ["found": "applied, though the attempt failed"]) {
        case .failed: break
        case let other: return other
        }
      case .notApplied, .partial(_, isCompletable: true): break
      case .partial, .unknown: return .failed(failure)
      }
      try context.sleep(milliseconds: step.retry.pause(before: tried + 1))
    }
  }

  private func attempt() throws(Diagnostic) -> Ending {
    let known = journal.history.step(step.id)
    let attempt = known.attempts + 1
    var context = limited(context)
    context.attempt = attempt
    var captured = known.captured
    if known.begin == nil {
      do throws(Diagnostic) { captured = try step.step.capture(context) } catch { return try failed(error, attempt) }
    }
    var details = Object()
    details["attempt"] = .number(Number(attempt))
    details["captured"] = captured
    try journal.record(.intent, step.id, details)
    let background = BackgroundGates(of: step, owner: step.id, context: context, journal: journal)
    defer { background.end() }
    let evidence: Value
    do throws(Diagnostic) {
      evidence = try step.step.apply(StepToken(run: context.upgrade.run, step: step.id), context)
    } catch {
      return try failed(error, attempt)
    }
    return try complete(evidence: evidence, attempt: attempt, background)
  }

  /// Verifies, asks the gates after the step, and records that it is done.
  private func complete(
    evidence: Value, attempt: Int? = nil, _ background: BackgroundGates? = nil
  ) throws(Diagnostic) -> Ending {
    do throws(Diagnostic) { try step.step.verify(limited(context)) } catch {
      return try failed(error, attempt ?? journal.history.step(step.id).attempts)
    }
    for gate in step.gates where gate.moment == .after {
      if let ending = try ended(by: gate) {
        if case .failed(let error) = ending { return try failed(error, attempt ?? 1) }
        return ending
      }
    }
    background?.end()
    if let failure = background?.failure { return try failed(failure, attempt ?? 1) }
    var details = Object()
    details["evidence"] = evidence
    try journal.record(.done, step.id, details)
    return .done
  }

  private func failed(_ error: Diagnostic, _ attempt: Int) throws(Diagnostic) -> Ending {
    let shown = context.secrets.hiding(error)
    var details = Object()
    details["attempt"] = .number(Number(attempt))
    details["code"] = .string(shown.code.rawValue)
    details["message"] = .string(shown.message)
    details["hint"] = shown.hint.map { .string($0) }
    try journal.record(.failed, step.id, details)
    return context.stop.isRaised ? .stopped(context.stop.raised ?? shown) : .failed(shown)
  }

  private func ended(by gate: DeclaredGate) throws(Diagnostic) -> Ending? {
    switch try GateWatch(gate: gate, owner: step.id, context: context, journal: journal).ask() {
    case .passed: nil
    case .failed(let error): .failed(error)
    case .undecided(let reason): .undecided(reason)
    }
  }

  /// The context with the step's own time limit.
  private func limited(_ context: StepContext) -> StepContext {
    var limited = context
    let (now, begin, limit, id) = (context.environment.now, context.environment.now(), step.timeLimit, step.id)
    limited.stop = StopSignal(parent: context.stop) {
      guard now().milliseconds(since: begin) > limit else { return nil }
      return Diagnostic(
        .stepTimeout, "the step `\(id)` did not end within \(limit / 1_000) s",
        hint: "Give it more time with `timeout`, or look why it takes so long")
    }
    return limited
  }
}
