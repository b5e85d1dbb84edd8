/// What somebody may have meant, for "did you mean".
package enum SpellingSuggestion {
  /// The Damerau-Levenshtein distance (adjacent transpositions count one), or nil where it is above `limit`.
  ///
  /// Letters that differ only in case, and `-` for `_`, are half as far apart, and other digits are further apart; distances are in halves.
  /// Complexity: O(n·m); texts of more than 64 scalars are never similar.
  package static func halves(_ left: String, _ right: String, limit: Int) -> Int? {
    if let one = LetterSet(left), let other = LetterSet(right), one.halves(to: other) > limit { return nil }
    let a = Array(left.unicodeScalars)
    let b = Array(right.unicodeScalars)
    guard a.count <= 64, b.count <= 64, abs(a.count - b.count) * 2 <= limit else { return nil }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = (0...b.count).map { $0 * 2 }
    var row = last
    for i in 0..<a.count {
      row[0] = (i + 1) * 2
      for j in 0..<b.count {
        row[j + 1] = min(last[j] + replacementCost(a[i], b[j]), last[j + 1] + 2, row[j] + 2)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + max(2, replacementCost(a[i], b[j])))
        }
      }
      // What comes next builds on these two rows.
      if min(row.min() ?? 0, last.min() ?? 0) > limit { return nil }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }

  private static func replacementCost(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Int {
    if a == b { return 0 }
    if a.isASCII, b.isASCII { return replacementCost(UInt8(a.value), UInt8(b.value)) }
    // Another number is another value, not a slip.
    if a.properties.numericType != nil, b.properties.numericType != nil { return 6 }
    return a.properties.lowercaseMapping == b.properties.lowercaseMapping ? 1 : 2
  }

  /// As above, for ASCII, where no properties need be looked up.
  private static func replacementCost(_ a: UInt8, _ b: UInt8) -> Int {
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    func isSeparator(_ byte: UInt8) -> Bool { "-_ .".utf8.contains(byte) }
    if isDigit(a), isDigit(b) { return 6 }
    let isSameLetter = a ^ b == 0x20 && (0x61...0x7A).contains(a | 0x20)
    return isSameLetter || isSeparator(a) && isSeparator(b) ? 1 : 2
  }

  /// The candidate that `text` is most probably a slip for: at most a third of it differs. The first of equals.
  package static func closest(to text: String, among candidates: [String]) -> String? {
    // Whoever writes all in capitals means the same word.
    if let alike = candidates.first(where: { !$0.utf8.elementsEqual(text.utf8) && isAlike($0, text) }) {
      return alike
    }
    let limit = max(2, min(6, text.unicodeScalars.count * 2 / 3))
    var best: (text: String, distance: Int)?
    for candidate in candidates where !candidate.utf8.elementsEqual(text.utf8) {
      guard let distance = halves(text, candidate, limit: limit) else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.text
  }

  /// Whether the texts differ at most in case.
  package static func isAlike(_ one: String, _ other: String) -> Bool {
    func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }
    guard isASCII(one), isASCII(other) else {
      return one.lowercased().utf8.elementsEqual(other.lowercased().utf8)
    }
    func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    return one.utf8.count == other.utf8.count && one.utf8.elementsEqual(other.utf8) { folded($0) == folded($1) }
  }

  /// The question, for a hint; nil where nothing is near.
  package static func didYouMean(_ text: String, among candidates: [String]) -> String? {
    closest(to: text, among: candidates).map { "did you mean `\($0)`?" }
  }
}

/// Which letters an ASCII text has, and how many: enough to know of most texts that they are not similar.
private struct LetterSet {
  private var count: Int
  private var letters: UInt64 = 0

  /// Nil where the text is not ASCII.
  init?(_ text: String) {
    count = text.utf8.count
    for byte in text.utf8 {
      guard byte < 0x80 else { return nil }
      letters |= 1 << Self.bit(byte)
    }
  }

  /// Letters that are less than a replacement apart have the same bit; others may.
  private static func bit(_ byte: UInt8) -> UInt64 {
    switch byte {
    case 0x41...0x5A: UInt64(byte - 0x41)
    case 0x61...0x7A: UInt64(byte - 0x61)
    case 0x30...0x39: UInt64(byte - 0x30) + 26
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: "."): 36
    default: 37 + UInt64(byte & 15)
    }
  }

  /// The least distance of texts that have these letters: what only one has must be put there or replaced.
  func halves(to other: Self) -> Int {
    let lacks = max((letters & ~other.letters).nonzeroBitCount, (other.letters & ~letters).nonzeroBitCount)
    return 2 * max(lacks, abs(count - other.count))
  }
}
