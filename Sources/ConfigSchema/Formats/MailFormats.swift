/// Mailboxes by RFC 5321, section 4.1.2, and RFC 6531.
enum MailFormats {
  static func isAddress(_ text: String, international: Bool) -> Bool {
    let bytes = Array(text.utf8)
    if !international, bytes.contains(where: { $0 >= 0x80 }) { return false }
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = bytes[..<at]
    let domain = bytes[(at + 1)...]
    guard !local.isEmpty, local.count <= 64 else { return false }
    guard local.first == UInt8(ascii: "\"") ? isQuoted(local) : isDotted(local) else { return false }
    if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 {
      let literal = domain.dropFirst().dropLast()
      let isV6 = literal.prefix(5).elementsEqual("IPv6:".utf8)
      return isV6 ? HostFormats.isIPv6(literal.dropFirst(5)) : HostFormats.isIPv4(literal)
    }
    let host = String(decoding: domain, as: UTF8.self)
    return international ? HostFormats.isInternationalHostname(host) : HostFormats.isHostname(host)
  }

  private static func isDotted(_ local: ArraySlice<UInt8>) -> Bool {
    local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty
        && atom.allSatisfy { byte in
          byte.isASCIILetter || byte.isDecimalDigit || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }
  }

  private static func isQuoted(_ local: ArraySlice<UInt8>) -> Bool {
    guard local.count >= 2, local.last == UInt8(ascii: "\"") else { return false }
    var rest = local.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        guard let next = rest.popFirst(), next >= 32, next < 127 else { return false }
      } else if byte < 32 || byte == 127 || byte == UInt8(ascii: "\"") {
        return false
      }
    }
    return true
  }
}
