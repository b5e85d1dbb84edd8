/// RFC 3986 and, for international ones, RFC 3987.
enum URIFormats {
  static func isURI(_ text: String, international: Bool, relative: Bool) -> Bool {
    for scalar in text.unicodeScalars where scalar.value >= 0x80 {
      guard international, isInternational(scalar) else { return false }
    }
    let uri = URIReference(text)
    if let scheme = uri.scheme {
      guard isScheme(scheme) else { return false }
    } else {
      guard relative else { return false }
      // Without a scheme the first segment holds no colon, or it would be one.
      if uri.authority == nil, uri.path.prefix(while: { $0 != "/" }).contains(":") { return false }
    }
    if let authority = uri.authority, !isAuthority(Array(authority.utf8)) { return false }
    return hasOnly(uri.path.utf8, "/:@") && hasOnly((uri.query ?? "").utf8, "/?:@")
      && hasOnly((uri.fragment ?? "").utf8, "/?:@")
      && !privateUse(outsideQueryOf: uri)
  }

  /// The characters that RFC 3987 adds, private ones included.
  private static func isInternational(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0...0xD7FF, 0xE000...0xFDCF, 0xFDF0...0xFFEF: true
    case 0x10000...0x10FFFD: scalar.value & 0xFFFF <= 0xFFFD && !(0xE0000...0xE0FFF ~= scalar.value)
    default: false
    }
  }

  private static func privateUse(outsideQueryOf uri: URIReference) -> Bool {
    [uri.authority ?? "", uri.path, uri.fragment ?? ""].contains { part in
      part.unicodeScalars.contains { 0xE000...0xF8FF ~= $0.value || $0.value >= 0xF0000 }
    }
  }

  private static func isScheme(_ text: String) -> Bool {
    text.utf8.first?.isASCIILetter == true
      && text.utf8.allSatisfy { $0.isASCIILetter || $0.isDecimalDigit || "+-.".utf8.contains($0) }
  }

  private static func isAuthority(_ text: [UInt8]) -> Bool {
    var host = text[...]
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      guard hasOnly(host[..<at], ":") else { return false }
      host = host[(at + 1)...]
    }
    if host.first == UInt8(ascii: "[") {
      guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let literal = host[(host.startIndex + 1)..<close]
      guard
        literal.first.map({ $0 | 0x20 == UInt8(ascii: "v") }) == true ? isFuture(literal) : HostFormats.isIPv6(literal)
      else { return false }
      host = host[(close + 1)...]
      return host.isEmpty || host.first == UInt8(ascii: ":") && host.dropFirst().allSatisfy(\.isDecimalDigit)
    }
    if let colon = host.lastIndex(of: UInt8(ascii: ":")) {
      guard host[(colon + 1)...].allSatisfy(\.isDecimalDigit) else { return false }
      host = host[..<colon]
    }
    return hasOnly(host, "")
  }

  /// `v`, hex digits, a full stop, and an address of the future.
  private static func isFuture(_ text: ArraySlice<UInt8>) -> Bool {
    let version = text.dropFirst().prefix { $0.isHexDigit }
    let rest = text[version.endIndex...]
    return !version.isEmpty && rest.first == UInt8(ascii: ".") && rest.count > 1
      && hasOnly(rest.dropFirst(), ":") && !rest.contains(UInt8(ascii: "%"))
  }

  /// Whether the text holds only unreserved characters, sub-delimiters, percent escapes and `others`.
  private static func hasOnly(_ text: some Sequence<UInt8>, _ others: String) -> Bool {
    var bytes = text.makeIterator()
    while let byte = bytes.next() {
      if byte == UInt8(ascii: "%") {
        guard bytes.next()?.isHexDigit == true, bytes.next()?.isHexDigit == true else { return false }
      } else if !(byte.isASCIILetter || byte.isDecimalDigit || byte >= 0x80 || "-._~!$&'()*+,;=".utf8.contains(byte)
        || others.utf8.contains(byte))
      {
        return false
      }
    }
    return true
  }
}
