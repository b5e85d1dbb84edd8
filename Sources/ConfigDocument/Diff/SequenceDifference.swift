/// Where two sequences differ: runs of the old one, each with what stands in its place in the new one.
///
/// The comparison is the standard library's (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).
struct SequenceDifference: Hashable, Sendable {
  struct Hunk: Hashable, Sendable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// In order; between two hunks stands at least one element that both have.
  var hunks: [Hunk] = []

  /// Complexity: O((n + m) · d), for d elements that differ.
  init<Element: Hashable>(from old: [Element], to new: [Element]) {
    // Numbers are cheaper to compare than lines or values.
    var numbers: [Element: Int] = [:]
    func number(_ element: Element) -> Int {
      let next = numbers.count
      if let known = numbers[element] { return known }
      numbers[element] = next
      return next
    }
    var (oldNumbers, newNumbers) = (old.map { number($0) }, new.map { number($0) })
    var prefix = 0
    while prefix < min(old.count, new.count), oldNumbers[prefix] == newNumbers[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < min(old.count, new.count) - prefix,
      oldNumbers[old.count - 1 - suffix] == newNumbers[new.count - 1 - suffix]
    {
      suffix += 1
    }
    oldNumbers = Array(oldNumbers[prefix..<old.count - suffix])
    newNumbers = Array(newNumbers[prefix..<new.count - suffix])
    var removed = Array(repeating: false, count: oldNumbers.count)
    var inserted = Array(repeating: false, count: newNumbers.count)
    for change in newNumbers.difference(from: oldNumbers) {
      switch change {
      case .remove(let offset, _, _): removed[offset] = true
      case .insert(let offset, _, _): inserted[offset] = true
      }
    }
    var (i, j) = (0, 0)
    while i < removed.count || j < inserted.count {
      let (oldStart, newStart) = (i, j)
      while i < removed.count, removed[i] { i += 1 }
      while j < inserted.count, inserted[j] { j += 1 }
      if i > oldStart || j > newStart {
        hunks.append(Hunk(old: prefix + oldStart..<prefix + i, new: prefix + newStart..<prefix + j))
      } else {
        i += 1
        j += 1
      }
    }
  }
}

extension Rendering {
  /// The changes between two texts, by lines: for a text that no edit of a document made.
  package init(from old: [UInt8], to new: [UInt8], author: EditAuthor = EditAuthor(rawValue: 0)) {
    let (oldLines, newLines) = (old.lines, new.lines)
    let hunks = SequenceDifference(from: oldLines, to: newLines).hunks
    func offset(_ line: Int, in lines: [ArraySlice<UInt8>], of text: [UInt8]) -> Int {
      line < lines.count ? lines[line].startIndex : text.count
    }
    self.init(
      bytes: new,
      changes: hunks.map { hunk in
        Change(
          source: offset(
            hunk.old.lowerBound, in: oldLines, of: old)..<offset(hunk.old.upperBound, in: oldLines, of: old),
          replacement: offset(
            hunk.new.lowerBound, in: newLines, of: new)..<offset(
              hunk.new.upperBound, in: newLines, of: new), author: author)
      })
  }
}

extension [UInt8] {
  /// The lines, each with its line break: LF, CR LF, or a CR alone.
  package var lines: [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in indices {
      let isEnd = self[index] == 0x0A || (self[index] == 0x0D && (index + 1 == count || self[index + 1] != 0x0A))
      guard isEnd else { continue }
      lines.append(self[start...index])
      start = index + 1
    }
    if start < count { lines.append(self[start...]) }
    return lines
  }
}
