/// The system calls of one run of a program, as `strace` wrote them down, from where it looks at the directory.
struct SystemCallLog {
  /// The n-th call of a name, counted from the program's start, as `strace` counts when it injects a fault.
  struct Point: Hashable {
    var call: String
    var number: Int
  }

  private(set) var points: [Point] = []

  /// - Parameters:
  ///   - text: one call a line: `openat(AT_FDCWD, "config", …) = 3`.
  ///   - mark: what the first call has in it that is not the loader's.
  init(_ text: String, from mark: String) {
    var counts: [Substring: Int] = [:]
    var hasBegun = false
    for line in text.split(separator: "\n") {
      guard let name = line.split(separator: "(", maxSplits: 1).first, line.contains("(") else { continue }
      counts[name, default: 0] += 1
      if line.contains(mark) { hasBegun = true }
      if hasBegun { points.append(Point(call: String(name), number: counts[name] ?? 0)) }
    }
  }
}

/// What happens in a system call.
struct InjectedFault: Hashable, CustomStringConvertible {
  /// As `strace` is told it: `error=EIO`, `signal=KILL`.
  var kind: String
  /// Whether every later call of that name fails as well.
  var lasts = false

  static let all: [InjectedFault] =
    [InjectedFault(kind: "signal=KILL")]
    + ["EIO", "ENOSPC", "EACCES"].flatMap {
      [InjectedFault(kind: "error=\($0)"), InjectedFault(kind: "error=\($0)", lasts: true)]
    }
    // A signal does not interrupt every call for ever.
    + [InjectedFault(kind: "error=EINTR")]

  func arguments(at point: SystemCallLog.Point) -> String {
    "-e trace=\(point.call) -e inject=\(point.call):\(kind):when=\(point.number)\(lasts ? "+" : "")"
  }

  var description: String { kind + (lasts ? " from then on" : "") }
}
