/// From where on a PostgreSQL server's log is wanted: the segment, and whose it is.
///
/// Written as `7012345678901234567/000000010000000000000003`.
struct WALPosition: Hashable {
  /// The server's own number, which no other has.
  let system: String
  /// The name of the segment: timeline, log and number, 8 digits each.
  let segment: String

  init(system: String, segment: String) {
    self.system = system
    self.segment = segment
  }

  /// - Returns: nil for what is no position.
  init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, parts[1].utf8.count == 24, parts[1].allSatisfy(\.isHexDigit) else { return nil }
    self.init(system: String(parts[0]), segment: String(parts[1]))
  }

  var text: String { "\(system)/\(segment)" }

  /// Grows when a standby takes over: the log of before does not lead there.
  var timeline: Substring { segment.prefix(8) }

  /// The name of the segment before this one; nil where this is the first.
  /// - Parameter size: of a segment, in bytes.
  func predecessor(segmentSize size: Int) -> String? {
    let digits = segment.dropFirst(8)
    guard size > 0, size <= 1 << 32, let log = UInt64(digits.prefix(8), radix: 16),
      let number = UInt64(digits.suffix(8), radix: 16)
    else { return nil }
    let perLog = UInt64(1 << 32) / UInt64(size)
    let index = log * perLog + number
    guard index > 0 else { return nil }
    return timeline + Self.hex((index - 1) / perLog) + Self.hex((index - 1) % perLog)
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
