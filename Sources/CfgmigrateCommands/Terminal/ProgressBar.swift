internal import ConfigStore
private import Glibc
private import Synchronization

/// Shows on standard error that a command works on, while it does for over a second.
///
/// A plan is one computation whose end nobody knows before: the bar moves, and the seconds count. Work that knows how far it is
/// says so with ``describe(_:)``. Nothing is drawn where standard error is no terminal.
package final class ProgressBar: Sendable {
  private enum State { case waiting, drawn, over }
  private let state = Mutex(State.waiting)
  /// What is shown in the place of the moving bar.
  private let caption = Mutex<(@Sendable () -> String)?>(nil)
  /// The one that is on the screen, or will be.
  private static let current = Mutex<ProgressBar?>(nil)
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
    current.withLock { $0 = bar }
    bar.start()
    defer {
      current.withLock { $0 = nil }
      bar.clear()
    }
    return try body()
  }

  /// Shows this text in the place of the bar, asked for some times a second; of a text that is too wide, the beginning.
  package static func describe(_ caption: @escaping @Sendable () -> String) {
    current.withLock { $0 }?.caption.withLock { $0 = caption }
  }

  /// Writes a line of talk above the bar.
  package static func say(_ line: String) {
    guard let bar = current.withLock({ $0 }) else { return draw(line + "\n") }
    bar.state.withLock { state in
      draw(state == .drawn ? "\r\u{1B}[K\(line)\n" : line + "\n")
    }
  }

  /// Takes the bar off the screen, for good.
  private func clear() {
    state.withLock { state in
      if state == .drawn { Self.draw("\r\u{1B}[K") }
      state = .over
    }
  }

  /// Draws in a thread of its own, which ends by itself when the work is over.
  private func start() { WorkThread.ifPossible { [self] in drawUntilOver() } }

  private func drawUntilOver() {
    usleep(1_000_000)
    while true {
      let isOver = state.withLock { state in
        guard state != .over else { return true }
        state = .drawn
        let caption = caption.withLock { $0 }
        let line = caption.map { Self.fitting($0()) } ?? Self.line(label, seconds: Self.seconds() - started)
        Self.draw("\r\(line)\u{1B}[K")
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

  /// The beginning of the text, as far as it fits on a line: one that is wrapped could not be taken away again.
  private static func fitting(_ text: String) -> String {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    var left = (isKnown ? Int(size.ws_col) : 80) - 1
    var out = ""
    for scalar in text.unicodeScalars {
      left -= DisplayWidth.of(scalar)
      if left < 0 { break }
      out.unicodeScalars.append(scalar)
    }
    return out
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
