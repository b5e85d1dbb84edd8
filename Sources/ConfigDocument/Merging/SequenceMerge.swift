/// Two changed forms of one sequence, put together (the algorithm of `diff3`).
struct SequenceMerge<Element: Hashable> {
  enum Part {
    /// What both agree on, or what only one side changed.
    case settled([Element])
    /// What both changed, in different ways.
    case conflict(base: ArraySlice<Element>, ours: ArraySlice<Element>, theirs: ArraySlice<Element>)
  }

  var parts: [Part] = []

  var hasConflicts: Bool {
    parts.contains { if case .conflict = $0 { true } else { false } }
  }

  /// The merged sequence, with `resolve` for what both changed.
  func elements(
    _ resolve: (_ base: ArraySlice<Element>, _ ours: ArraySlice<Element>, _ theirs: ArraySlice<Element>) -> [Element]
  ) -> [Element] {
    parts.flatMap { part in
      switch part {
      case .settled(let elements): elements
      case .conflict(let base, let ours, let theirs): resolve(base, ours, theirs)
      }
    }
  }

  /// Changes that only touch each other are no conflict: what comes of them is compared with the values' own merge.
  init(base: [Element], ours: [Element], theirs: [Element]) {
    let left = SequenceDifference(from: base, to: ours).hunks
    let right = SequenceDifference(from: base, to: theirs).hunks
    var (i, j) = (0, 0)
    var position = 0
    while i < left.count || j < right.count {
      // Of two that start together the insertion goes first.
      let isOurs = j == right.count || (i < left.count && Self.precedes(left[i].old, right[j].old))
      let (firstLeft, firstRight) = (i, j)
      let start = isOurs ? left[i].old.lowerBound : right[j].old.lowerBound
      var end = isOurs ? left[i].old.upperBound : right[j].old.upperBound
      if isOurs { i += 1 } else { j += 1 }
      if start > position { parts.append(.settled(Array(base[position..<start]))) }
      // The hunks that overlap, one after the other, make one region.
      while true {
        if i < left.count, Self.overlaps(left[i].old, start..<end) {
          end = max(end, left[i].old.upperBound)
          i += 1
        } else if j < right.count, Self.overlaps(right[j].old, start..<end) {
          end = max(end, right[j].old.upperBound)
          j += 1
        } else {
          break
        }
      }
      let region = start..<end
      let ourText = Self.text(of: region, left[firstLeft..<i], base, ours)
      let theirText = Self.text(of: region, right[firstRight..<j], base, theirs)
      if j == firstRight || ourText == theirText {
        parts.append(.settled(Array(ourText)))
      } else if i == firstLeft {
        parts.append(.settled(Array(theirText)))
      } else {
        parts.append(.conflict(base: base[region], ours: ourText, theirs: theirText))
      }
      position = end
    }
    if position < base.count { parts.append(.settled(Array(base[position...]))) }
  }

  private static func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    (left.lowerBound, left.upperBound) <= (right.lowerBound, right.upperBound)
  }

  /// Two insertions at one place overlap; what begins where the region ends does not.
  private static func overlaps(_ hunk: Range<Int>, _ region: Range<Int>) -> Bool {
    hunk.isEmpty && region.isEmpty
      ? hunk.lowerBound == region.lowerBound : hunk.lowerBound < region.upperBound
  }

  /// What one side has in place of `region` of the base.
  private static func text(
    of region: Range<Int>, _ hunks: ArraySlice<SequenceDifference.Hunk>, _ base: [Element], _ side: [Element]
  ) -> ArraySlice<Element> {
    guard let first = hunks.first, let last = hunks.last else { return base[region] }
    let start = first.new.lowerBound - (first.old.lowerBound - region.lowerBound)
    return side[start..<last.new.upperBound + (region.upperBound - last.old.upperBound)]
  }
}
