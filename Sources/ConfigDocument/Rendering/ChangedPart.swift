/// A stretch of a YAML source between two seams, with the entries that an edited document has there.
///
/// A *seam* is the start of a line on which nothing but spaces stands before a key of a block mapping and a colon behind it, where
/// the key is one that the source has and that is still at its place; the end of the source is a seam too.
/// ``PartwiseRereading`` says why the text of a part can be read alone.
struct ChangedPart {
  /// The mapping that the entries are in.
  var mapping: UInt32
  /// Where its keys stand on their lines: so many spaces are before each.
  var column: Int
  /// How many collections are around it.
  var depth: Int
  /// The place of the first entry's key, which stands on the part's first line.
  var first: UInt32
  /// The place of the key behind the last entry; 0 where the part has all entries to the end of the mapping.
  var end: UInt32 = 0
  var source: Range<Int>
}

/// Finds the parts that hold all edits of a document.
///
/// It walks what was edited, from the root down. A mapping whose key stays is entered, so that the parts are small. What came,
/// what went and what got other comments is taken together with the entry before it, since that may end otherwise now; where
/// there is none, the whole entry that holds the mapping is the part.
struct ChangedPartFinder {
  private let document: Document
  private let source: UnsafeBufferPointer<UInt8>
  private var parts: [ChangedPart] = []
  /// Whether the end of the last part was not met yet.
  private var isOpen = false
  /// The nodes that were entered: of them nothing is edited but what is in them.
  private var entered: [UInt32] = []

  /// The parts in their order, not overlapping; nil where the edits cannot be parted.
  ///
  /// Complexity: O(nodes); of those that were not edited the flags are looked at.
  static func parts(of document: Document, in source: UnsafeBufferPointer<UInt8>) -> [ChangedPart]? {
    // With anchors, one place speaks of another.
    guard document.format == .yaml, document.properties.isEmpty else { return nil }
    let stream = document.nodes[0]
    guard stream.firstChild != 0 else { return nil }
    let only = document.nodes[Int(stream.firstChild)]
    guard only.next == 0, only.firstChild != 0, document.occupant(of: only.firstChild) == only.firstChild else {
      return nil
    }
    var finder = ChangedPartFinder(document: document, source: source)
    finder.entered = [stream.firstChild]
    guard finder.enter(only.firstChild, depth: 0) else { return nil }
    finder.close(at: source.count)
    return finder.holdsAllEdits ? finder.parts : nil
  }

  private init(document: Document, source: UnsafeBufferPointer<UInt8>) {
    self.document = document
    self.source = source
  }

  // MARK: The walk

  /// Finds the parts in a node that stands where it stood. The last one may be left open.
  ///
  /// - Returns: false, and nothing was found, where something in it cannot be parted from what is around it.
  private mutating func enter(_ id: UInt32, depth: Int) -> Bool {
    guard document.nodes[Int(id)].kind == .mapping, document.nodes[Int(id)].style == .block else { return false }
    let outer = (parts: parts.count, entered: entered.count)
    entered.append(id)
    // Whether the open part is one of this mapping's entries.
    var isOwn = false
    // The last entry that was no part of one, and how many parts there were before it.
    var last: (part: ChangedPart, count: Int)?
    var place = document.nodes[Int(id)].firstChild
    while place != 0 {
      let entry = Entry(at: place, in: document)
      defer { place = entry.next }
      guard entry.standsAlone, let column = column(of: entry.key) else {
        if isOpen ? isOwn : entry.isUntouched { continue }
        guard let before = last else {
          parts.removeSubrange(outer.parts...)
          entered.removeSubrange(outer.entered...)
          isOpen = false
          return false
        }
        parts.removeSubrange(before.count...)
        open(before.part)
        isOwn = true
        continue
      }
      if isOpen, isOwn, !entry.isUntouched, !entry.isEditedWithin { continue }
      let lineStart = Int(document.nodes[Int(entry.key)].start) - column
      close(at: lineStart, before: isOwn ? entry.key : 0)
      isOwn = false
      let part = ChangedPart(
        mapping: id, column: column, depth: depth, first: entry.key, source: lineStart..<lineStart)
      last = (part, parts.count)
      if entry.isUntouched || entry.isEditedWithin && enter(entry.value, depth: depth + 1) { continue }
      open(part)
      isOwn = true
    }
    return true
  }

