/// A pattern that one walk over the text decides, without a way back: `^x-`, `^[a-z][a-z0-9-]*$`, `^v\d+\.\d+$`, `.+`.
///
/// Most patterns of real schemas are so, and most keys are shorter than what the call of a matcher costs. Of the others
/// it may be the beginning, `es20` of `^es20(15|16)$`: a text without it needs no matcher either.
///
/// A value without a count of references: whoever makes one frees it, once.
package struct PlainPattern: @unchecked Sendable, BitwiseCopyable {
  /// A repeated set of ASCII characters.
  struct Part: BitwiseCopyable {
    var set: ASCIISet
    var least = 1
    var most = 1
  }

  private let parts: UnsafeBufferPointer<Part>
  /// How many of the parts, from the first one, stand for one character each.
  private let singles: Int
  private let isAnchored: Bool
  private let endsWithText: Bool
  /// Whether more than these parts is demanded, so that they can say no but not yes.
  private let isBeginning: Bool
  package let beginning: PatternBeginning

  /// - Parameter source: a pattern of ECMA-262 that has been found right.
  /// - Returns: nil where it is not that simple.
  init?(_ source: String) {
    var reader = PlainPatternReader(Array(source.utf8))
    guard let parts = reader.read() ?? reader.readBeginning() else { return nil }
    isAnchored = reader.isAnchored
    endsWithText = reader.endsWithText
    isBeginning = reader.isBeginning
    guard isAnchored ? Self.isDeterministic(parts) : !endsWithText && parts.count == 1 else { return nil }
    let memory = UnsafeMutableBufferPointer<Part>.allocate(capacity: parts.count)
    _ = memory.initialize(from: parts)
    self.parts = UnsafeBufferPointer(memory)
    let first = parts.prefix { $0.least == 1 && $0.most == 1 }
    singles = first.count
    beginning = isAnchored ? PatternBeginning(first.map(\.set)) : .any
  }

  func deallocate() { parts.deallocate() }

  /// Whether each part may take all that it can: what follows it could not have used any of it.
  private static func isDeterministic(_ parts: [Part]) -> Bool {
    for (index, part) in parts.enumerated() where part.least != part.most {
      for next in parts[(index + 1)...] {
        guard part.set.isDisjoint(with: next.set) else { return false }
        if next.least > 0 { break }
      }
    }
    return true
  }

  /// - Returns: nil where these parts do not say, or a character that is not ASCII stands in the way of an answer.
  /// - Complexity: O(length of the text), or of the pattern where that does not look at the end.
  package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    if !isAnchored { return holdsRun(of: parts[0], text) }
    var position = 0
    while position < singles {
      guard position < text.count else { return false }
      let byte = text[position]
      if byte >= 0x80 { return nil }
      guard parts[position].set.contains(byte) else { return false }
      position += 1
    }
    for number in singles..<parts.count {
      let part = parts[number]
      let start = position
      while position < text.count, position - start < part.most {
        let byte = text[position]
        if byte >= 0x80 { return nil }
        guard part.set.contains(byte) else { break }
        position += 1
      }
      if position - start < part.least { return false }
    }
    if isBeginning { return nil }
    if !endsWithText || position == text.count { return true }
    return text[position] >= 0x80 ? nil : false
  }

  /// Whether anywhere in the text that many characters of the set follow each other.
  private func holdsRun(of part: Part, _ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    var length = 0
    if part.least == 0 { return true }
    for byte in text {
      if byte >= 0x80 { return nil }
      length = part.set.contains(byte) ? length + 1 : 0
      if length == part.least { return true }
    }
    return false
  }
}

/// A set of ASCII characters.
struct ASCIISet: Hashable, Sendable, BitwiseCopyable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(_ ranges: ClosedRange<UInt8>...) { for range in ranges { insert(range) } }

  static let digits = ASCIISet(48...57)
  static let words = ASCIISet(48...57, 65...90, 97...122, 95...95)
  static let blanks = ASCIISet(9...13, 32...32)
  static let lineEnds = ASCIISet(10...10, 13...13)

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range where byte < 0x80 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
  }

  mutating func formUnion(_ other: ASCIISet) {
    low |= other.low
    high |= other.high
  }

  var inverted: ASCIISet {
    var set = self
    set.low = ~low
    set.high = ~high
    return set
  }

  /// - Precondition: `byte` is ASCII.
  func contains(_ byte: UInt8) -> Bool {
    (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte & 63)) & 1 != 0
  }

  /// One character, or one letter of either case, as what its byte is with some bits left out; nil for other sets.
  var asMaskedByte: (mask: UInt8, byte: UInt8)? {
    let count = low.nonzeroBitCount + high.nonzeroBitCount
    guard count == 1 || count == 2 else { return nil }
    let first = UInt8(low != 0 ? low.trailingZeroBitCount : 64 + high.trailingZeroBitCount)
    if count == 1 { return (0xFF, first) }
    let last = UInt8(high != 0 ? 127 - high.leadingZeroBitCount : 63 - low.leadingZeroBitCount)
    return first ^ last == 0x20 ? (0xDF, first & 0xDF) : nil
  }

  func isDisjoint(with other: ASCIISet) -> Bool { low & other.low == 0 && high & other.high == 0 }
}

