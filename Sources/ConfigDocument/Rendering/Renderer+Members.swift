/// The members of a collection, as the source has them and as they are now.
extension Renderer {
  /// One step of a block collection's chain: an entry (key and value) or an item.
  struct Member {
    /// The key, or the item; of a place that an edit made, the node that stands there.
    var first: UInt32
    /// The place of the value that the source has, or that an edit inserted.
    var valuePlace: UInt32
    /// The value that stands there now; nil where the member is gone.
    var value: UInt32?
    /// The key that stands there now; nil in a sequence.
    var key: UInt32?
    var isOriginal: Bool
    var leansForward: Bool
    var author: EditAuthor
  }

  func members(of container: UInt32) -> [Member] {
    let isMapping = node(container).kind == .mapping
    var members: [Member] = []
    var place = node(container).firstChild
    while place != 0 {
      let first = place
      // An alias that is a key becomes what it stood for.
      while isMapping, node(place).flags.contains(.replaced) { place = node(place).next }
      let key = isMapping ? document.occupant(of: place) : nil
      if isMapping { place = node(place).next }
      let valuePlace = place
      var value = document.occupant(of: valuePlace)
      while node(place).flags.contains(.replaced) {
        place = node(place).next
        value = document.occupant(of: place)
      }
      members.append(
        Member(
          first: node(first).kind == .graft ? node(first).occupant : first, valuePlace: valuePlace,
          value: isMapping && key == nil ? nil : value, key: key, isOriginal: isOriginal(first),
          leansForward: node(first).flags.contains(.leansForward),
          author: document.edits.authors[valuePlace] ?? author(of: value ?? valuePlace)))
      place = node(place).next
    }
    return members
  }

  /// For each member the index of the next one behind it that the source has. Complexity: O(members).
  func nextOriginals(_ members: [Member]) -> [Int?] {
    var next: [Int?] = Array(repeating: nil, count: members.count)
    var nearest: Int?
    for index in members.indices.reversed() {
      next[index] = nearest
      if members[index].isOriginal { nearest = index }
    }
    return next
  }
}
