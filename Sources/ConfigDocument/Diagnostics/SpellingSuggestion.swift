/// What somebody may have meant, for "did you mean".
package enum SpellingSuggestion {
  /// The Damerau-Levenshtein distance (adjacent transpositions count one), or nil where it is above `limit`.
  ///
  /// Letters that differ only in case, and `-` for `_`, are half as far apart, and other digits are further apart; distances are in halves.
  /// Complexity: O(n·m); texts of more than 64 scalars are never similar.
  package static func halves(_ left: String, _ right: String, limit: Int) -> Int? {
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
    let folded = text.lowercased()
    if let alike = candidates.first(where: {
      !$0.utf8.elementsEqual(text.utf8) && $0.lowercased().utf8.elementsEqual(folded.utf8)
    }) {
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

  /// The question, for a hint; nil where nothing is near.
  package static func didYouMean(_ text: String, among candidates: [String]) -> String? {
    closest(to: text, among: candidates).map { "did you mean `\($0)`?" }
  }
}
