/// RFC 3339: dates, times and, in its appendix A, durations.
enum DateFormats {
  static func isDateTime(_ text: [UInt8]) -> Bool {
    guard text.count > 11, text[10] | 0x20 == UInt8(ascii: "t") else { return false }
    return isDate(text[..<10]) && isTime(text[11...])
  }

  static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
    let text = Array(text)
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = number(text[0..<4]), let month = number(text[5..<7]), let day = number(text[8..<10])
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1...12 ~= month && day >= 1 && day <= days[month - 1]
  }

  static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    let text = Array(text)
    guard text.count >= 9, text[2] == UInt8(ascii: ":"), text[5] == UInt8(ascii: ":"),
      let hour = number(text[0..<2]), let minute = number(text[3..<5]), let second = number(text[6..<8]),
      hour < 24, minute < 60, second <= 60
    else { return false }
    var rest = text[8...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0.isDecimalDigit }
      guard !digits.isEmpty else { return false }
      rest = rest[digits.endIndex...]
    }
    guard let offset = offsetMinutes(rest) else { return false }
    // A leap second ends a day of UTC.
    let utc = (hour * 60 + minute - offset + 2 * 1440) % 1440
    return second < 60 || utc == 1439
  }

  private static func offsetMinutes(_ text: ArraySlice<UInt8>) -> Int? {
    guard let sign = text.first else { return nil }
    let text = Array(text)
    if sign | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == 6, text[3] == UInt8(ascii: ":"),
      let hours = number(text[1..<3]), let minutes = number(text[4..<6]), hours < 24, minutes < 60
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.allSatisfy(\.isDecimalDigit) ? digits.reduce(0) { $0 * 10 + Int($1 - 48) } : nil
  }

  static func isDuration(_ text: [UInt8]) -> Bool {
    guard text.first == UInt8(ascii: "P") else { return false }
    let parts = text.dropFirst().split(separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let date = units(parts[0]), let time = parts.count == 2 ? units(parts[1]) : [] else { return false }
    if parts.count == 2, time.isEmpty { return false }
    if date.isEmpty, time.isEmpty { return false }
    if date == Array("W".utf8) { return parts.count == 1 }
    return isRun(date, of: "YMD") && isRun(time, of: "HMS")
  }

  /// The letters that follow the numbers.
  private static func units(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    var rest = text
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isDecimalDigit }
      guard !digits.isEmpty, digits.endIndex < rest.endIndex else { return nil }
      out.append(rest[digits.endIndex])
      rest = rest[(digits.endIndex + 1)...]
    }
    return out
  }

  /// Units follow each other without a gap: hours and seconds want minutes between them.
  private static func isRun(_ units: [UInt8], of all: String) -> Bool {
    let all = Array(all.utf8)
    guard let first = units.first else { return true }
    guard let start = all.firstIndex(of: first) else { return false }
    return all[start...].starts(with: units)
  }
}
