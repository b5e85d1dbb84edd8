import ConfigDocument
import Synchronization

/// What is to happen in the middle of a step, once.
final class Pausing: Sendable {
  private let acts = Mutex<[String: @Sendable () throws(Diagnostic) -> Void]>([:])

  func at(_ step: String, _ act: @escaping @Sendable () throws(Diagnostic) -> Void) {
    acts.withLock { $0[step] = act }
  }

  func act(_ step: String) throws(Diagnostic) {
    try acts.withLock { $0.removeValue(forKey: step) }?()
  }
}
