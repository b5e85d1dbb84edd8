/// Spells new scalars so that every reader sees the value that is meant: YAML 1.1 and 1.2, block and flow.
struct ScalarWriter {
  /// Whether the scalar stands between brackets, where plain ones may not hold commas and brackets.
  var inFlow: Bool
  /// Quotes for strings that cannot be plain. Most can be, so nobody is asked before.
  private let quotes: () -> Node.Style
  /// What the file's readers take plain numbers for.
  var version: Document.YAMLVersion

  init(
    inFlow: Bool, quotes: @autoclosure @escaping () -> Node.Style, version: Document.YAMLVersion = .yaml12
  ) {
    self.inFlow = inFlow
    self.quotes = quotes
    self.version = version
  }

  /// - Parameter style: the style of the scalar that is replaced, kept where it is legal; nil for a new one, which is
  ///   plain where it can be.
  func text(_ value: Value, style: Node.Style?) -> [UInt8] {
    guard case .string(let string) = value else {
      if case .number(let number) = value { return Array(number.spelled(for: version).utf8) }
      return Array((value == .null ? "null" : value.scalarText).utf8)
    }
    switch style {
    case .singleQuoted where canBeSingleQuoted(string): return singleQuoted(string)
    case .doubleQuoted: return doubleQuoted(string)
    default:
      if canBePlain(string) { return Array(string.utf8) }
      return quotes() == .singleQuoted && canBeSingleQuoted(string) ? singleQuoted(string) : doubleQuoted(string)
    }
  }

  /// Whether a key with this text must have `?` before it: one that is not there, has several lines, or is too long for
  /// libyaml to wait for its colon.
  static func needsQuestionMark(_ key: [UInt8]) -> Bool {
    key.isEmpty || key.count > 1_000 || holdsBreak(key)
  }

  /// Whether libyaml sees a line break: NEL, LS and PS are some.
  static func holdsBreak(_ text: [UInt8]) -> Bool {
    text.contains(where: \.isBreak)
      || String(decoding: text, as: UTF8.self).unicodeScalars.contains {
        "\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0)
      }
  }

  /// Whether a string may stand without quotes: YAML 1.2.2, sections 7.3.3 and 6.9, and no reader takes it for something else.
  func canBePlain(_ text: String) -> Bool {
    if Self.isEvidentWord(text) { return true }
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, !first.isBlank, !last.isBlank else { return false }
    if "-?:".utf8.contains(first) {
      guard bytes.count > 1, !(inFlow && first == UInt8(ascii: ":")), !bytes[1].isBlank, !isFlowIndicator(bytes[1])
      else { return false }
    } else if ",[]{}#&*!|>'\"%@`".utf8.contains(first) {
      return false
    }
    if bytes.starts(with: "---".utf8) || bytes.starts(with: "...".utf8) || last == UInt8(ascii: ":") { return false }
    for (index, byte) in bytes.enumerated() {
      if byte < 0x20 || byte == 0x7F { return false }
      // libyaml takes a question mark for the start of a key, wherever it stands between brackets.
      if inFlow, isFlowIndicator(byte) || byte == UInt8(ascii: "?") { return false }
      if byte == UInt8(ascii: ":"), index + 1 < bytes.count {
        if bytes[index + 1].isBlank || (inFlow && isFlowIndicator(bytes[index + 1])) { return false }
      }
      if byte == UInt8(ascii: "#"), bytes[index - 1].isBlank { return false }
    }
    return text.unicodeScalars.allSatisfy(Self.isPrintable) && !Self.isAmbiguous(text)
  }

  /// Whether it starts with a letter and holds nothing but letters, digits, `-` and `_`, and is longer than any word that a
  /// reader takes for something else than a string. Most keys are such words.
  private static func isEvidentWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isAnchorCharacter, !first.isDigit, first != UInt8(ascii: "-"),
      text.utf8.count > "false".utf8.count
    else { return false }
    return text.utf8.allSatisfy(\.isAnchorCharacter)
  }

  private func isFlowIndicator(_ byte: UInt8) -> Bool { ",[]{}".utf8.contains(byte) }

  /// Whether a plain scalar with this text is, to YAML 1.1 or 1.2 or to a common reader, no string.
  static func isAmbiguous(_ text: String) -> Bool {
    for version in [Document.YAMLVersion.yaml11, .yaml12] {
      guard case .string = ScalarResolution.plainValue(of: text, version: version) else { return true }
    }
    if text == "=" || text == "<<" { return true }
    let bytes = Array(text.utf8)
    // Dates and times, base 60, numbers with underscores: readers differ, so nobody is asked.
    guard let first = bytes.first, first.isDigit || "+-.".utf8.contains(first) else { return false }
    return bytes.contains(where: \.isDigit)
      && bytes.allSatisfy { $0.isDigit || "+-.:_eExXoOabcdefABCDEFTtZz ".utf8.contains($0) }
      && !Self.isVersionLike(bytes)
  }

  /// `2.2.0` and the like: two points or more make it no number to anyone.
  private static func isVersionLike(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") } && bytes.count(where: { $0 == UInt8(ascii: ".") }) >= 2
  }

  private func canBeSingleQuoted(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { Self.isPrintable($0) && $0.value >= 0x20 }
  }

  private func singleQuoted(_ text: String) -> [UInt8] {
    let quote = UInt8(ascii: "'")
    return [quote] + text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  private func doubleQuoted(_ text: String) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "\"")]
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += Array("\\\"".utf8)
      case "\\": out += Array("\\\\".utf8)
      case "\n": out += Array("\\n".utf8)
      case "\r": out += Array("\\r".utf8)
      case "\t": out += Array("\\t".utf8)
      case _ where scalar.value < 0x20 || !Self.isPrintable(scalar):
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        out += Array("\\\(mark)\(String(repeating: "0", count: width - hex.utf8.count))\(hex)".utf8)
      default: out += Array(String(scalar).utf8)
      }
    }
    out.append(UInt8(ascii: "\""))
    return out
  }

  /// Whether a character may stand for itself, and is no line break to any reader: YAML 1.2.2, section 5.1.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }
}
