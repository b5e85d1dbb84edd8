/// What a scalar means: its type by tag, style and text.
///
/// YAML 1.2.2, section 10.3 (the core schema), or the types of YAML 1.1 (yaml.org/type), where the application reads those.
enum ScalarResolution {
  static func value(
    of text: String, isPlain: Bool, tag: String?, version: Document.YAMLVersion
  ) -> Value {
    switch tag {
    case "tag:yaml.org,2002:str", "!": return .string(text)
    case "tag:yaml.org,2002:null": return .null
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool":
      return plainValue(of: text, version: version)
    case .some(_) where !isPlain: return .string(text)
    // What an application makes of a tag of its own is not known here; its text is what can be compared.
    case .some(_): return .string(text)
    case nil: return isPlain ? plainValue(of: text, version: version) : .string(text)
    }
  }

  static func plainValue(of text: String, version: Document.YAMLVersion) -> Value {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(text, bytes, version: version).map(Value.number) ?? .string(text)
    case UInt8(ascii: "~"): return bytes.count == 1 ? .null : .string(text)
    default: break
    }
    switch text {
    case "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    guard version == .yaml11 else { return .string(text) }
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": return .bool(true)
    case "n", "N", "no", "No", "NO", "off", "Off", "OFF": return .bool(false)
    default: return .string(text)
    }
  }

  /// What a plain scalar without a tag is, where a glance at its bytes tells; nil where that takes ``plainValue(of:version:)``.
  ///
  /// Most scalars of a file are words, and numbers of digits alone.
  static func evidentKind(
    of text: UnsafeBufferPointer<UInt8>, version: Document.YAMLVersion
  ) -> ValueTree.Kind? {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      guard version == .yaml12 else { return nil }
      var isDigitsAlone = true
      for byte in text where !byte.isDigit {
        isDigitsAlone = false
        if !byte.mayBeInNumber { return .string }
      }
      return isDigitsAlone ? .number : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"): return nil
    case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"),
      UInt8(ascii: "F"):
      return text.count > "false".utf8.count ? .string : nil
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "o"), UInt8(ascii: "O"):
      return version == .yaml12 || text.count > "yes".utf8.count ? .string : nil
    default: return .string
    }
  }

  private static func number(_ text: String, _ bytes: [UInt8], version: Document.YAMLVersion) -> Number? {
    switch version {
    case .yaml12: return Number.Decimal(bytes).map { Number(spelling: text, decimal: $0) }
    case .yaml11: return YAML11Number.number(text, bytes)
    }
  }
}

extension UInt8 {
  /// Whether a number of YAML 1.2 may hold it.
  fileprivate var mayBeInNumber: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "."),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// Numbers as YAML 1.1 writes them: underscores, `0b`, a leading zero for octal, base 60.
private enum YAML11Number {
  static func number(_ text: String, _ bytes: [UInt8]) -> Number? {
    var rest = bytes.filter { $0 != UInt8(ascii: "_") }[...]
    guard bytes.first != UInt8(ascii: "_"), let first = rest.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { rest.removeFirst() }
    guard let decimal = magnitude(rest) else { return nil }
    var signed = decimal
    if isNegative, !signed.digits.isEmpty || signed.kind == .infinite { signed.negative = true }
    return Number(spelling: text, decimal: signed)
  }

  private static func magnitude(_ text: ArraySlice<UInt8>) -> Number.Decimal? {
    if text.starts(with: "0b".utf8) { return Number.Decimal(text.dropFirst(2), radix: 2) }
    if text.starts(with: "0x".utf8) { return Number.Decimal(text.dropFirst(2), radix: 16) }
    if text.contains(UInt8(ascii: ":")) { return base60(text) }
    if text.first == UInt8(ascii: "0"), text.count > 1, text.allSatisfy(\.isDigit) {
      return Number.Decimal(text.dropFirst(), radix: 8)
    }
    if text.allSatisfy(\.isDigit) { return Number.Decimal(Array(text)) }
    // A float has a point in YAML 1.1; its exponent has a sign.
    guard text.contains(UInt8(ascii: ".")) else { return nil }
    if let e = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard e + 1 < text.endIndex, text[e + 1] == UInt8(ascii: "+") || text[e + 1] == UInt8(ascii: "-") else {
        return nil
      }
    }
    guard text.first != UInt8(ascii: "+"), text.first != UInt8(ascii: "-") else { return nil }
    return Number.Decimal(Array(text))
  }

  private static func base60(_ text: ArraySlice<UInt8>) -> Number.Decimal? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var total = 0
    for (index, part) in parts.enumerated() {
      guard let digits = Int(String(decoding: part, as: UTF8.self)), part.allSatisfy(\.isDigit),
        index == 0 ? digits > 0 && digits < 1_000_000_000 : part.count <= 2 && digits < 60, parts.count <= 5
      else { return nil }
      total = total * 60 + digits
    }
    return Number.Decimal(Array(String(total).utf8))
  }
}
