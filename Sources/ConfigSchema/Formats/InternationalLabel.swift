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
    guard isAllowed(label), followsBidiRule(label), let encoded = Punycode.encode(label) else { return nil }
    return encoded.count + 4 <= 63 ? encoded.count + 4 : nil
  }

  /// Whether what follows `xn--` decodes to a label that is written so.
  static func isALabel(_ text: ArraySlice<UInt8>) -> Bool {
    guard let label = Punycode.decode(text), label.contains(where: { !$0.isASCII }), label.first != "-",
      label.last != "-", isAllowed(label), followsBidiRule(label)
    else { return false }
    return true
  }

  private static func isAllowed(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, !isMark(first) else { return false }
    for (index, scalar) in label.enumerated() where !isValid(scalar) {
      guard contextAllows(scalar, at: index, in: label) else { return false }
    }
    return true
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
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

  /// RFC 5893, section 2, with directions told by the blocks of the scripts that run from right to left.
  private static func followsBidiRule(_ label: [Unicode.Scalar]) -> Bool {
    guard label.contains(where: isRightToLeft) else { return true }
    guard let first = label.first, isRightToLeft(first) else { return false }
    let isLatin = { (scalar: Unicode.Scalar) in !isRightToLeft(scalar) && scalar.properties.isAlphabetic && !isMark(scalar) }
    return !label.contains(where: isLatin)
  }

  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    guard !isMark(scalar), scalar.properties.generalCategory != .decimalNumber else { return false }
    return 0x590...0x8FF ~= scalar.value || 0xFB1D...0xFDFF ~= scalar.value || 0xFE70...0xFEFF ~= scalar.value
      || 0x10800...0x10FFF ~= scalar.value || 0x1E800...0x1EFFF ~= scalar.value
  }
}

/// RFC 3492.
enum Punycode {
  static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
    var out = label.filter(\.isASCII).map { UInt8($0.value) }
    var handled = out.count
    let basic = handled
    if basic > 0 { out.append(UInt8(ascii: "-")) }
    var (point, delta, bias): (UInt32, Int, Int) = (128, 0, 72)
    while handled < label.count {
      guard let next = label.map(\.value).filter({ $0 >= point }).min() else { return nil }
      delta += Int(next - point) * (handled + 1)
      point = next
      for scalar in label {
        if scalar.value < point { delta += 1 }
        guard scalar.value == point else { continue }
        var rest = delta
        var position = 36
        while true {
          let threshold = min(max(position - bias, 1), 26)
          if rest < threshold { break }
          out.append(digit(threshold + (rest - threshold) % (36 - threshold)))
          rest = (rest - threshold) / (36 - threshold)
          position += 36
        }
        out.append(digit(rest))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      point += 1
    }
    return out
  }

  static func decode(_ text: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
    var out: [Unicode.Scalar] = []
    var rest = text
    if let hyphen = text.lastIndex(of: UInt8(ascii: "-")) {
      out = text[..<hyphen].map { Unicode.Scalar($0) }
      rest = text[(hyphen + 1)...]
    }
    guard !rest.isEmpty else { return nil }
    var (point, index, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let start = index
      var weight = 1
      var position = 36
      while true {
        guard let byte = rest.popFirst(), let digit = value(byte), weight < 1 << 30 else { return nil }
        index += digit * weight
        let threshold = min(max(position - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        position += 36
      }
      bias = adapted(index - start, out.count + 1, isFirst: start == 0)
      point += index / (out.count + 1)
      index %= out.count + 1
      guard point <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(point)) else { return nil }
      out.insert(scalar, at: index)
      index += 1
    }
    return out
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var bias = 0
    while delta > 455 {
      delta /= 35
      bias += 36
    }
    return bias + 36 * delta / (delta + 38)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 97 : value + 22) }

  private static func value(_ byte: UInt8) -> Int? {
    if byte.isASCIILetter { return Int(byte | 0x20) - 97 }
    return byte.isDecimalDigit ? Int(byte) - 22 : nil
  }
}
