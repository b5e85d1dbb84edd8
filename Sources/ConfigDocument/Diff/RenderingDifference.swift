/// The lines in which a rendering differs from its source: found once, for the counts and for the diff.
package struct RenderingDifference {
  private let rendering: Rendering
  private let source: [UInt8]
  private let old: Lines
  private let new: Lines
  /// In order; each is a run of whole lines.
  private let changes: [(old: Range<Int>, new: Range<Int>)]

  /// Complexity: O(size of both texts).
  package init(_ rendering: Rendering, from source: [UInt8]) {
    self.rendering = rendering
    self.source = source
    old = Lines(source)
    new = Lines(rendering.bytes)
    changes = Self.lineChanges(of: rendering, old: old, new: new)
  }

  /// How many lines the rendering adds and removes, as `git diff --stat` counts.
  package var counts: (added: Int, removed: Int) {
    changes.reduce(into: (added: 0, removed: 0)) { sum, change in
      sum.added += change.new.count
      sum.removed += change.old.count
    }
  }

  /// The diff of a file that stays.
  ///
  /// - Parameter appearance: how the two texts are shown; as they are, where it is nil.
  package func text(path: String, showing appearance: UnifiedDiff.Appearance? = nil) -> [UInt8] {
    let hunks = hunks(showing: appearance)
    guard !hunks.isEmpty else { return [] }
    let head = "--- \(UnifiedDiff.fileName("a/" + path))\n+++ \(UnifiedDiff.fileName("b/" + path))\n"
    return Array(head.utf8) + text(of: hunks, showing: appearance)
  }

  /// The diff of a file that gets another path, and maybe another content, as git writes it.
  package func text(
    renaming oldPath: String, to newPath: String, showing appearance: UnifiedDiff.Appearance? = nil
  ) -> [UInt8] {
    let hunks = hunks(showing: appearance)
    let copied = source.count - rendering.changes.reduce(0) { $0 + $1.source.count }
    let larger = max(source.count, rendering.bytes.count)
    let similarity = hunks.isEmpty ? 100 : larger == 0 ? 0 : min(99, max(0, copied) * 100 / larger)
    let (quotedOld, quotedNew) = (UnifiedDiff.quoted("a/" + oldPath), UnifiedDiff.quoted("b/" + newPath))
    var out = Array("diff --git \(quotedOld) \(quotedNew)\nsimilarity index \(similarity)%\n".utf8)
    out += Array("rename from \(UnifiedDiff.quoted(oldPath))\nrename to \(UnifiedDiff.quoted(newPath))\n".utf8)
    guard !hunks.isEmpty else { return out }
    out += Array("--- \(UnifiedDiff.fileName("a/" + oldPath))\n+++ \(UnifiedDiff.fileName("b/" + newPath))\n".utf8)
    return out + text(of: hunks, showing: appearance)
  }

  private func text(of hunks: [Hunk], showing appearance: UnifiedDiff.Appearance?) -> [UInt8] {
    guard let appearance else {
      return UnifiedDiff.Appearance(old: [], new: []).text(of: hunks, old: old, new: new)
    }
    return appearance.text(of: hunks, old: Lines(appearance.old), new: Lines(appearance.new))
  }

  /// The changes, with the unchanged lines around them, joined where those meet.
  private func hunks(showing appearance: UnifiedDiff.Appearance?) -> [Hunk] {
    let context = appearance?.context ?? 3
    var hunks: [Hunk] = []
    for change in changes {
      let from = max(0, change.old.lowerBound - context)
      let to = min(old.count, change.old.upperBound + context)
      if let last = hunks.indices.last, from <= hunks[last].old.upperBound,
        context > 0 || from < hunks[last].old.upperBound
      {
        hunks[last].old = hunks[last].old.lowerBound..<max(to, hunks[last].old.upperBound)
        hunks[last].changes.append(change)
      } else {
        hunks.append(Hunk(old: from..<to, new: 0..<0, changes: [change]))
      }
      let hunk = hunks[hunks.count - 1]
      let first = hunk.changes[0]
      let newStart = first.new.lowerBound - (first.old.lowerBound - hunk.old.lowerBound)
      hunks[hunks.count - 1].new = newStart..<change.new.upperBound + (hunk.old.upperBound - change.old.upperBound)
    }
    return hunks
  }

  /// The changes, widened to whole lines and joined where they share one.
  private static func lineChanges(
    of rendering: Rendering, old: Lines, new: Lines
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    var spans: [(old: Range<Int>, new: Range<Int>)] = []
    for change in rendering.changes {
      let before = change.source.lowerBound - old.start(ofLineAt: change.source.lowerBound)
      // Where the change ends between two lines on both sides, the next line is not part of it.
      let isClean = old.isLineStart(change.source.upperBound) && new.isLineStart(change.replacement.upperBound)
      let after = isClean ? 0 : old.end(ofLineAt: change.source.upperBound) - change.source.upperBound
      let oldSpan = (change.source.lowerBound - before)..<(change.source.upperBound + after)
      let newSpan = (change.replacement.lowerBound - before)..<(change.replacement.upperBound + after)
      if let last = spans.last, oldSpan.lowerBound <= last.old.upperBound {
        spans[spans.count - 1] = (
          last.old.lowerBound..<max(oldSpan.upperBound, last.old.upperBound),
          last.new.lowerBound..<max(newSpan.upperBound, last.new.upperBound)
        )
      } else {
        spans.append((oldSpan, newSpan))
      }
    }
    return spans.compactMap { trimmed(old.lines(in: $0.old), new.lines(in: $0.new), old: old, new: new) }
  }

  /// Lines that are equal at the ends of a change are no part of it.
  private static func trimmed(
    _ a: Range<Int>, _ b: Range<Int>, old: Lines, new: Lines
  ) -> (old: Range<Int>, new: Range<Int>)? {
    var (a, b) = (a, b)
    while !a.isEmpty, !b.isEmpty, old[a.lowerBound] == new[b.lowerBound] {
      a = a.lowerBound + 1..<a.upperBound
      b = b.lowerBound + 1..<b.upperBound
    }
    while !a.isEmpty, !b.isEmpty, old[a.upperBound - 1] == new[b.upperBound - 1] {
      a = a.lowerBound..<a.upperBound - 1
      b = b.lowerBound..<b.upperBound - 1
    }
    return a.isEmpty && b.isEmpty ? nil : (a, b)
  }
}
