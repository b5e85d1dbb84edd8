package import ConfigDocument
package import ConfigStore
private import Synchronization

/// Does what a spec says, durably: whatever happens to this process, the next one knows what was done and goes on.
///
/// ```swift
/// let engine = try UpgradeEngine(spec, surroundings)
/// let ending = try engine.begin(Beginning())
/// ```
package final class UpgradeEngine: Sendable {
  /// What an engine takes from the world around it.
  package struct Surroundings: Sendable {
    package var environment: RunEnvironment
    package var programs: any CommandRunner
    package var secrets: SecretReader
    package var fileSystem: any FileSystem
    /// Told of every durable record, with what all of them add up to.
    package var listener: @Sendable (JournalRecord, RunHistory) -> Void
    /// Told how far a step is.
    package var progress: @Sendable (_ step: String, StepProgress) -> Void
    /// Whether a step that waits for approval is waited for; else the run pauses.
    package var waitsForApproval = true
    /// Whether the next step is done after one that failed: emergency procedures.
    package var goesOn = false
    /// Where the runs are kept; the directory of the spec where none is given.
    package var stateDirectory: String?

    package init(
      environment: RunEnvironment, programs: any CommandRunner = LocalCommandRunner(),
      secrets: SecretReader = SecretReader(), fileSystem: any FileSystem = LocalFileSystem(),
      listener: @escaping @Sendable (JournalRecord, RunHistory) -> Void = { _, _ in },
      progress: @escaping @Sendable (_ step: String, StepProgress) -> Void = { _, _ in }
    ) {
      self.environment = environment
      self.programs = programs
      self.secrets = secrets
      self.fileSystem = fileSystem
      self.listener = listener
      self.progress = progress
    }
  }

  package let spec: UpgradeSpec
  let surroundings: Surroundings
  let state: UpgradeState
  private let lock: HeldLock

  /// Takes the right to run this upgrade.
  /// - Throws: `locked` where another process has it.
  package init(_ spec: UpgradeSpec, _ surroundings: Surroundings, patience: Int = 0) throws(Diagnostic) {
    self.spec = spec
    self.surroundings = surroundings
    state = try UpgradeState(
      completing: try OpenDirectory(surroundings.stateDirectory ?? spec.directory, in: surroundings.fileSystem),
      upgrade: spec.identity.name)
    lock = HeldLock(try DirectoryLock(in: state.root, for: surroundings.environment, patience: patience))
  }

  /// What is decided before a run begins.
  package struct Beginning: Sendable {
    /// The results of the preflight checks, and the IDs of warnings that were accepted.
    package var preflight: PreflightReport?
    package var accepted: Set<String> = []
    /// Why it runs outside the window, where it does.
    package var windowReason: String?

    package init() {}
  }

  /// Begins a new run.
  /// - Throws: `unfinished-run` where one was begun and is not over; what keeps the journal from being written.
  package func begin(_ beginning: Beginning = Beginning()) throws(Diagnostic) -> RunEnding {
    if let last = try state.newest(), !last.isEnded {
      throw Diagnostic(
        .unfinishedRun, "run \(last.run) of `\(spec.identity.name)` is not over",
        hint: "Go on with it (`upgrade resume`), or take it back (`upgrade rollback`)")
    }
    try forgetStaleRequests(keepingApprovals: false)
    let environment = surroundings.environment
    let run = RunID(at: environment.now(), distinction: environment.random())
    let journal = try journal(of: run)
    var details = Object()
    details["upgrade"] = .string(spec.identity.name)
    details["from"] = .string(spec.identity.from)
    details["to"] = .string(spec.identity.to)
    details["spec"] = .string("\(spec.digest)")
    details["user"] = .string(environment.user)
    details["tool"] = .string(environment.tool)
    details["window-reason"] = beginning.windowReason.map { .string($0) }
    details["steps"] = .array(spec.steps.map { .string($0.id) })
    details["fingerprints"] = .object(try fingerprints(of: spec.steps, run: run))
    try journal.record(.began, nil, details)
    if let preflight = beginning.preflight {
      var details = Object()
      details["results"] = preflight.json
      details["accepted"] = .array(beginning.accepted.sorted().map { .string($0) })
      try journal.record(.preflight, nil, details)
    }
    return try UpgradeRun(engine: self, journal: journal).goOn(announcing: .started)
  }

  /// What the operator says of a step that was cut off and whose state nobody could see.
  package enum Assumption: String, Sendable, CaseIterable {
    case applied
    case notApplied = "not-applied"
  }

  /// Goes on with the run that is not over.
  ///
  /// - Parameter assumptions: by step.
  /// - Throws: `no-run`, `upgrade-changed`, and what keeps the journal from being written.
  package func resume(assuming assumptions: [String: Assumption] = [:]) throws(Diagnostic) -> RunEnding {
    let journal = try reopen()
    try forgetStaleRequests(keepingApprovals: true)
    try requireUnchanged(journal.history)
    var details = Object()
    details["user"] = .string(surroundings.environment.user)
    try journal.record(.resumed, nil, details)
    for (id, assumption) in assumptions.sorted(by: { $0.key < $1.key }) { try assume(assumption, of: id, journal) }
    let run = UpgradeRun(engine: self, journal: journal)
    if journal.history.isRollingBack { return try run.rollBack(because: nil) }
    return try run.goOn(announcing: nil)
  }

  /// Takes back the run that is not over.
  package func rollBack(reason: String) throws(Diagnostic) -> RunEnding {
    let journal = try reopen()
    try forgetStaleRequests(keepingApprovals: true)
    return try UpgradeRun(engine: self, journal: journal).rollBack(
      because: Diagnostic(.upgradeStopped, "taken back by \(surroundings.environment.user): \(reason)"))
  }

  /// Ends a run that can neither go on nor be taken back, as it is.
  package func abandon(reason: String) throws(Diagnostic) {
    let journal = try reopen()
    var details = Object()
    details["outcome"] = .string(RunHistory.Outcome.abandoned.rawValue)
    details["reason"] = .string(reason)
    details["user"] = .string(surroundings.environment.user)
    try journal.record(.ended, nil, details)
  }

  // MARK: Parts

  private func reopen() throws(Diagnostic) -> UpgradeJournal {
    guard let last = try state.newest(), !last.isEnded else {
      throw Diagnostic(
        .noRun, "no run of `\(spec.identity.name)` waits to be gone on with", hint: "`upgrade run` begins one")
    }
    return try journal(of: last.run)
  }

  private func journal(of run: RunID) throws(Diagnostic) -> UpgradeJournal {
    try UpgradeJournal(
      of: run, in: try state.directory(of: run), environment: surroundings.environment, secrets: surroundings.secrets,
      listener: surroundings.listener)
  }

  private func assume(_ assumption: Assumption, of id: String, _ journal: UpgradeJournal) throws(Diagnostic) {
    guard let step = spec.step(id) else {
      throw Diagnostic(
        .unknownReference, "there is no step `\(id)`",
        hint: SpellingSuggestion.didYouMean(id, among: spec.steps.map(\.id)))
    }
    var details = Object()
    details["state"] = .string(assumption == .applied ? "applied" : "not applied")
    details["said-by"] = .string(surroundings.environment.user)
    try journal.record(.probed, step.id, details)
    guard assumption == .applied else { return }
    var done = Object()
    done["evidence"] = ["said-by": .string(surroundings.environment.user)]
    try journal.record(.done, step.id, done)
  }

  private func fingerprints(of steps: [DeclaredStep], run: RunID) throws(Diagnostic) -> Object {
    var out = Object()
    for step in steps {
      let forecast = try step.step.plan(try context(for: step.id, run: run, stop: StopSignal()))
      out[step.id] = forecast.fingerprint.map { .string($0) }
    }
    return out
  }

  /// - Throws: `upgrade-changed` where what is still to be done is not what the run began with.
  private func requireUnchanged(_ history: RunHistory) throws(Diagnostic) {
    let hint = "Put it back as it was, or take the run back (`upgrade rollback`) and begin anew"
    guard let beginning = history.beginning?.details, beginning["spec"] == .string("\(spec.digest)") else {
      throw Diagnostic(
        .upgradeChanged, "\(spec.file) says something else than when run \(history.run) began", hint: hint)
    }
    let before = beginning["fingerprints"]?.object ?? Object()
    for step in spec.steps where history.step(step.id).status == .pending && !history.isRollingBack {
      guard let known = before[step.id]?.string else { continue }
      let now = try step.step.plan(try context(for: step.id, run: history.run, stop: StopSignal())).fingerprint
      guard now != known else { continue }
      throw Diagnostic(
        .upgradeChanged, "what the step `\(step.id)` works with is not what it was when run \(history.run) began",
        at: step.place, hint: hint)
    }
  }

  /// Requests of the time before this process are not meant for it.
  private func forgetStaleRequests(keepingApprovals keeps: Bool) throws(Diagnostic) {
    let box = RequestBox(of: state)
    for (name, request) in try box.waiting() where !keeps || request.kind != .approve { try box.remove(name) }
  }

  func context(for id: String, run: RunID, stop: StopSignal) throws(Diagnostic) -> StepContext {
    var identity = spec.identity
    identity.run = run.text
    let progress = surroundings.progress
    return StepContext(
      upgrade: identity, id: id, directory: spec.directory, store: try state.store(of: id, in: run),
      environment: surroundings.environment, programs: surroundings.programs, secrets: surroundings.secrets, stop: stop,
      report: { progress(id, $0) })
  }
}

