private import Glibc
private import Synchronization

/// Work in a thread of its own, for what waits for servers and programs: that is nothing for a pool of few threads.
package final class WorkThread: Sendable {
  private let work: @Sendable () -> Void
  private let over = Mutex(false)

  private init(work: @escaping @Sendable () -> Void) { self.work = work }

  /// Starts at once. Where the system gives no thread, the work is done before this returns.
  package convenience init(_ work: @escaping @Sendable () -> Void) {
    self.init(work: work)
    if !start() { run() }
  }

  /// Starts at once.
  /// - Returns: false where the system gives no thread; nothing is done then.
  @discardableResult
  package static func ifPossible(_ work: @escaping @Sendable () -> Void) -> Bool { WorkThread(work: work).start() }

  private func start() -> Bool {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    // Signals are for the thread that coordinates.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    let error = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<WorkThread>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard error == 0 else {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func run() {
    work()
    over.withLock { $0 = true }
  }

  package var isOver: Bool { over.withLock { $0 } }

  package func wait() {
    while !isOver { usleep(2_000) }
  }
}
