package import ConfigDocument
private import Synchronization

/// The operator's wish that what runs ends now. Shared by the engine and what it has started.
package final class StopSignal: Sendable {
  private let reason = Mutex<String?>(nil)

  package init() {}

  /// - Parameter reason: who wants it, for the message: "`upgrade abort` by anna".
  package func raise(_ reason: String) { self.reason.withLock { $0 = $0 ?? reason } }

  package var isRaised: Bool { reason.withLock { $0 != nil } }

  /// - Throws: `upgrade-stopped` once it was raised.
  package func check() throws(Diagnostic) {
    guard let reason = reason.withLock({ $0 }) else { return }
    throw Diagnostic(.upgradeStopped, "stopped by \(reason)")
  }
}

extension Diagnostic.Code {
  /// The operator ended a step before it was done.
  package static let upgradeStopped: Self = "upgrade-stopped"
}
