internal import ConfigDocument
private import Glibc
internal import Synchronization

/// The same work for each of many files, on several cores.
///
/// Few files are worked on one after the other, in order: threads would cost more than they bring.
enum ConcurrentWork {
  /// How many files one thread takes at a time: neighbours mostly share a directory.
  private static let files = 32
  /// As many threads as there are cores, up to some. The system reads a file to tell.
  private static let mostThreads = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Calls `body` with ranges that together are `0..<count`, from several threads at once.
  /// - Parameter grain: how many one thread takes at a time; for fewer than twice as many no thread is started.
  /// - Throws: the error of the first range that failed; the ranges behind it may not have been worked on.
  static func forEachRange(
    of count: Int, grain: Int = files, _ body: @escaping @Sendable (Range<Int>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let threads = min(mostThreads, count / grain)
    guard threads > 1 else {
      if count > 0 { try body(0..<count) }
      return
    }
    let work = Work(count: count, stride: grain, body)
    var others: [pthread_t] = []
    for _ in 1..<threads {
      var thread = pthread_t()
      let context = Unmanaged.passRetained(work)
      let error = pthread_create(
        &thread, nil,
        { context in
          Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().run()
          return nil
        }, context.toOpaque())
      if error == 0 { others.append(thread) } else { context.release() }
    }
    work.run()
    for thread in others { pthread_join(thread, nil) }
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

private final class Work: Sendable {
  private let count: Int
  private let stride: Int
  private let body: @Sendable (Range<Int>) throws(Diagnostic) -> Void
  private let next = Atomic(0)
  private let failed = Mutex<(at: Int, error: Diagnostic)?>(nil)

  init(count: Int, stride: Int, _ body: @escaping @Sendable (Range<Int>) throws(Diagnostic) -> Void) {
    self.count = count
    self.stride = stride
    self.body = body
  }

  var failure: Diagnostic? { failed.withLock { $0?.error } }

  func run() {
    while true {
      let start = next.add(stride, ordering: .relaxed).oldValue
      guard start < count, failed.withLock({ $0 == nil }) else { return }
      do throws(Diagnostic) {
        try body(start..<min(start + stride, count))
      } catch {
        failed.withLock { first in
          if first.map({ start < $0.at }) ?? true { first = (start, error) }
        }
      }
    }
  }
}

private final class Parts<Result: Sendable>: Sendable {
  private let parts = Mutex<[(start: Int, results: [Result])]>([])

  func add(_ results: [Result], at start: Int) { parts.withLock { $0.append((start, results)) } }

  var joined: [Result] { parts.withLock { $0.sorted { $0.start < $1.start }.flatMap(\.results) } }
}
