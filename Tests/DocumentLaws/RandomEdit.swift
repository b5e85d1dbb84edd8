package import ConfigDocument

/// An edit in numbers, which mean something in any document: each picks one of what is there.
package struct RandomEdit: CustomStringConvertible {
  package enum Kind: CaseIterable {
    case setScalar, setCollection, rename, remove, insert, insertItem, moveToKey, moveToList, copy, expand
  }

  package var kind: Kind
  /// Which node, which target, which position, which neighbour.
  package var picks: [Int]
  package var value: Value
  package var key: String
  package var comment: String?

  /// - Parameter kind: nil for any.
  package init(_ random: inout SplitMix, kind wanted: Kind? = nil) {
    kind =
      wanted
      ?? random.pick([
        .setScalar, .setScalar, .setCollection, .rename, .remove, .remove, .insert, .insert, .insertItem, .moveToKey,
        .moveToKey, .moveToList, .copy, .expand,
      ])
    picks = (0..<4).map { _ in random.below(1 << 20) }
    let isCollection = kind == .setCollection || (kind == .insert || kind == .insertItem) && random.once(in: 3)
    value = random.pick(isCollection ? Self.collections : Self.scalars)
    key = random.pick(Self.keys)
    comment = random.once(in: 6) ? random.pick(["Why.", "two\nlines", ""]) : nil
  }

  /// An edit of the member, or in the collection, with that number.
  ///
  /// - Parameter place: the number of the place in the collection, for an insertion.
  package init(_ kind: Kind, ofNumber number: Int, at place: Int = 0) {
    self.kind = kind
    picks = [number, 0, place, number]
    value = Self.scalars[number % Self.scalars.count]
    key = "swept-key"
    comment = number % 3 == 0 ? "Why." : nil
  }

  static let scalars: [Value] = [
    "word", "", "yes", " a", "a ", "a: b", "a #b", "two\nlines\n", "no end\nhere", "\n", " lead\nx\n", "keep\n\n\n",
    "é\u{1F600}", "tab\t", "\ttab\nx", "a\u{85}b", "-", "? x", "{", "a, b", "null", "0o17", "1e3", "#c", "cr\r\nlf",
    "a:",
    "\u{2028}", "it's", "\"", "\\", "---", "... x", "*a", "x\n \ny", "a\n#b\n", "@1", "%x", "<<", "=",
    "  \nx", "\n\nx\n", .number(Number("1")!), .number(Number("-2.50")!), .number(Number("12345678901234567890123")!),
    .number(Number("1e5")!), true, false, nil, .object(Object()), [],
  ]

  static let collections: [Value] = [
    [1, "two"], ["x": 1], ["x": ["y": ["z": "w"]]], [["a": 1, "b": [1, 2]], "s"], [[1, [2]], []],
    ["text": "one\n  two\n", "n": nil], ["": "", "a: b": "c #d"], [["x": "two\nlines\n"], "l\nm"],
  ]

  static let keys = [
    "new", "new-key", "k1", "k2", "k5", "two words", "yes", "1", "a: b", "", "#k", "é\u{1F600}", "- x", "a, b", "x'y",
    "\"q\"", "null", "with\nbreak", "{k}", "key:", "[", "long-" + String(repeating: "k", count: 40),
  ]

  package var description: String {
    "\(kind) \(picks) value \(value) key \(key.debugDescription) comment \(comment.debugDescription)"
  }
}
