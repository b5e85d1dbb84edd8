private import Glibc

/// Threads that share pieces of work. Who has to wait for the last pieces of its own helps with what those handed out themselves, so
/// work may be nested without more threads than there are cores, and without a core that only waits.
///
/// The work-first scheduling of Blumofe and Leiserson, "Scheduling Multithreaded Computations by Work Stealing" (1999), with one
/// list for all threads: the pieces are files and parts of sets, few and long.
final class WorkCrew: @unchecked Sendable {
  /// One thread for each core, up to some. The system reads a file to tell how many there are.
  static let shared = WorkCrew(threads: min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

  /// For pieces that mostly wait for a disk: more threads than cores are no waste.
  static let waiting = WorkCrew(threads: 4)

  let threads: Int
  // What changes is guarded by the lock.
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>
  private var open: [SharedWork] = []
  private var helpers = 0
  /// How many callers have mustered the crew.
  private var musters = 0

  init(threads: Int) {
    self.threads = threads
    lock = .allocate(capacity: 1)
    change = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  /// Does all pieces, with other threads where there are some to be had, and returns when all are done.
  func run(_ work: SharedWork) {
    // The caller takes one itself.
    start(work, besides: 1)
    finish(work)
  }

  /// Hands work out to other threads and returns at once. ``finish(_:)`` must follow.
  func start(_ work: SharedWork) { start(work, besides: 0) }

  private func start(_ work: SharedWork, besides taken: Int) {
    withLock {
      open.append(work)
      pthread_cond_broadcast(change)
    }
    hire(besides: taken)
  }

  /// Does what is left of work that was started, and returns when all of it is done.
  func finish(_ work: SharedWork) {
    while doPiece(of: work) {}
    pthread_mutex_lock(lock)
    while !work.isDone {
      if let nested = open.last(where: { $0.hasPieces && $0.isWithin(work) }) {
        pthread_mutex_unlock(lock)
        _ = doPiece(of: nested)
        pthread_mutex_lock(lock)
      } else {
        pthread_cond_wait(change, lock)
      }
    }
    open.removeAll { $0 === work }
    pthread_mutex_unlock(lock)
  }

  /// Lets all threads come and wait for work. ``dismiss()`` must follow.
  ///
  /// A thread takes longer to come than a small piece takes; who has something else to wait for has them come meanwhile.
  func muster() {
    withLock { musters += 1 }
    hire(besides: 0)
  }

  /// Lets those go that find no work.
  func dismiss() {
    withLock {
      musters -= 1
      pthread_cond_broadcast(change)
    }
  }

  /// Starts one more thread, unless there are enough for the pieces that are left.
  private func hire(besides taken: Int) {
    let isNeeded = withLock {
      guard helpers < threads - 1, musters > 0 || open.reduce(0, { $0 + $1.left }) > taken else { return false }
      helpers += 1
      return true
    }
    if isNeeded, !WorkThread.ifPossible({ self.help() }) { withLock { helpers -= 1 } }
  }

  private func help() {
    // Each sees to the next one: who handed the work out need not wait until all are there.
    hire(besides: 1)
    while let work = next() { while doPiece(of: work) {} }
  }

  /// The work that was handed out last, for one of the helpers; it leaves where there is none and none is expected.
  private func next() -> SharedWork? {
    withLock {
      while true {
        if let work = open.last(where: \.hasPieces) { return work }
        if musters == 0 { break }
        pthread_cond_wait(change, lock)
      }
      helpers -= 1
      return nil
    }
  }

  /// - Returns: false where no piece is left to be taken.
  private func doPiece(of work: SharedWork) -> Bool {
    guard let piece = work.take() else { return false }
    // Who waits must not miss it between a look and its sleep.
    if work.finish(piece) { withLock { _ = pthread_cond_broadcast(change) } }
    return true
  }

  private func withLock<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}
