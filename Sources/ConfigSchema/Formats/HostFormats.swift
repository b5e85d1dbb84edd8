/// Names and addresses of hosts.
enum HostFormats {
  /// RFC 1123, with the A-labels of RFC 5890.
  static func isHostname(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 253 else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard isLabel(label) else { return false }
      let start = label.prefix(4).map { $0 | 0x20 }
      if label.dropFirst(2).starts(with: "--".utf8) {
        guard start[0...1] == [UInt8(ascii: "x"), UInt8(ascii: "n")] else { return false }
        return InternationalLabel.isALabel(label.dropFirst(4))
      }
      return true
    }
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
    return first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
      && label.allSatisfy { $0.isASCIILetter || $0.isDecimalDigit || $0 == UInt8(ascii: "-") }
  }

  /// RFC 5890, with the full stops of RFC 3490.
  static func isInternationalHostname(_ text: String) -> Bool {
    let stops: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
    let labels = Array(text.unicodeScalars).split(omittingEmptySubsequences: false) { stops.contains($0) }
    var length = labels.count - 1
    for label in labels {
      guard let encoded = InternationalLabel.encodedLength(Array(label)) else { return false }
      length += encoded
    }
    return length > 0 && length <= 253
  }

  static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard 1...3 ~= part.count, part.allSatisfy(\.isDecimalDigit) else { return false }
        if part.count > 1, part.first == UInt8(ascii: "0") { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
      }
  }

  static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    var groups = 0
    var hasGap = false
    var rest = text
    if rest.starts(with: "::".utf8) {
      hasGap = true
      rest = rest.dropFirst(2)
      if rest.isEmpty { return true }
    }
    while true {
      let group = rest.prefix { $0 != UInt8(ascii: ":") }
      if group.endIndex == rest.endIndex, group.contains(UInt8(ascii: ".")) {
        guard isIPv4(group) else { return false }
        groups += 2
        break
      }
      guard 1...4 ~= group.count, group.allSatisfy(\.isHexDigit) else { return false }
      groups += 1
      rest = rest[group.endIndex...]
      if rest.isEmpty { break }
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: ":") {
        if hasGap { return false }
        hasGap = true
        rest = rest.dropFirst()
        if rest.isEmpty { break }
      }
    }
    return hasGap ? groups < 8 : groups == 8
  }
}
