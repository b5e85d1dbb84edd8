private import Glibc

/// How far a long work is, on standard error, redrawn in place.
///
/// Nothing is drawn where standard error is no terminal, and nothing in the first second.
struct ProgressBar {
  private let isShown: Bool
  private let started: Double
  private var drawn = 0.0
  private var isOnScreen = false
  private static let cells = 24

  init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
    isShown = isTerminal && ColorChoice.variable("TERM") != "dumb"
    started = Self.seconds()
  }

  /// Says that `done` of `total` is done; what is being done is the `label`.
  mutating func update(_ label: String, done: Int, of total: Int) {
    guard isShown, total > 0 else { return }
    let now = Self.seconds()
    guard now - started > 1, now - drawn > 0.1 else { return }
    drawn = now
    isOnScreen = true
    Self.draw("\r\(Self.line(label, done: done, of: total))\u{1B}[K")
  }

  /// Takes the bar off the screen.
  mutating func clear() {
    guard isOnScreen else { return }
    isOnScreen = false
    Self.draw("\r\u{1B}[K")
  }

  static func line(_ label: String, done: Int, of total: Int) -> String {
    let full = cells * min(done, total) / total
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    return "\(label) \(bar) \(done)/\(total)"
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
