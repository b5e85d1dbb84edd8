package import ConfigStore
import Synchronization

/// A clock that only moves when someone looks or sleeps.
package final class SimulatedClock: Sendable {
  private let milliseconds: Mutex<Int64>

  /// Friday, 2026-11-20T10:00:00Z, unless another moment is given.
  package init(_ start: Timestamp = Timestamp(seconds: 1_795_168_800)) { milliseconds = Mutex(start.seconds * 1_000) }

  package func now() -> Timestamp {
    milliseconds.withLock { milliseconds in
      milliseconds += 1
      return Timestamp(seconds: milliseconds / 1_000, nanoseconds: Int32(milliseconds % 1_000) * 1_000_000)
    }
  }

  package func advance(milliseconds more: Int) { milliseconds.withLock { $0 += Int64(more) } }
}
