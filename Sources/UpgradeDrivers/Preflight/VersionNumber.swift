/// The numbers of a version, as programs print them: `3.11.2`, `10.11.6-MariaDB`, `15.5 (Debian 15.5-0+deb12u1)`.
package struct VersionNumber: Hashable, Sendable {
  package let parts: [Int]
  /// As it was written.
  package let text: String

  /// The first run of numbers with dots between them in a text; a single number counts where there is none with a dot.
  package init?(firstIn said: String) {
    var alone: [UInt8]?
    var index = 0
    let bytes = Array(said.utf8)
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    while index < bytes.count {
      guard isDigit(bytes[index]) else {
        index += 1
        continue
      }
      var end = index
      while end < bytes.count,
        isDigit(bytes[end]) || (bytes[end] == UInt8(ascii: ".") && end + 1 < bytes.count && isDigit(bytes[end + 1]))
      {
        end += 1
      }
      let run = Array(bytes[index..<end])
      if run.contains(UInt8(ascii: ".")) {
        self.init(run)
        return
      }
      if alone == nil { alone = run }
      index = end
    }
    guard let alone else { return nil }
    self.init(alone)
  }

  private init?(_ run: [UInt8]) {
    text = String(decoding: run, as: UTF8.self)
    parts = run.split(separator: UInt8(ascii: ".")).map { Int(String(decoding: $0, as: UTF8.self)) ?? .max }
    if parts.isEmpty { return nil }
  }
}

extension VersionNumber: Comparable {
  /// A part that is missing counts as 0.
  package static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    for index in 0..<max(left.parts.count, right.parts.count) {
      let (a, b) = (
        index < left.parts.count ? left.parts[index] : 0, index < right.parts.count ? right.parts[index] : 0
      )
      if a != b { return a < b }
    }
    return false
  }

  package static func == (left: VersionNumber, right: VersionNumber) -> Bool { !(left < right) && !(right < left) }

  package func hash(into hasher: inout Hasher) {
    var significant = parts
    while significant.last == 0 { significant.removeLast() }
    hasher.combine(significant)
  }
}
