/// A label of an internationalised host name (RFC 5891 to 5893).
enum InternationalLabel {
  /// - Returns: the length of the label as it goes over the wire; nil where it is not allowed.
  static func encodedLength(_ label: [Unicode.Scalar]) -> Int? {
    guard let first = label.first, let last = label.last, first != "-", last != "-" else { return nil }
    if label.allSatisfy(\.isASCII) {
      let bytes = label.map { UInt8($0.value) }
      let text = String(decoding: bytes, as: UTF8.self)
      return bytes.count <= 63 && HostFormats.isHostname(text) ? bytes.count : nil
    }
    if label.count > 3, label[2] == "-", label[3] == "-" { return nil }
    guard isAllowed(label), let encoded = Punycode.encode(label) else { return nil }
    return encoded.count + 4 <= 63 ? encoded.count + 4 : nil
  }

  /// Whether what follows `xn--` is how a label is written that is allowed.
  static func isALabel(_ text: ArraySlice<UInt8>) -> Bool {
    guard let label = Punycode.decode(text), label.contains(where: { !$0.isASCII }), label.first != "-",
      label.last != "-", isAllowed(label), BidirectionalText.followsRule([label])
    else { return false }
    if label.count > 3, label[2] == "-", label[3] == "-" { return false }
    return Punycode.encode(label)?.elementsEqual(text.map { 65...90 ~= $0 ? $0 | 0x20 : $0 }) ?? false
  }

  /// The label as people read it: an A-label decoded, any other as it is.
  static func decoded(_ label: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard label.count > 4, label.allSatisfy(\.isASCII) else { return label }
    let bytes = label.map { UInt8($0.value) }
    guard bytes.prefix(4).map({ $0 | 0x20 }).elementsEqual("xn--".utf8) else { return label }
    return Punycode.decode(bytes[4...]) ?? label
  }

  private static func isAllowed(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, !isMark(first) else { return false }
    for (index, scalar) in label.enumerated() where !isValid(scalar) {
      guard contextAllows(scalar, at: index, in: label) else { return false }
    }
    return true
  }

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// The derived property PVALID of RFC 5892.
  private static func isValid(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    // Contextual rules decide on these.
    case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9, 0x200C, 0x200D: return false
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return false
    case 0x2D, 0x30...0x39, 0x61...0x7A: return true
    case 0..<0x80: return false
    default: break
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint || properties.isWhitespace || properties.isNoncharacterCodePoint {
      return false
    }
    // What case folding or compatibility changes is not stable.
    if properties.changesWhenNFKCCaseFolded { return false }
    switch properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter, .nonspacingMark,
      .spacingMark:
      return true
    default: return false
    }
  }

  /// RFC 5892, appendix A.
  private static func contextAllows(_ scalar: Unicode.Scalar, at index: Int, in label: [Unicode.Scalar]) -> Bool {
    let before = index > 0 ? label[index - 1] : nil
    let after = index + 1 < label.count ? label[index + 1] : nil
    switch scalar.value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { 0x370...0x3FF ~= $0.value || 0x1F00...0x1FFF ~= $0.value } ?? false
    case 0x5F3, 0x5F4: return before.map { 0x591...0x5F4 ~= $0.value } ?? false
    case 0x30FB:
      return label.contains { other in
        switch other.value {
        case 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3400...0x9FFF, 0x20000...0x3FFFF, 0x3005, 0x3007:
          true
        default: false
        }
      }
    case 0x660...0x669: return !label.contains { 0x6F0...0x6F9 ~= $0.value }
    case 0x6F0...0x6F9: return !label.contains { 0x660...0x669 ~= $0.value }
    case 0x200D: return before?.properties.canonicalCombiningClass == .virama
    case 0x200C:
      if before?.properties.canonicalCombiningClass == .virama { return true }
      // Joining types, as far as the scripts that join tell: Arabic and its neighbours.
      return before.map(joins) ?? false && after.map(joins) ?? false
    default: return false
    }
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    0x620...0x74A ~= scalar.value || 0x750...0x77F ~= scalar.value || 0x7CA...0x7EA ~= scalar.value
  }
}
