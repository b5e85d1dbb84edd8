package import ConfigDocument
internal import ConfigStore
private import Synchronization

/// Gates that are asked while something else goes on, each in a thread of its own; one that fails stops it.
final class BackgroundGates: Sendable {
  private struct State {
    var isOver = false
    var failure: Diagnostic?
  }

  private let state: Mutex<State>
  private let threads = Mutex<[WorkThread]>([])

  /// The gates of a step that are asked while it runs.
  convenience init(of step: DeclaredStep, owner: String, context: StepContext, journal: UpgradeJournal) {
    self.init(step.gates.filter { $0.moment == .during }, owner: owner, context: context, journal: journal) {
      context.stop.raise($0)
    }
  }

  /// - Parameter stop: told why it must not go on.
  init(
    _ gates: [DeclaredGate], owner: String, context: StepContext, journal: UpgradeJournal,
    stop: @escaping @Sendable (Diagnostic) -> Void
  ) {
    state = Mutex(State())
    for gate in gates {
      let watch = GateWatch(gate: gate, owner: owner, context: context, journal: journal)
      let thread = WorkThread { [self] in
        let ending = Result { () throws(Diagnostic) in try watch.ask { [self] in isOver } }
        let failure: Diagnostic? =
          switch ending {
          case .success(.passed): nil
          case .success(.failed(let error)): error
          case .success(.undecided(let reason)): Diagnostic(.gateUndecided, reason, at: gate.place)
          // What stopped the gate stops the step as well, by itself.
          case .failure: nil
          }
        guard let failure else { return }
        state.withLock { $0.failure = $0.failure ?? failure }
        stop(failure)
      }
      threads.withLock { $0.append(thread) }
    }
  }

  private var isOver: Bool { state.withLock { $0.isOver } }

  /// What a gate found; nil where none found anything.
  var failure: Diagnostic? { state.withLock { $0.failure } }

  /// Ends the asking, and waits for the last answers.
  func end() {
    state.withLock { $0.isOver = true }
    for thread in threads.withLock({ $0 }) { thread.wait() }
  }
}

extension Diagnostic.Code {
  /// A gate that is asked beside a step could not tell whether it may go on.
  package static let gateUndecided: Self = "gate-undecided"
}
