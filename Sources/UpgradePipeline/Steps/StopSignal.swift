package import ConfigDocument
private import Synchronization

/// The wish that what runs ends now: the operator's, or that of a time limit or a gate. Shared by the engine and what it has
/// started.
package final class StopSignal: Sendable {
  private let cause = Mutex<Diagnostic?>(nil)
  private let parent: StopSignal?
  private let poll: (@Sendable () -> Diagnostic?)?

  /// - Parameters:
  ///   - parent: a signal that is meant for this one too.
  ///   - poll: asked for a cause whenever someone looks; it should be cheap.
  package init(parent: StopSignal? = nil, poll: (@Sendable () -> Diagnostic?)? = nil) {
    self.parent = parent
    self.poll = poll
  }

  /// - Parameter cause: what whoever is stopped throws. The first one counts.
  package func raise(_ cause: Diagnostic) { self.cause.withLock { $0 = $0 ?? cause } }

  /// - Parameter reason: who wants it, for the message: "`upgrade abort` by anna".
  package func raise(_ reason: String) { raise(Diagnostic(.upgradeStopped, "stopped by \(reason)")) }

  package var isRaised: Bool { raised != nil }

  /// Why what runs is to end; nil where it is not.
  package var raised: Diagnostic? {
    if let known = cause.withLock({ $0 }) { return known }
    if let found = parent?.raised ?? poll?() {
      raise(found)
      return found
    }
    return nil
  }

  /// - Throws: `upgrade-stopped`, `step-timeout` or another cause, once it was raised.
  package func check() throws(Diagnostic) {
    if let cause = raised { throw cause }
  }
}

extension Diagnostic.Code {
  /// The operator ended a step before it was done.
  package static let upgradeStopped: Self = "upgrade-stopped"
  /// A step did not end within its time limit.
  package static let stepTimeout: Self = "step-timeout"
}
