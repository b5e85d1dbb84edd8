/// Where a walk over the entries of a mapping, or the items of a sequence, has come to.
///
/// A search asks a document for one entry after the other with it. It needs no closure, which would hold a copy of the document,
/// and no list of all entries.
package struct EntryCursor {
  fileprivate var place: UInt32
}

extension Document {
  /// Before the first entry or item of a collection; at the end for other nodes.
  package func cursor(in collection: NodeID) -> EntryCursor {
    EntryCursor(place: nodes[collection.index].firstChild)
  }

  /// The next entry of a mapping, as it is written; nil behind the last one.
  ///
  /// Complexity: O(1), and the places that edits left vacant.
  package func nextEntry(_ cursor: inout EntryCursor) -> (key: NodeID, value: NodeID)? {
    guard let key = nextItem(&cursor), let value = nextItem(&cursor) else { return nil }
    return (key, value)
  }

  /// The next item of a sequence; nil behind the last one.
  package func nextItem(_ cursor: inout EntryCursor) -> NodeID? {
    while cursor.place != 0 {
      let node = nodes[Int(cursor.place)]
      let place = cursor.place
      cursor.place = node.next
      if node.flags.isDisjoint(with: .vacant) { return NodeID(node.kind == .graft ? node.occupant : place) }
    }
    return nil
  }
}
