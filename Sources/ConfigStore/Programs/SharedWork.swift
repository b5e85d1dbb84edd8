internal import ConfigDocument
private import Synchronization

/// Work in numbered pieces, each done once, by whoever takes it.
final class SharedWork: Sendable {
  /// The work that the thread is doing a piece of.
  @TaskLocal private static var current: SharedWork?

  let count: Int
  private let body: @Sendable (Int) throws(Diagnostic) -> Void
  /// The work that handed this out.
  private let outer: SharedWork?
  private let taken = Atomic(0)
  private let done = Atomic(0)
  private let failed = Mutex<(at: Int, error: Diagnostic)?>(nil)

  init(count: Int, _ body: @escaping @Sendable (Int) throws(Diagnostic) -> Void) {
    self.count = count
    self.body = body
    outer = Self.current
  }

  /// The error of the first piece that failed. No piece behind it needs to be done.
  var failure: Diagnostic? { failed.withLock { $0?.error } }

  /// How many pieces nobody has taken.
  var left: Int { max(0, count - taken.load(ordering: .relaxed)) }

  var hasPieces: Bool { left > 0 }

  var isDone: Bool { done.load(ordering: .acquiring) == count }

  func isWithin(_ work: SharedWork) -> Bool {
    var next = outer
    while let one = next {
      if one === work { return true }
      next = one.outer
    }
    return false
  }

  func take() -> Int? {
    guard hasPieces else { return nil }
    let piece = taken.add(1, ordering: .relaxed).oldValue
    return piece < count ? piece : nil
  }

  /// - Returns: whether it was the last piece.
  func finish(_ piece: Int) -> Bool {
    if failed.withLock({ $0.map { piece < $0.at } ?? true }) {
      Self.$current.withValue(self) {
        do throws(Diagnostic) {
          try body(piece)
        } catch {
          failed.withLock { first in
            if first.map({ piece < $0.at }) ?? true { first = (piece, error) }
          }
        }
      }
    }
    return done.add(1, ordering: .acquiringAndReleasing).newValue == count
  }
}
