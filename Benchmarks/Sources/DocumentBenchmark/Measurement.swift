import Glibc

/// A work and its yardstick, timed in turns, so that whatever else the machine does meets both.
struct Measurement {
  /// Seconds, one for each turn.
  private(set) var yardstick: [Double] = []
  private(set) var work: [Double] = []

  init(turns: Int = 15, yardstick: () -> Void, work: () -> Void) {
    // The first turn warms caches and the allocator, and does not count.
    yardstick()
    work()
    for _ in 0..<turns {
      self.yardstick.append(Self.seconds(yardstick))
      self.work.append(Self.seconds(work))
    }
  }

  var ratioOfMedians: Double { Self.median(work) / Self.median(yardstick) }
  var ratioOfMinima: Double { work.min()! / yardstick.min()! }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// The processor time that the process takes for it: everything here runs on one thread.
  static func seconds(_ body: () -> Void) -> Double {
    let start = processorTime()
    body()
    return processorTime() - start
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// A Markdown table on standard output.
enum Table {
  static func header(_ cells: String...) {
    print("| " + cells.joined(separator: " | ") + " |")
    print("|" + String(repeating: "---|", count: cells.count))
  }

  static func row(_ cells: String...) { print("| " + cells.joined(separator: " | ") + " |") }
}

extension Double {
  func fixed(_ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((self * scale).rounded())
    guard digits > 0 else { return String(whole) }
    let fraction = String(whole % Int(scale))
    return "\(whole / Int(scale)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
}