/// Reads the simple part of ECMA-262's grammar; nil wherever it meets something else.
private struct PlainPatternReader {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var isAnchored = false
  private(set) var endsWithText = false
  private(set) var isBeginning = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func read() -> [PlainPattern.Part]? {
    var parts: [PlainPattern.Part] = []
    isAnchored = take("^")
    while position < bytes.count {
      if take("$") {
        endsWithText = true
        return position == bytes.count ? parts : nil
      }
      guard let set = readSet(), let (least, most) = readCount() else { return nil }
      parts.append(PlainPattern.Part(set: set, least: least, most: most))
    }
    return parts
  }

  /// The single characters that every text of the pattern begins with; nil where there are none.
  mutating func readBeginning() -> [PlainPattern.Part]? {
    guard isAnchored, !hasAlternatives else { return nil }
    (position, endsWithText, isBeginning) = (1, false, true)
    var parts: [PlainPattern.Part] = []
    while let set = readSet(), let count = readCount(), count == (1, 1) { parts.append(PlainPattern.Part(set: set)) }
    return parts.isEmpty ? nil : parts
  }

  /// Whether the pattern as a whole is one of several.
  private var hasAlternatives: Bool {
    var depth = 0
    var inClass = false
    var index = 0
    while index < bytes.count {
      switch Unicode.Scalar(bytes[index]) {
      case "\\": index += 1
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass: depth += 1
      case ")" where !inClass: depth -= 1
      case "|" where !inClass && depth == 0: return true
      default: break
      }
      index += 1
    }
    return false
  }

  private mutating func readSet() -> ASCIISet? {
    guard let byte = next, byte < 0x80 else { return nil }
    position += 1
    switch Unicode.Scalar(byte) {
    case ".": return ASCIISet.lineEnds.inverted
    case "[": return readClass()
    case "\\": return readEscape()
    case "(", ")", "|", "^", "*", "+", "?", "{", "}", "]": return nil
    default: return ASCIISet(byte...byte)
    }
  }

  private mutating func readEscape() -> ASCIISet? {
    guard let byte = next, byte < 0x80 else { return nil }
    position += 1
    switch Unicode.Scalar(byte) {
    case "d": return .digits
    case "D": return ASCIISet.digits.inverted
    case "w": return .words
    case "W": return ASCIISet.words.inverted
    case "s": return .blanks
    case "S": return ASCIISet.blanks.inverted
    case "a"..."z", "A"..."Z", "0"..."9": return nil
    default: return ASCIISet(byte...byte)
    }
  }

  private mutating func readClass() -> ASCIISet? {
    var set = ASCIISet()
    let isNegated = take("^")
    while !take("]") {
      guard let first = readMember() else { return nil }
      guard let low = first.single, next == UInt8(ascii: "-"), position + 1 < bytes.count,
        bytes[position + 1] != UInt8(ascii: "]")
      else {
        set.formUnion(first.set)
        continue
      }
      position += 1
      guard let high = readMember()?.single, low <= high else { return nil }
      set.insert(low...high)
    }
    return isNegated ? set.inverted : set
  }

  /// One character of a class, or a set of them.
  private mutating func readMember() -> (set: ASCIISet, single: UInt8?)? {
    guard let byte = next, byte < 0x80 else { return nil }
    position += 1
    if byte != UInt8(ascii: "\\") { return (ASCIISet(byte...byte), byte) }
    guard let escaped = next, let set = readEscape() else { return nil }
    return (set, set == ASCIISet(escaped...escaped) ? escaped : nil)
  }

  /// How often what was read may stand there.
  private mutating func readCount() -> (Int, Int)? {
    var count = (1, 1)
    if take("*") {
      count = (0, .max)
    } else if take("+") {
      count = (1, .max)
    } else if take("?") {
      count = (0, 1)
    } else if take("{") {
      guard let least = readNumber() else { return nil }
      count = (least, least)
      if take(",") {
        if next == UInt8(ascii: "}") {
          count.1 = .max
        } else if let most = readNumber() {
          count.1 = most
        } else {
          return nil
        }
      }
      guard take("}") else { return nil }
    }
    // What is not greedy takes something else, though it accepts the same texts.
    return next == UInt8(ascii: "?") ? nil : count
  }

  private mutating func readNumber() -> Int? {
    let start = position
    while let byte = next, byte >= 48, byte <= 57, position - start < 6 { position += 1 }
    return Int(String(decoding: bytes[start..<position], as: UTF8.self))
  }
}
