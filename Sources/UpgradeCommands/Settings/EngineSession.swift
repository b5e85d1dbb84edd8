internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import Synchronization
internal import UpgradePipeline

/// An engine with a view of what it does, for the commands that run.
struct EngineSession {
  let spec: UpgradeSpec
  let engine: UpgradeEngine
  private let printsEvents: Bool

  init(
    _ options: SpecOptions, _ spec: UpgradeSpec, _ running: RunOptions, command: String,
    goesOn: Bool = false
  ) throws(Diagnostic) {
    self.spec = spec
    printsEvents = running.events
    var surroundings = options.surroundings(for: command)
    let plan = try UpgradePlan(
      spec, surroundings, at: surroundings.environment.now(), earlier: try options.earlierRuns(of: spec))
    let times = Dictionary(plan.items.map { ($0.id, $0.time) }) { first, _ in first }
    let view = LiveView(
      spec, times: times, printsEvents: running.events, clock: surroundings.environment.now)
    let current = CurrentRun()
    surroundings.listener = { record, history in
      current.set(history.run)
      view.show(record, history)
    }
    surroundings.progress = { step, progress in view.progress(step, progress, in: current.state, of: current.run) }
    surroundings.waitsForApproval = !running.noWait
    surroundings.goesOn = goesOn
    surroundings.interruption = { TerminationSignals.heard.map { Diagnostic(.upgradeStopped, "stopped by \($0)") } }
    TerminationSignals.listen()
    engine = try UpgradeEngine(spec, surroundings, patience: running.patience)
    current.set(try options.state(of: spec))
  }

  /// What the command prints of the run's end.
  func outcome(of ending: RunEnding) -> Outcome {
    Outcome(
      status: TerminationSignals.heard != nil && ExitStatus(ending) == .pending ? .interrupted : ExitStatus(ending),
      diagnostics: ending.diagnostics, result: { ending.json },
      show: { terminal in
        // Where events are the data, the last of them says how it ended.
        if !printsEvents { ending.show(of: spec, &terminal) }
      })
  }
}

/// Which run the view speaks of: known when its first record is.
private final class CurrentRun: Sendable {
  private let held = Mutex((state: UpgradeState?.none, run: RunID?.none))

  var state: UpgradeState? { held.withLock { $0.state } }
  var run: RunID? { held.withLock { $0.run } }
  func set(_ state: UpgradeState?) { held.withLock { $0.state = state } }
  func set(_ run: RunID) { held.withLock { $0.run = run } }
}
