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
      guard literal.first.map({ $0 | 0x20 == UInt8(ascii: "v") }) == true ? isFuture(literal) : HostFormats.isIPv6(literal)
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

/// RFC 6570.
enum URITemplateFormat {
  static func accepts(_ text: String) -> Bool {
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{":
        guard let close = rest.firstIndex(of: "}"), isExpression(rest[..<close]) else { return false }
        rest = rest[rest.index(after: close)...]
      case "%":
        guard let high = rest.popFirst(), let low = rest.popFirst(), isHex(high), isHex(low) else { return false }
      case "}", "\"", "<", ">", "\\", "^", "`", "|": return false
      default: if scalar.value <= 0x20 || scalar.value == 0x7F { return false }
      }
    }
    return true
  }

  private static func isHex(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && UInt8(scalar.value).isHexDigit }

  private static func isExpression(_ text: Substring.UnicodeScalarView) -> Bool {
    var bytes = Array(String(text).utf8)[...]
    if let first = bytes.first, "+#./;?&=,!@|".utf8.contains(first) { bytes = bytes.dropFirst() }
    return bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { variable in
      var name = variable
      if name.last == UInt8(ascii: "*") {
        name = name.dropLast()
      } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
        let length = name[(colon + 1)...]
        guard 1...4 ~= length.count, length.allSatisfy(\.isDecimalDigit), length.first != 48 else { return false }
        name = name[..<colon]
      }
      return isName(name)
    }
  }

  private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
    name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      var part = part
      guard !part.isEmpty else { return false }
      while let byte = part.popFirst() {
        if byte == UInt8(ascii: "%") {
          guard part.popFirst()?.isHexDigit == true, part.popFirst()?.isHexDigit == true else { return false }
        } else if !(byte.isASCIILetter || byte.isDecimalDigit || byte == UInt8(ascii: "_")) {
          return false
        }
      }
      return true
    }
  }
}

/// RFC 6901, and its relative form.
enum PointerFormats {
  static func isPointer(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    guard first == UInt8(ascii: "/") else { return false }
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "~") {
        guard let next = rest.popFirst(), next == UInt8(ascii: "0") || next == UInt8(ascii: "1") else { return false }
      }
    }
    return true
  }

  static func isRelativePointer(_ text: [UInt8]) -> Bool {
    let digits = text.prefix { $0.isDecimalDigit }
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
    let rest = text[digits.endIndex...]
    return rest.elementsEqual("#".utf8) || isPointer(rest)
  }
}