/// A lock that lasts as long as this object: a class cannot hold it otherwise.
private final class HeldLock: Sendable {
  private let lock: DirectoryLock
  init(_ lock: consuming DirectoryLock) { self.lock = lock }
}

/// How a run came to an end, or to a stop.
package enum RunEnding: Sendable {
  case completed
  /// It was taken back, for this reason.
  case rolledBack(Diagnostic?)
  /// Something could not be taken back: what a person must do, by step.
  case rollbackIncomplete([UnfinishedUndo])
  /// It stopped, can be resumed, and this is why.
  case paused(String)
  /// A step waits to be approved.
  case awaitingApproval(String)
  /// A step was cut off, and a person must say what state it is in.
  case unclear(step: String, StepState)
  /// A step failed behind the point from which there is no way back, or where the spec wants no way back.
  case failed(Diagnostic)
}

/// A step that could not be taken back.
package struct UnfinishedUndo: Sendable {
  package var step: String
  package var failure: Diagnostic
  /// What a person does, a sentence each.
  package var manualSteps: [String]
}

extension Diagnostic.Code {
  /// A run of the upgrade was begun and is not over.
  package static let unfinishedRun: Self = "unfinished-run"
  /// No run of the upgrade waits to be gone on with.
  package static let noRun: Self = "no-run"
  /// The spec, or what a step works with, is not what it was when the run began.
  package static let upgradeChanged: Self = "upgrade-changed"
}
