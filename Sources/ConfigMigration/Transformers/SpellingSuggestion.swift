/// The name that was most likely meant, for "did you mean".
package enum SpellingSuggestion {
  /// A hint that names the candidate nearest to `word`; nil where none is near.
  package static func didYouMean(_ word: String, among candidates: [String]) -> String? {
    nearest(to: word, among: candidates).map { "did you mean `\($0)`?" }
  }

  /// The candidate with the fewest slips from `word`, the first of equals; nil where more than a third is different.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = normalised(word)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where !candidate.isEmpty {
      let letters = normalised(candidate)
      let distance = self.distance(wanted, letters)
      guard distance <= max(1, max(wanted.count, letters.count) / 3), distance < max(wanted.count, letters.count)
      else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// `onConflict`, `on-conflict` and `on_conflict` are one name to a person.
  private static func normalised(_ word: String) -> [UInt8] {
    word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    // Names are short; longer texts are no misspelled names.
    guard a.count <= 64, b.count <= 64 else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforeLast[j - 2] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
