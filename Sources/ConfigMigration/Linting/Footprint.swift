import ConfigDocument

/// What an operation touches, as far as its text says it: what a check knows without running it.
package struct Footprint: Sendable {
  /// What it looks for, and leaves where it is.
  package var reads: [AddressPattern] = []
  /// What is no longer there afterwards.
  package var takes: [AddressPattern] = []
  /// What may be there afterwards, and was not before.
  package var makes: [AddressPattern] = []
  /// Why the values alone that it leaves do not lead back, where they do not: without a record of the run, the way
  /// back has a gap.
  package var loss: String?
}

extension OperationBody {
  /// Of a kind that does not say better: it finds its sources, and anything may stand at and below them afterwards.
  package var footprint: Footprint { Footprint(reads: sources, makes: sources.flatMap(\.withEverythingBelow)) }
}

extension AddressPattern {
  package var withEverythingBelow: [AddressPattern] {
    var below = self
    below.tokens.append(.deep)
    return [self, below]
  }

  /// The address of an entry below.
  package func appending(_ key: String) -> AddressPattern {
    var copy = self
    copy.tokens.append(.key(key))
    copy.text += "/\(key)"
    return copy
  }

  /// This address, relative to a match of `outer`.
  package func within(_ outer: AddressPattern?) -> AddressPattern {
    guard let outer else { return self }
    return AddressPattern(
      text: outer.text + text, file: file ?? outer.file, document: document ?? outer.document,
      tokens: outer.tokens + tokens)
  }
}

extension AddressPattern {
  /// Whether something may be both: at the one address, and at or below or above the other.
  package func meets(_ other: AddressPattern) -> Bool {
    Self.filesMeet(self, other) && Self.meet(tokens[...], other.tokens[...])
  }

  private static func meet(_ left: ArraySlice<Token>, _ right: ArraySlice<Token>) -> Bool {
    guard let a = left.first, let b = right.first else { return true }
    if a == .deep || b == .deep { return true }
    if case .key(let x) = a, case .key(let y) = b, !x.utf8.elementsEqual(y.utf8) { return false }
    return meet(left.dropFirst(), right.dropFirst())
  }

  /// Whether every place of `other` is at or below a place of this address.
  package func covers(_ other: AddressPattern) -> Bool {
    guard file == nil || file == other.file, document == nil || document == other.document,
      tokens.count <= other.tokens.count
    else { return false }
    return zip(tokens, other.tokens).allSatisfy { mine, theirs in
      switch (mine, theirs) {
      case (.key(let x), .key(let y)): x.utf8.elementsEqual(y.utf8)
      case (.any, .key), (.any, .any), (.any, .capture), (.capture, .key), (.capture, .any), (.capture, .capture): true
      default: false
      }
    }
  }

  /// Whether the two name the same places.
  package func isSame(as other: AddressPattern) -> Bool {
    tokens.count == other.tokens.count && covers(other) && other.covers(self)
  }

  private static func filesMeet(_ left: AddressPattern, _ right: AddressPattern) -> Bool {
    guard let a = left.file, let b = right.file else { return true }
    return a == b || !a.captureNames.isEmpty || !b.captureNames.isEmpty
      || a.text.utf8.contains(UInt8(ascii: "*")) || b.text.utf8.contains(UInt8(ascii: "*"))
  }
}
