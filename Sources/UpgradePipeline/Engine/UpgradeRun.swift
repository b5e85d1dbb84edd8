internal import ConfigDocument
internal import ConfigStore
private import Synchronization

/// One run, from where its journal stands to its end or its next stop.
final class UpgradeRun: Sendable {
  let engine: UpgradeEngine
  let journal: UpgradeJournal
  /// Ends all that runs.
  let stop: StopSignal

  var spec: UpgradeSpec { engine.spec }

  init(engine: UpgradeEngine, journal: UpgradeJournal) {
    self.engine = engine
    self.journal = journal
    let requests = RequestWatch(RequestBox(of: engine.state), for: [.abort, .rollback])
    let interruption = engine.surroundings.interruption
    stop = StopSignal {
      requests.urgent.map { Diagnostic(.upgradeStopped, "stopped by \($0.description)") } ?? interruption()
    }
  }

  // MARK: Forward

  /// Does the steps that are not done.
  func goOn(announcing event: Notice.Event?) throws(Diagnostic) -> RunEnding {
    if let event { try announce(event, "begun", since: .began) }
    let watches = BackgroundGates(
      spec.watches, owner: "watch", context: try context(for: "watch"), journal: journal
    ) { [stop] in stop.raise($0) }
    defer { watches.end() }
    let (halt, failures) = try runSteps()
    watches.end()
    switch halt {
    case nil:
      if let failure = watches.failure { return try failed(failure) }
      return failures.isEmpty ? try complete() : try endIncomplete(failures)
    case .failed(let error): return try failed(error)
    case .request(let request):
      guard request.kind == .rollback else { return try pause(request.description) }
      return try rollBack(because: Diagnostic(.upgradeStopped, "taken back: \(request.description)"))
    case .undecided(let reason): return try pause(reason)
    case .awaiting(let id):
      _ = try pause("the step `\(id)` waits to be approved")
      return .awaitingApproval(id)
    case .unclear(let id, let state):
      _ = try pause("the step `\(id)` was cut off: \(state)")
      return .unclear(step: id, state)
    }
  }

  /// Why no further step was begun.
  private enum Halt {
    case failed(Diagnostic)
    case request(OperatorRequest)
    /// A gate could not tell, or the process is to end.
    case undecided(String)
    case awaiting(String)
    case unclear(String, StepState)
  }

  /// - Returns: why it ended before all steps were done; and the steps that failed and were gone on from.
  private func runSteps() throws(Diagnostic) -> (halt: Halt?, failures: [FailedStep]) {
    var running: Set<String> = []
    var halt: Halt?
    var failures: [FailedStep] = []
    let finished = FinishedSteps()
    while true {
      if halt == nil { halt = try wish() }
      if halt == nil {
        let history = journal.history
        let over = spec.steps.map(\.id).filter { history.step($0).status == .done } + failures.map(\.step)
        let schedule = StepSchedule(spec.steps, over: Set(over), running: running)
        let ready = schedule.ready(atMost: spec.parallelism - running.count)
        let free = ready.filter { !needsApproval($0) }
        if free.isEmpty, running.isEmpty {
          guard let waiting = ready.first else { return (nil, failures) }
          halt = try awaitApproval(of: waiting)
          continue
        }
        for step in free { running.insert(step.id) }
        // One alone needs no thread.
        if free.count == 1, running.count == 1 {
          finished.add(free[0].id, perform(free[0]))
        } else {
          for step in free {
            _ = WorkThread { [self] in finished.add(step.id, perform(step)) }
          }
        }
      }
      if running.isEmpty { return (halt, failures) }
      for (id, result) in finished.take() {
        running.remove(id)
        // A step that failed is found failed again by the schedule, unless it counts as dealt with.
        if let found = try halting(id, result) {
          if engine.surroundings.goesOn, case .failed(let error) = found {
            failures.append(FailedStep(step: id, failure: error))
          } else {
            halt = halt ?? found
          }
        }
      }
      if !running.isEmpty { engine.surroundings.environment.sleep(10) }
    }
  }

  private func perform(_ step: DeclaredStep) -> Result<StepRun.Ending, Diagnostic> {
    Result { () throws(Diagnostic) in
      try StepRun(step: step, journal: journal, context: try context(for: step.id)).run()
    }
  }

  private func halting(_ id: String, _ result: Result<StepRun.Ending, Diagnostic>) throws(Diagnostic) -> Halt? {
    switch try result.get() {
    case .done: return nil
    case .failed(let error): return .failed(error)
    case .undecided(let reason): return .undecided(reason)
    case .unclear(let state): return .unclear(id, state)
    case .stopped(let cause): return try halt(for: cause)
    }
  }

