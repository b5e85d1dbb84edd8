internal import ConfigDocument
internal import ConfigStore
private import Synchronization

/// One run, from where its journal stands to its end or its next stop.
final class UpgradeRun: Sendable {
  let engine: UpgradeEngine
  let journal: UpgradeJournal
  /// Ends all that runs.
  let stop: StopSignal
  private let requests: RequestWatch

  var spec: UpgradeSpec { engine.spec }

  init(engine: UpgradeEngine, journal: UpgradeJournal) {
    self.engine = engine
    self.journal = journal
    let requests = RequestWatch(RequestBox(of: engine.state))
    self.requests = requests
    stop = StopSignal { requests.urgent.map { Diagnostic(.upgradeStopped, "stopped by \($0.description)") } }
  }

  // MARK: Forward

  /// Does the steps that are not done.
  func goOn(announcing event: Notice.Event?) throws(Diagnostic) -> RunEnding {
    if let event { try announce(event, "begun") }
    let watches = BackgroundGates(
      spec.watches, owner: "watch", context: try context(for: "watch"), journal: journal
    ) { [stop] in stop.raise($0) }
    defer { watches.end() }
    let stopped = try runSteps()
    watches.end()
    switch stopped {
    case nil:
      if let failure = watches.failure { return try failed(failure) }
      return try complete()
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
    case undecided(String)
    case awaiting(String)
    case unclear(String, StepState)
  }

  private func runSteps() throws(Diagnostic) -> Halt? {
    var running: Set<String> = []
    var halt: Halt?
    var given: Set<String> = []
    let finished = FinishedSteps()
    while true {
      if halt == nil, let request = try heardRequest() { halt = .request(request) }
      if halt == nil {
        let schedule = StepSchedule(spec.steps, journal.history, running: running, given: given)
        let ready = schedule.ready(atMost: spec.parallelism - running.count)
        let free = ready.filter { !needsApproval($0) }
        if free.isEmpty, running.isEmpty {
          guard let waiting = ready.first else { return nil }
          halt = try awaitApproval(of: waiting)
          continue
        }
        for step in free { running.insert(step.id) }
        // One alone needs no thread.
        if free.count == 1, running.count == 1 {
          finished.add(free[0].id, perform(free[0]))
        } else {
          for step in free {
            _ = StepThread { [self] in finished.add(step.id, perform(step)) }
          }
        }
      }
      if running.isEmpty { return halt }
      for (id, result) in finished.take() {
        running.remove(id)
        // A step that failed is found failed again by the schedule, unless it counts as dealt with.
        if let found = try halting(id, result) {
          if engine.surroundings.goesOn, case .failed = found { given.insert(id) } else { halt = halt ?? found }
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
    case .stopped(let cause):
      if let request = try heardRequest() { return .request(request) }
      return cause.code == .gateUndecided ? .undecided(cause.message) : .failed(cause)
    }
  }

  // MARK: Approvals and requests

  private func needsApproval(_ step: DeclaredStep) -> Bool {
    step.needsApproval && !journal.history.approvals.contains(step.id)
  }

  /// Waits until the step is approved, or something else is wanted.
  private func awaitApproval(of step: DeclaredStep) throws(Diagnostic) -> Halt? {
    try journal.record(.awaiting, step.id)
    while needsApproval(step) {
      if let request = try heardRequest() { return .request(request) }
      if !needsApproval(step) { break }
      guard engine.surroundings.waitsForApproval else { return .awaiting(step.id) }
      engine.surroundings.environment.sleep(200)
    }
    return nil
  }

  /// Records approvals, and returns what else was asked.
  private func heardRequest() throws(Diagnostic) -> OperatorRequest? {
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
    try announce(.completed, "completed")
    try end(.completed, reason: nil)
    return .completed
  }

  private func failed(_ error: Diagnostic) throws(Diagnostic) -> RunEnding {
    if engine.surroundings.goesOn || !spec.rollsBack || hasPassedPivot {
      let note = hasPassedPivot ? "; there is no way back from here" : ""
      try announce(.failed, "failed: \(error.message)\(note)")
      var details = Object()
      details["reason"] = .string(error.message)
      details["code"] = .string(error.code.rawValue)
      try journal.record(.paused, nil, details)
      return .failed(error)
    }
    try announce(.failed, "failed, and is taken back: \(error.message)")
    return try rollBack(because: error)
  }

  /// Whether a step without a way back may have had its effect.
  var hasPassedPivot: Bool {
    let history = journal.history
    return spec.steps.contains { $0.step.traits.reversibility == .pivot && history.step($0.id).mayHaveEffect }
  }

  private func pause(_ reason: String) throws(Diagnostic) -> RunEnding {
    var details = Object()
    details["reason"] = .string(reason)
    try journal.record(.paused, nil, details)
    try announce(.paused, "paused: \(reason)")
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
