internal import ConfigDocument
internal import Synchronization

/// The same work for each of many files, on several cores.
///
/// Few files are worked on one after the other, in order: threads would cost more than they bring.
enum ConcurrentWork {
  /// How many files one thread takes at a time: neighbours mostly share a directory.
  static let files = 16

  /// Whether so many are worked on from several threads at once.
  /// - Parameter grain: how many one thread takes at a time; for fewer than twice as many no thread is started.
  static func isShared(_ count: Int, grain: Int = files, by crew: WorkCrew = .shared) -> Bool {
    count / grain > 1 && crew.threads > 1
  }

  /// Calls `body` with ranges that together are `0..<count`, from several threads at once.
  /// - Parameter grain: how many one thread takes at a time; see ``isShared(_:grain:by:)``.
  /// - Throws: the error of the first range that failed; the ranges behind it may not have been worked on.
  static func forEachRange(
    of count: Int, grain: Int = files, by crew: WorkCrew = .shared,
    _ body: @escaping @Sendable (Range<Int>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard isShared(count, grain: grain, by: crew) else {
      if count > 0 { try body(0..<count) }
      return
    }
    let work = SharedWork(count: (count + grain - 1) / grain) { (number) throws(Diagnostic) in
      try body(number * grain..<min((number + 1) * grain, count))
    }
    crew.run(work)
    if let failure = work.failure { throw failure }
  }

  /// The results of `body` for each range, in order.
  static func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Range<Int>) throws(Diagnostic) -> [Result]
  ) throws(Diagnostic) -> [Result] {
    let parts = Parts<Result>()
    try forEachRange(of: count) { (range) throws(Diagnostic) in parts.add(try body(range), at: range.lowerBound) }
    return parts.joined
  }
}

private final class Parts<Result: Sendable>: Sendable {
  private let parts = Mutex<[(start: Int, results: [Result])]>([])

  func add(_ results: [Result], at start: Int) { parts.withLock { $0.append((start, results)) } }

  var joined: [Result] { parts.withLock { $0.sorted { $0.start < $1.start }.flatMap(\.results) } }
}