  /// What somebody, a gate of the whole run, or the system wants; nil where nobody wants anything.
  private func wish() throws(Diagnostic) -> Halt? {
    if let request = try heardRequest() { return .request(request) }
    return try stop.raised.map { (cause) throws(Diagnostic) in try halt(for: cause) }
  }

  private func halt(for cause: Diagnostic) throws(Diagnostic) -> Halt {
    if let request = try heardRequest() { return .request(request) }
    return cause.code == .gateUndecided || cause.code == .upgradeStopped ? .undecided(cause.message) : .failed(cause)
  }

  // MARK: Approvals and requests

  private func needsApproval(_ step: DeclaredStep) -> Bool {
    step.needsApproval && !journal.history.approvals.contains(step.id)
  }

  /// Waits until the step is approved, or something else is wanted.
  private func awaitApproval(of step: DeclaredStep) throws(Diagnostic) -> Halt? {
    try journal.record(.awaiting, step.id)
    while needsApproval(step) {
      if let wish = try wish() { return wish }
      if !needsApproval(step) { break }
      guard engine.surroundings.waitsForApproval else { return .awaiting(step.id) }
      engine.surroundings.environment.sleep(200)
    }
    return nil
  }

  /// Records approvals, and returns what else was asked.
  func heardRequest() throws(Diagnostic) -> OperatorRequest? {
    let box = RequestBox(of: engine.state)
    for (name, request) in try box.waiting() {
      if request.kind == .approve {
        var details = Object()
        details["user"] = .string(request.user)
        details["reason"] = request.reason.map { .string($0) }
        try journal.record(.approved, request.step, details)
      }
      try box.remove(name)
      if request.kind != .approve { return request }
    }
    return nil
  }

  // MARK: Ends

  private func complete() throws(Diagnostic) -> RunEnding {
    try announce(.completed, "completed", since: nil)
    try end(.completed, reason: nil)
    return .completed
  }

  /// The end of a list of actions of which some failed, and were gone on from.
  private func endIncomplete(_ failures: [FailedStep]) throws(Diagnostic) -> RunEnding {
    let reason = failures.map { "\($0.step) (\($0.failure.message))" }.joined(separator: "; ")
    try announce(.failed, "done in part, these failed: \(reason)", since: nil)
    try end(.incomplete, reason: reason)
    return .incomplete(failures)
  }

  private func failed(_ error: Diagnostic) throws(Diagnostic) -> RunEnding {
    if engine.surroundings.goesOn || !spec.rollsBack || hasPassedPivot {
      let note = hasPassedPivot ? "; there is no way back from here" : ""
      var details = Object()
      details["reason"] = .string(error.message)
      details["code"] = .string(error.code.rawValue)
      try journal.record(.paused, nil, details)
      try announce(.failed, "failed: \(error.message)\(note)", since: .paused)
      return .failed(error)
    }
    return try rollBack(because: error)
  }

  /// Whether a step without a way back may have had its effect.
  var hasPassedPivot: Bool {
    let history = journal.history
    return spec.steps.contains { $0.step.traits.reversibility == .pivot && history.step($0.id).mayHaveEffect }
  }

  func pause(_ reason: String) throws(Diagnostic) -> RunEnding {
    var details = Object()
    details["reason"] = .string(reason)
    try journal.record(.paused, nil, details)
    try announce(.paused, "paused: \(reason)", since: .paused)
    return .paused(reason)
  }

  func end(_ outcome: RunHistory.Outcome, reason: String?) throws(Diagnostic) {
    var details = Object()
    details["outcome"] = .string(outcome.rawValue)
    details["reason"] = reason.map { .string($0) }
    try journal.record(.ended, nil, details)
  }

  func context(for id: String) throws(Diagnostic) -> StepContext {
    try engine.context(for: id, run: journal.history.run, stop: stop)
  }
}

/// What other threads have finished.
private final class FinishedSteps: Sendable {
  private let results = Mutex<[(String, Result<StepRun.Ending, Diagnostic>)]>([])

  func add(_ id: String, _ result: Result<StepRun.Ending, Diagnostic>) { results.withLock { $0.append((id, result)) } }

  func take() -> [(String, Result<StepRun.Ending, Diagnostic>)] {
    results.withLock { results in
      defer { results = [] }
      return results
    }
  }
}