  private mutating func open(_ part: ChangedPart) {
    parts.append(part)
    isOpen = true
  }

  private mutating func close(at offset: Int, before end: UInt32 = 0) {
    guard isOpen else { return }
    parts[parts.count - 1].source = parts[parts.count - 1].source.lowerBound..<offset
    parts[parts.count - 1].end = end
    isOpen = false
  }

  /// The column of a key that stands first on its line; nil where anything but spaces is before it, or where no colon is behind it:
  /// its entry began with a question mark on a line above.
  private func column(of key: UInt32) -> Int? {
    let start = Int(document.nodes[Int(key)].start)
    var lineStart = start
    while lineStart > 0, source[lineStart - 1] == UInt8(ascii: " ") { lineStart -= 1 }
    // Of all line breaks this is the one that every reader takes for one.
    guard lineStart == 0 || source[lineStart - 1] == UInt8(ascii: "\n") else { return nil }
    let behind = source[Int(document.nodes[Int(key)].end)...].first {
      $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t")
    }
    guard behind == UInt8(ascii: ":") else { return nil }
    return start - lineStart
  }

  /// One step of a block mapping's chain.
  private struct Entry {
    /// The place of the key, and of the value that stands there now.
    let key: UInt32
    let value: UInt32
    /// The place of the next entry's key.
    let next: UInt32
    /// Whether the source has the key in that place, the document still has, and what stands above it is as it was.
    let standsAlone: Bool
    /// Whether nothing of it was edited.
    let isUntouched: Bool
    /// Whether nothing was edited but what is in the value, a collection.
    let isEditedWithin: Bool

    init(at place: UInt32, in document: Document) {
      func lastReplacement(of place: UInt32) -> UInt32 {
        var place = place
        while document.nodes[Int(place)].flags.contains(.replaced) { place = document.nodes[Int(place)].next }
        return place
      }
      key = place
      let firstValue = document.nodes[Int(lastReplacement(of: place))].next
      value = lastReplacement(of: firstValue)
      let (keyNode, valueNode) = (document.nodes[Int(key)], document.nodes[Int(value)])
      next = valueNode.next
      let isKept =
        keyNode.kind != .graft && keyNode.flags.isDisjoint(with: Node.Flags.vacant.union([.new, .inserted]))
        && valueNode.flags.isDisjoint(with: .vacant)
        && document.edits.comments[document.occupant(of: value) ?? value] == nil
      standsAlone = isKept && keyNode.kind == .scalar && !keyNode.isBlockScalar && keyNode.start < keyNode.end
      let staysWithKey = isKept && value == firstValue && valueNode.kind != .graft && !keyNode.flags.contains(.edited)
      isUntouched = staysWithKey && !valueNode.flags.contains(.edited)
      isEditedWithin = staysWithKey && valueNode.flags.contains(.edited) && valueNode.isBlockCollection
    }
  }

  // MARK: The rest

  /// Whether no node outside of the parts has a mark that an edit leaves. So what is meant there is what the source says.
  private var holdsAllEdits: Bool {
    let marks: Node.Flags = [
      .edited, .removed, .moved, .replaced, .rewritten, .new, .inserted, .copied, .leansForward,
    ]
    var next = 0
    for index in 1..<max(1, document.nodes.count) {
      let node = document.nodes[index]
      if node.flags.isDisjoint(with: marks) { continue }
      // Entered nodes stand in document order, too.
      while next < entered.count, entered[next] < index { next += 1 }
      if next < entered.count, entered[next] == index {
        guard node.flags.intersection(marks) == .edited else { return false }
      } else if isOfSource(node) {
        guard isInPart(Int(node.start)) else { return false }
      } else {
        // What an edit made is reached through what it is in.
        guard !document.nodes[Int(node.parent)].flags.isDisjoint(with: marks) else { return false }
      }
    }
    return true
  }

  private func isOfSource(_ node: Node) -> Bool {
    node.kind != .graft && node.flags.isDisjoint(with: [.new, .copied]) && Int(node.start) <= source.count
  }

  private func isInPart(_ offset: Int) -> Bool {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      let range = parts[middle].source
      if offset < range.lowerBound {
        high = middle
      } else if offset < range.upperBound || range.upperBound == source.count {
        return true
      } else {
        low = middle + 1
      }
    }
    return false
  }
}
