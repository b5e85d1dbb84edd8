private import Glibc
private import Synchronization

/// Shows on standard error that a command works on, while it does for over a second.
///
/// A plan is one computation whose end nobody knows before: the bar moves, and the seconds count. Nothing is drawn where
/// standard error is no terminal.
final class ProgressBar: Sendable {
  private enum State { case waiting, drawn, over }
  private let state = Mutex(State.waiting)
  private let label: String
  private let started = ProgressBar.seconds()
  private static let cells = 24
  private static let width = 6

  private init(_ label: String) { self.label = label }

  /// Does `body`, with the bar beside it.
  static func beside<Result, Failure: Error>(
    _ label: String, isTerminal: Bool = isatty(STDERR_FILENO) == 1, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isTerminal, ColorChoice.variable("TERM") != "dumb" else { return try body() }
    let bar = ProgressBar(label)
    bar.start()
    defer { bar.clear() }
    return try body()
  }

  /// Takes the bar off the screen, for good.
  private func clear() {
    state.withLock { state in
      if state == .drawn { Self.draw("\r\u{1B}[K") }
      state = .over
    }
  }

  /// Draws in a thread of its own, which ends by itself when the work is over.
  private func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    // Signals are for the thread that does the work.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    let error = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<ProgressBar>.fromOpaque(context!).takeRetainedValue().drawUntilOver()
        return nil
      }, context.toOpaque())
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if error == 0 { pthread_detach(thread) } else { context.release() }
  }

  private func drawUntilOver() {
    usleep(1_000_000)
    while true {
      let isOver = state.withLock { state in
        guard state != .over else { return true }
        state = .drawn
        Self.draw("\r\(Self.line(label, seconds: Self.seconds() - started))\u{1B}[K")
        return false
      }
      if isOver { return }
      usleep(100_000)
    }
  }

  static func line(_ label: String, seconds: Double) -> String {
    let way = cells - width
    let step = Int(seconds * 10) % (2 * way)
    let start = step < way ? step : 2 * way - step
    let bar =
      String(repeating: "░", count: start) + String(repeating: "█", count: width)
      + String(repeating: "░", count: way - start)
    return "\(label) \(bar) \(Int(seconds)) s"
  }

  private static func draw(_ text: String) {
    var buffer = OutputBuffer(descriptor: STDERR_FILENO)
    buffer.write(text)
    buffer.flush()
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
