extension Renderer {
  /// Where an entry or item starts, with its `-` or `?`.
  ///
  /// - Parameters:
  ///   - first: the entry's key, or the item.
  ///   - previousEnd: where the sibling before it ends; nil for the first one.
  func entryStart(_ first: UInt32, in container: UInt32, previousEnd: Int?) -> Int {
    let start = Int(node(first).start)
    if node(container).kind == .mapping {
      // `? key` is the only indicator that stands before a key.
      var offset = previousEnd ?? ScalarSpan.contentStart(of: node(container), in: source)
      while offset < start, source[offset].isBlankOrBreak || source[offset] == UInt8(ascii: "#") {
        offset = source[offset] == UInt8(ascii: "#") ? SourceLines.end(of: offset, in: source) : offset + 1
      }
      return offset < start && source[offset] == UInt8(ascii: "?") ? offset : start
    }
    // A dash stands before each item, with nothing but trivia between it and the sibling before.
    var offset = previousEnd ?? ScalarSpan.contentStart(of: node(container), in: source)
    while offset < start, source[offset] != UInt8(ascii: "-") {
      if source[offset] == UInt8(ascii: "#") {
        offset = SourceLines.end(of: offset, in: source)
      } else {
        offset += 1
      }
    }
    return min(offset, start)
  }

  /// The lines of an entry or item that stands where it was in the source.
  func region(of first: UInt32, value: UInt32, in container: UInt32, previousEnd: Int?) -> EntryRegion {
    EntryRegion(
      start: entryStart(first, in: container, previousEnd: previousEnd), valueEnd: Int(node(value).end),
      previousEnd: previousEnd, in: source)
  }

  /// The lines of a node wherever it stands now: those that it had in the source. Nil for what the source does not have in block
  /// style.
  func originalRegion(of value: UInt32) -> EntryRegion? {
    let origin = document.edits.originals[value] ?? value
    guard !node(origin).flags.contains(.new) else { return nil }
    let container = document.edits.formerParents[origin] ?? node(origin).parent
    guard node(container).isBlockCollection else { return nil }
    var first = origin
    if node(container).kind == .mapping, !node(origin).flags.contains(.key) {
      guard let key = document.originalSibling(before: origin, in: container) else { return nil }
      first = key
    }
    let previousEnd = document.originalSibling(before: first, in: container).map { Int(node($0).end) }
    return region(of: first, value: origin, in: container, previousEnd: previousEnd)
  }

  /// Whether the place holds, or held, a node of the source.
  func isOriginal(_ place: UInt32) -> Bool {
    let element = node(place)
    return element.kind != .graft && element.flags.isDisjoint(with: [.new, .inserted])
  }

  /// The end of a node's last anchor or tag; its start where it has none.
  func endOfProperties(of id: UInt32) -> Int {
    let element = node(id)
    guard element.flags.contains(.properties) else { return Int(element.start) }
    var limit: Int?
    if element.isBlockCollection {
      var place = element.firstChild
      while place != 0, !isOriginal(place) { place = node(place).next }
      if place != 0 { limit = Int(node(place).start) }
    }
    return ScalarSpan.endOfProperties(of: element, in: source, limit: limit)
  }

  /// The end of the colon before a value, or of the dash before an item.
  func slotEnd(of value: UInt32, key: UInt32?, entryStart: Int) -> Int {
    guard let key else { return entryStart + 1 }
    var offset = Int(node(key).end)
    let limit = Int(node(value).start)
    while offset < limit {
      if source[offset] == UInt8(ascii: ":") { return offset + 1 }
      offset = source[offset] == UInt8(ascii: "#") ? SourceLines.end(of: offset, in: source) : offset + 1
    }
    return limit
  }

  /// The key that stood before a value in the source; nil for an item or a root. Complexity: O(depth), of copies O(entries).
  func key(before value: UInt32) -> UInt32? {
    let container = document.edits.formerParents[value] ?? node(value).parent
    guard node(container).kind == .mapping else { return nil }
    if let key = document.originalSibling(before: value, in: container) { return key }
    var key: UInt32?
    var place = node(container).firstChild
    while place != 0, place != value {
      if isOriginal(place) { key = place }
      place = node(place).next
    }
    return place == 0 ? nil : key
  }

  /// The column of a block collection's entries.
  func column(of container: UInt32) -> Int {
    var place = node(container).firstChild
    while place != 0, !isOriginal(place) { place = node(place).next }
    guard place != 0 else { return 0 }
    return SourceLines.column(of: entryStart(place, in: container, previousEnd: nil), in: source)
  }
}
