public import ConfigDocument

/// Takes secrets out of what people are shown, and leaves a tag that tells whether two secrets are the same.
///
/// A secret is masked where it stands, and wherever else its text appears: in a place that it was copied or moved to,
/// in a comment, in a message.
public struct SecretMask: Sendable {
  /// What stands for a secret: `<secret 3f9a1c>`.
  public typealias Tag = @Sendable (Value) -> String

  /// Shorter texts are masked only where a secret stands: they are words of everything else too.
  private static let shortest = 6

  private let tag: Tag
  private let values: Set<Value>
  /// Texts that appear nowhere, longest first, with what is shown instead.
  private let needles: [(text: [UInt8], tag: String)]

  /// - Parameter spans: all secrets, of before and after.
  package init(_ spans: [SecretSpan], tag: @escaping Tag) {
    self.tag = tag
    values = Set(spans.map(\.value))
    var seen: Set<[UInt8]> = []
    var needles: [(text: [UInt8], tag: String)] = []
    for value in values {
      let shown = tag(value)
      for text in Self.texts(of: value) where text.count >= Self.shortest && seen.insert(text).inserted {
        needles.append((text, shown))
      }
    }
    self.needles = needles.sorted {
      $0.text.count == $1.text.count ? $0.text.lexicographicallyPrecedes($1.text) : $0.text.count > $1.text.count
    }
  }

  /// What stands for a value that is a secret; nil for one that is none.
  package func tag(of value: Value) -> String? { values.contains(value) ? tag(value) : nil }

  /// What stands for the secrets.
  package var tags: [String] { values.map(tag) }

  /// The ways in which a value may be spelled, line by line.
  private static func texts(of value: Value) -> [[UInt8]] {
    switch value {
    case .string(let text):
      let lines = text.utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      return lines.flatMap { line -> [[UInt8]] in
        let plain = Array(line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
        let quoted = Array(JSONText.quoted(utf8: plain).dropFirst().dropLast())
        let doubled = plain.flatMap { $0 == UInt8(ascii: "'") ? [$0, $0] : [$0] }
        return [plain, quoted, doubled]
      }
    case .number(let number): return [Array(number.spelling.utf8)]
    default: return []
    }
  }

  // MARK: Texts

  /// A file with its secrets masked, line for line.
  /// - Complexity: O(size of the text × secrets).
  package func masked(_ bytes: [UInt8], at spans: [SecretSpan]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var offset = 0
    for span in spans where span.range.lowerBound >= offset {
      out += masked(bytes[offset..<span.range.lowerBound])
      out += Self.replacing(bytes[span.range], by: tag(span.value))
      offset = span.range.upperBound
    }
    return out + masked(bytes[offset...])
  }

  /// Every line of a secret is replaced, behind its indentation.
  private static func replacing(_ text: ArraySlice<UInt8>, by tag: String) -> [UInt8] {
    var out: [UInt8] = []
    var isIndentation = true
    for byte in text {
      let isBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      if isBreak || (isBlank && isIndentation) {
        out.append(byte)
        if isBreak { isIndentation = true }
      } else if isIndentation {
        out += Array(tag.utf8)
        isIndentation = false
      }
    }
    return out
  }

  /// Replaces what is found from left to right, the longest first, so that no tag is looked into.
  private func masked(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var rest = text
    var copied = text.startIndex
    while let byte = rest.first {
      guard let (count, tag) = secret(beginning: rest, with: byte) else {
        rest.removeFirst()
        continue
      }
      out += text[copied..<rest.startIndex]
      out += Array(tag.utf8)
      rest = rest.dropFirst(count)
      copied = rest.startIndex
    }
    return out + text[copied...]
  }

  /// The secret with which a text begins, also one that a message cuts short: `was `abcde…``.
  private func secret(beginning text: ArraySlice<UInt8>, with byte: UInt8) -> (count: Int, tag: String)? {
    for needle in needles where needle.text[0] == byte {
      let common = zip(needle.text, text).prefix { $0 == $1 }.count
      if common == needle.text.count { return (common, needle.tag) }
      if common >= Self.shortestPart, text.dropFirst(common).starts(with: Self.ellipsis) { return (common, needle.tag) }
    }
    return nil
  }

  private static let shortestPart = 3
  private static let ellipsis = Array("…".utf8)

  package func masked(_ text: String) -> String {
    needles.isEmpty ? text : String(decoding: masked(Array(text.utf8)[...]), as: UTF8.self)
  }
}
