/// A moment, in UTC, to the nanosecond.
public struct Timestamp: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00Z, leap seconds not counted.
  public var seconds: Int64
  /// From 0 to 999,999,999.
  public var nanoseconds: Int32

  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

extension Timestamp: Comparable {
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

extension Timestamp {
  /// The date and time of day, in the Gregorian calendar.
  package struct Fields {
    package var year: Int64
    package var month, day, hour, minute, second, millisecond: Int64
  }

  package var fields: Fields {
    var (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    if second < 0 {
      days -= 1
      second += 86_400
    }
    // Years are counted from March, so that a leap day is a year's last; 719,468 days lie before 1970 from then on.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return Fields(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
      hour: second / 3_600, minute: second / 60 % 60, second: second % 60,
      millisecond: Int64(nanoseconds / 1_000_000))
  }

  package func adding(milliseconds: Int64) -> Timestamp {
    let total = Int64(nanoseconds) + milliseconds * 1_000_000
    return Timestamp(seconds: seconds + total / 1_000_000_000, nanoseconds: Int32(total % 1_000_000_000))
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, to the millisecond: `2026-11-21T01:45:23.120Z`.
  public var description: String {
    let at = fields
    var text: [UInt8] = []
    text.append(at.year, digits: 4)
    text.append(at.month, digits: 2, behind: "-")
    text.append(at.day, digits: 2, behind: "-")
    text.append(at.hour, digits: 2, behind: "T")
    text.append(at.minute, digits: 2, behind: ":")
    text.append(at.second, digits: 2, behind: ":")
    text.append(at.millisecond, digits: 3, behind: ".")
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Writes the decimal digits of a number, at least so many, with zeros in front.
  mutating func append(_ number: Int64, digits: Int, behind mark: Unicode.Scalar? = nil) {
    if let mark { append(UInt8(ascii: mark)) }
    if number < 0 { append(UInt8(ascii: "-")) }
    let rest = number.magnitude
    var place: UInt64 = 1
    for _ in 1..<digits { place *= 10 }
    while rest / place > 9 { place *= 10 }
    while place > 0 {
      append(UInt8(ascii: "0") + UInt8(rest / place % 10))
      place /= 10
    }
  }
}

extension Int64 {
  /// The decimal digits, with zeros in front.
  package func padded(to width: Int) -> String {
    var digits: [UInt8] = []
    digits.append(self, digits: width)
    return String(decoding: digits, as: UTF8.self)
  }
}

extension Timestamp {
  /// Reads what ``description`` writes: RFC 3339 in UTC, to the millisecond.
  /// - Returns: nil where the text has any other form.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let form = Array("dddd-dd-ddTdd:dd:dd.dddZ".utf8)
    guard bytes.count == form.count else { return nil }
    for (byte, kind) in zip(bytes, form) {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      guard kind == UInt8(ascii: "d") ? isDigit : byte == kind else { return nil }
    }
    let number = { (range: Range<Int>) in bytes[range].reduce(Int64(0)) { $0 * 10 + Int64($1 - 48) } }
    let (month, day) = (number(5..<7), number(8..<10))
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    // The inverse of `fields`: years counted from March.
    let year = number(0..<4) - (month <= 2 ? 1 : 0)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    seconds = days * 86_400 + number(11..<13) * 3_600 + number(14..<16) * 60 + number(17..<19)
    nanoseconds = Int32(number(20..<23)) * 1_000_000
  }
}
