/// Who gets a comment when what it stands at goes, and what it tells of stays: another entry, or that of the collection.
extension Document {
  /// A comment between the members of a collection of the source, or between them and its brackets.
  struct LooseComment {
    /// As it is written, with its mark.
    var text: [UInt8]
    /// The member that stands behind it now; nil where none does.
    var next: NodeID?
  }

  /// The comments in a collection that stay when its members go elsewhere, in order.
  ///
  /// - Complexity: O(bytes of the collection).
  func looseComments(of container: NodeID) -> [LooseComment] {
    let element = nodes[container.index]
    guard format != .json, element.isContainer, !element.flags.contains(.new) else { return [] }
    return bytes.withBuffer { bytes in
      Renderer(self, bytes: bytes, readingAt: Int(element.start), style: NeighbourStyle())
        .looseComments(of: container.raw)
    }
  }

  /// Gives the loose comments of a collection to its members, each to the next one, so that they go where those go.
  ///
  /// What has no member behind it comes above the collection's entry, or above the next one around it that has room.
  ///
  /// - Throws: `edit-refused` where there is no room.
  package mutating func giveLooseCommentsAway(of container: NodeID) throws(Diagnostic) {
    let isBetweenBrackets = format == .yaml && parent(of: container).map { isFlow($0.raw) } ?? false
    let last = kind(of: container) == .mapping ? entries(of: container).last?.value : items(of: container).last
    var heads: [NodeID: [[UInt8]]] = [:]
    for comment in looseComments(of: container) {
      let member = comment.next ?? (format == .jsonc ? last : nil)
      let heir =
        if let member, !isBetweenBrackets { member } else { try roomForComments(above: container) }
      heads[heir, default: []].append(comment.text)
    }
    for (heir, lines) in heads { addHead(lines, to: heir) }
  }

  /// Gives the comments of an entry that is about to go to another one: that on its line, where it has none there, and the others above.
  ///
  /// - Throws: `edit-refused` where there is no room.
  package mutating func giveComments(of node: NodeID, to heir: NodeID) throws(Diagnostic) {
    let taken = takenComments(of: node)
    var above = taken.head ?? []
    if let line = taken.line, !line.isEmpty {
      if line.count == 1, comment(of: heir, at: .line) == nil, hasRoom(for: .line, of: heir) {
        writeComment(line, of: heir, at: .line)
      } else {
        above += line
      }
    }
    above += taken.foot ?? []
    if !above.isEmpty { addHead(above, to: try roomForComments(above: heir)) }
  }

  /// Adds comments above those that stand above an entry or item.
  private mutating func addHead(_ lines: [[UInt8]], to node: NodeID) {
    let own = edits.comments[node.raw]?.head ?? ownComments(of: node, at: .head)
    writeComment(lines + own, of: node, at: .head)
  }

  /// The entry or item around a node, or the node itself, that a comment can stand above.
  private func roomForComments(above node: NodeID) throws(Diagnostic) -> NodeID {
    var candidate = node
    while let parent = parent(of: candidate) {
      if hasRoom(for: .head, of: candidate) { return candidate }
      candidate = parent
    }
    throw Diagnostic(
      .editRefused, "the comments between the brackets find no room elsewhere", at: place(of: node),
      hint: "remove the comments first")
  }
}
