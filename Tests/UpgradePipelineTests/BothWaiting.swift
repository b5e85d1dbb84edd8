import Glibc
import Synchronization

/// Two who wait for each other; one who waits for too long goes on alone.
final class BothWaiting: Sendable {
  private let arrived = Mutex<Set<String>>([])
  /// In looks of a millisecond.
  private let patience: Int

  init(patience: Int = 20_000) { self.patience = patience }

  /// Whether the two were there at the same time.
  var met: Bool { meeting.withLock { $0 } }
  private let meeting = Mutex(false)

  func arrive(_ id: String) {
    arrived.withLock { _ = $0.insert(id) }
    for _ in 0..<patience {
      if arrived.withLock({ $0.count }) == 2 { meeting.withLock { $0 = true } }
      if met { return }
      usleep(1_000)
    }
    arrived.withLock { _ = $0.remove(id) }
  }
}
