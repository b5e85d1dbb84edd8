/// An entry or item that an edit wrote, renamed or moved, and who did it.
public struct EditedNode: Hashable, Sendable {
  /// In a document whose source is that of the edited one, the same node.
  public var node: NodeID
  /// The document of the stream, from 0.
  public var root: Int
  /// Where it stands now.
  public var pointer: Pointer
  public var author: EditAuthor
  /// Whether the source has it.
  public var isInSource: Bool
}

extension Document {
  /// What the edits touched and left standing; of something that came as a whole its topmost node, and what was edited in it.
  /// Outer nodes come first.
  ///
  /// Complexity: O(edits · depth · items of a list), and the sorting of that.
  public var editedNodes: [EditedNode] {
    guard hasEdits else { return [] }
    let valuesOfKeys = Dictionary(edits.keys.map { ($0.value, $0.key) }) { first, _ in first }
    var authors: [UInt32: EditAuthor] = [:]
    for (id, author) in edits.authors.sorted(by: { $0.key < $1.key }) {
      var node = id
      if nodes[Int(id)].kind == .graft { node = nodes[Int(id)].occupant }
      if nodes[Int(node)].flags.contains(.key) { node = valuesOfKeys[node] ?? node + 1 }
      guard nodes.indices.contains(Int(node)), isPresent(node), parent(of: NodeID(node)) != nil else { continue }
      // What only holds something that was edited has an author too.
      if id == node, nodes[Int(node)].isContainer, isOriginal(node), edits.places[node] == nil { continue }
      authors[node] = author
    }
    let roots = roots
    return authors.map { id, author in
      let node = NodeID(id)
      var top = node
      while let parent = parent(of: top) { top = parent }
      return EditedNode(
        node: node, root: roots.firstIndex(of: top) ?? 0, pointer: pointer(to: node), author: author,
        isInSource: isOriginal(id))
    }.sorted { ($0.pointer.tokens.count, $0.node.raw) < ($1.pointer.tokens.count, $1.node.raw) }
  }

  private func isOriginal(_ id: UInt32) -> Bool {
    let node = nodes[Int(id)]
    return node.flags.isDisjoint(with: [.new, .copied]) && Int(node.start) < source.count
  }

  /// The lines of an entry or item of a text that was not edited, from 0: from the comment above it to the last of its scalars.
  ///
  /// Complexity: O(nodes below it).
  package func lines(of node: NodeID) -> Range<Int> {
    let first = place(of: key(of: node) ?? node).line - 1
    var last = first
    var rest = [node]
    while let node = rest.popLast() {
      switch kind(of: node) {
      case .mapping: rest += entries(of: node).map(\.value)
      case .sequence: rest += items(of: node)
      default:
        let span = valueSpan(of: node)
        let breaks = source[span].count { $0 == UInt8(ascii: "\n") }
        let isBlock = nodes[node.index].isBlockScalar
        last = max(last, place(of: node).line - 1 + breaks + (isBlock ? 1 : 0))
      }
    }
    return first - commentLines(above: key(of: node) ?? node)..<last + 1
  }

  /// How many lines glued above a node hold a comment, and nothing else.
  private func commentLines(above node: NodeID) -> Int {
    guard format != .json else { return 0 }
    let signs = format == .yaml ? ["#"] : ["//", "/*"]
    return source.withBuffer { source in
      var count = 0
      var start = SourceLines.start(of: Int(nodes[node.index].start), in: source)
      while start > 0 {
        let previous = SourceLines.start(of: start - 1, in: source)
        let line = source[previous..<start].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard signs.contains(where: { line.starts(with: $0.utf8) }) else { break }
        count += 1
        start = previous
      }
      return count
    }
  }
}
