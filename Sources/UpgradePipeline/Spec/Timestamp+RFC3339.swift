package import ConfigStore

extension Timestamp {
  /// Reads `2026-12-05T01:00:00+01:00`, also with a fraction or with `Z`.
  /// - Returns: nil where the text has another form.
  package init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let base = Timestamp("\(String(decoding: bytes[..<19], as: UTF8.self)).000Z") else {
      return nil
    }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
    var offset: Int64 = 0
    if !rest.elementsEqual([UInt8(ascii: "Z")]) {
      let digits = String(decoding: rest.dropFirst(), as: UTF8.self).split(separator: ":")
      guard rest.count == 6, digits.count == 2, let hours = Int64(digits[0]), let minutes = Int64(digits[1]),
        let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
    self.init(seconds: base.seconds - offset)
  }

  /// The day of the week; Monday is 0.
  package var weekday: Int { Int(((seconds >= 0 ? seconds : seconds - 86_399) / 86_400 + 3) % 7 + 7) % 7 }

  package func adding(seconds more: Int64) -> Timestamp {
    Timestamp(seconds: seconds + more, nanoseconds: nanoseconds)
  }

  /// Milliseconds from `earlier` to this moment; never negative, though a clock may have been set back.
  package func milliseconds(since earlier: Timestamp) -> Int {
    max(0, Int((seconds - earlier.seconds) * 1_000) + Int(nanoseconds - earlier.nanoseconds) / 1_000_000)
  }
}
