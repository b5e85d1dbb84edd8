@_spi(Fuzzing) package import ConfigDocument

/// Reading again what changed, and nothing else, never says yes where reading all says no.
///
/// That holds for renderings, and for renderings that were broken: in what was written, right beside it, and elsewhere.
package struct PartwiseLaw {
  /// How often what was seen.
  package struct Tally {
    /// Renderings that their parts say to be what is meant.
    package var parted = 0
    /// Renderings whose parts do not tell, though there are some.
    package var doubted = 0
    /// Broken renderings that both readings refuse.
    package var refused = 0
    /// Broken renderings that say the same still, by both readings.
    package var accepted = 0
    /// Broken renderings that only the reading of all takes.
    package var untold = 0

    package init() {}
  }

  private let document: Document
  private let rendering: Rendering
  private var random: SplitMix

  /// - Parameter seed: names the ways in which the rendering is broken.
  package init(_ document: Document, _ rendering: Rendering, seed: UInt64) {
    self.document = document
    self.rendering = rendering
    random = SplitMix(seed: seed)
  }

  package mutating func check(breaking times: Int, _ tally: inout Tally) throws(LawCase.Breach) {
    guard document.readsBack(rendering, byParts: false) == true else {
      throw LawCase.Breach(law: "renders", detail: "\(String(decoding: rendering.bytes, as: UTF8.self))")
    }
    guard let verdict = document.readsBack(rendering, byParts: true) else { return }
    if verdict { tally.parted += 1 } else { tally.doubted += 1 }
    for _ in 0..<times {
      let broken = broken()
      let whole = document.readsBack(broken, byParts: false) == true
      switch (whole, document.readsBack(broken, byParts: true) == true) {
      case (false, true): throw breach("all of the text says something else, and the parts say yes", broken)
      case (true, true): tally.accepted += 1
      case (true, false): tally.untold += 1
      case (false, false): tally.refused += 1
      }
    }
  }

  private func breach(_ problem: String, _ rendering: Rendering) -> LawCase.Breach {
    let text = String(decoding: rendering.bytes, as: UTF8.self)
    return LawCase.Breach(
      law: "parts", detail: "\(problem)\n\(rendering.changes)\n--- rendered\n\(text)\n\(text.debugDescription)")
  }

  /// What means something to YAML, alone or at the start of a line.
  private static let pieces: [[UInt8]] = [
    "\n", " ", "  ", "\n\n", ":", ": ", "- ", "#", " #", "'", "\"", "[", "]", "{", "}", ",", "|", "|+\n", ">-\n", "\t",
    "&a ",
    "*a", "? ", "!!str ", "\n...\n", "...\n", "\n---\n", "---\n", "%YAML 1.2\n", "\r", "\r\n", "x", "a: b\n",
    "\n  a: b\n",
    "\\", "@", "`", "~", "<<: ", "\u{FEFF}", "\u{85}", "\u{2028}", "é", "\0",
  ].map { Array($0.utf8) }

  private mutating func broken() -> Rendering {
    var broken = rendering
    for _ in 0...random.below(2) {
      let count = broken.bytes.count
      var offset = random.below(count + 1)
      // Most faults of an editor are where it writes.
      if !random.once(in: 8), !broken.changes.isEmpty {
        let written = random.pick(broken.changes).replacement
        let around = max(0, written.lowerBound - 24)..<min(count, written.upperBound + 24) + 1
        offset = min(count, around.lowerBound + random.below(around.count))
      }
      let end = random.once(in: 2) ? offset : min(count, offset + 1 + random.below(random.once(in: 3) ? 12 : 2))
      let piece = random.once(in: 4) && end > offset ? [] : random.pick(Self.pieces)
      // Now and then the editor does not know that it wrote there.
      if random.once(in: 6) {
        broken.bytes.replaceSubrange(offset..<end, with: piece)
      } else {
        broken.write(piece, over: offset..<end)
      }
    }
    return broken
  }
}

extension Rendering {
  /// Writes something else over a stretch of the text, as an edit would have.
  fileprivate mutating func write(_ piece: [UInt8], over range: Range<Int>) {
    var before: [Change] = []
    var behind: [Change] = []
    var meets: [Change] = []
    // Between changes, places in both texts differ by what the changes before them brought.
    var growth = 0
    for change in changes {
      if change.replacement.upperBound < range.lowerBound {
        before.append(change)
        growth += change.replacement.count - change.source.count
      } else if change.replacement.lowerBound > range.upperBound {
        behind.append(change)
      } else {
        meets.append(change)
      }
    }
    let written =
      min(
        range.lowerBound, meets.first?.replacement.lowerBound ?? .max)..<max(
        range.upperBound, meets.last?.replacement.upperBound ?? 0)
    let inner = meets.reduce(0) { $0 + $1.replacement.count - $1.source.count }
    let replaced = written.lowerBound - growth..<written.upperBound - growth - inner
    let delta = piece.count - range.count
    // Edits that come to nothing have no change.
    if var change = meets.first ?? changes.first {
      change.source = replaced
      change.replacement = written.lowerBound..<written.upperBound + delta
      changes = before + [change]
      for var change in behind {
        change.replacement = change.replacement.lowerBound + delta..<change.replacement.upperBound + delta
        changes.append(change)
      }
    }
    bytes.replaceSubrange(range, with: piece)
  }
}
