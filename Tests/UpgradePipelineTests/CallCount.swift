import Synchronization

/// A number that a listener leaves for its test.
final class CallCount: Sendable {
  private let number = Mutex(0)
  var value: Int { number.withLock { $0 } }
  func note(_ value: Int) { number.withLock { $0 = value } }
}
