/// Lengths of time, for people.
package enum DurationText {
  /// `850 ms`, `12 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`.
  /// - Parameter milliseconds: not negative.
  package static func of(_ milliseconds: Int) -> String {
    if milliseconds < 1_000 { return "\(milliseconds) ms" }
    let seconds = milliseconds / 1_000
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3_600 { return joined(seconds / 60, "min", seconds % 60, "s") }
    if seconds < 86_400 { return joined(seconds / 3_600, "h", seconds / 60 % 60, "min") }
    return joined(seconds / 86_400, "d", seconds / 3_600 % 24, "h")
  }

  private static func joined(_ large: Int, _ unit: String, _ small: Int, _ part: String) -> String {
    small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(part)"
  }
}

/// Amounts of bytes, for people.
package enum ByteText {
  /// `512 B`, `4 KiB`, `1.5 GiB`.
  package static func of(_ bytes: Int) -> String {
    var (amount, unit) = (bytes * 10, 0)
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    while amount >= 10_240, unit < units.count - 1 {
      amount /= 1_024
      unit += 1
    }
    let isWhole = amount % 10 == 0 || amount >= 1_000
    return isWhole ? "\(amount / 10) \(units[unit])" : "\(amount / 10).\(amount % 10) \(units[unit])"
  }
}
