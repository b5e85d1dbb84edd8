/// Anchors and tags.
extension YAMLTexts {
  mutating func newAnchor() -> String {
    anchorCount += 1
    return "n\(anchorCount)"
  }

  /// An anchor, a tag, or both, perhaps with a comment between them; the anchor is returned.
  ///
  /// - Parameter holder: the column of the entry or item, where they may take several lines.
  @discardableResult
  mutating func properties(holder: Int? = nil) -> String? {
    guard random.once(in: traits.properties) || traits.properties == 0 else {
      if traits.properties == 0 { return nil }
      write(" " + random.pick(["!!str", "!local", "!<tag:x,y>", "!"]))
      return nil
    }
    if traits.properties == 0 { return nil }
    let anchor = random.once(in: 8) ? anchors.last ?? newAnchor() : newAnchor()
    guard random.once(in: 4) else {
      write(" &\(anchor)")
      return anchor
    }
    let isTagFirst = random.once(in: 2)
    write(isTagFirst ? " !local" : " &\(anchor)")
    if let holder, random.once(in: 2 * traits.oddities) {
      endLine()
      if random.once(in: traits.comments) { line(at: holder + 2) }
      pad(holder + random.below(3))
    }
    write(isTagFirst ? " &\(anchor)" : " !other")
    return anchor
  }
}
