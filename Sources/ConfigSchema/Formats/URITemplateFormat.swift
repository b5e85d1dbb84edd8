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
