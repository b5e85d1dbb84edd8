/// Where a comment stands that belongs to an entry or item.
public enum CommentPlace: Hashable, Sendable {
  /// On the lines above it, glued to it and at its column.
  case head
  /// Behind it on its line; behind the key, where the value is a collection in block style.
  case line
  /// On the lines below it, with a blank line or something shallower behind.
  case foot
}

/// Comments of entries and items. Those of nobody float, and no edit reaches them.
extension Document {
  /// The text of a comment that belongs to the entry or item, without `#`; its lines are joined by `\n`. Nil where it has none.
  ///
  /// Complexity: O(siblings before it).
  public func comment(of node: NodeID, at place: CommentPlace) -> String? {
    let lines = writtenComment(of: node, at: place) ?? ownComments(of: node, at: place)
    return lines.isEmpty ? nil : lines.map(commentText).joined(separator: "\n")
  }

  /// Whether the entry or item has a comment of its own, above it, on its line or below.
  public func hasOwnComments(_ node: NodeID) -> Bool {
    [CommentPlace.head, .line, .foot].contains { comment(of: node, at: $0) != nil }
  }

  /// Whether the entry or item was in the source, or took the place of one that was: else edits made it, comments and all.
  package func comesFromSource(_ node: NodeID) -> Bool { !isNew(node) || home(of: node.raw) != nil }

  /// Whether an edit made the node: it stands for no text that somebody wrote.
  public func isNew(_ node: NodeID) -> Bool { !nodes[node.index].flags.isDisjoint(with: [.new, .copied]) }

  /// Gives the entry or item a comment in place of the one that it has there.
  ///
  /// ```swift
  /// try document.setComment("Measured in March.", of: node, at: .line)
  /// ```
  ///
  /// - Parameter text: without `#`; lines are separated by `\n`. Nil removes the comment. In JSON with comments it is written
  ///   behind `//`, or above an entry between `/*` and `*/` where the file has only those.
  /// - Throws: `edit-refused` in JSON; for the root; and where there is no room: several lines behind an entry, a head above an
  ///   entry that starts behind a dash (the item's comment is there), between brackets on one line.
  /// - Complexity: O(depth); O(n) for the first comment of an edited file of JSON with comments.
  public mutating func setComment(_ text: String?, of node: NodeID, at place: CommentPlace) throws(Diagnostic) {
    if text == nil, comment(of: node, at: place) == nil { return }
    try checkRoom(for: text, of: node, at: place)
    let lines = if let text { try checkedLines(text, of: node, at: place) } else { [[UInt8]]() }
    writeComment(lines, of: node, at: place)
  }

  /// Lines as they are to be written, with their marks.
  mutating func writeComment(_ lines: [[UInt8]], of node: NodeID, at place: CommentPlace) {
    var comments = edits.comments[node.raw] ?? CommentEdits()
    switch place {
    case .head: comments.head = lines
    case .line: comments.line = lines
    case .foot: comments.foot = lines
    }
    comments.author = author
    edits.comments[node.raw] = comments
    markEdited(nodes[node.index].parent)
  }

  /// What an edit gave the node at that place; nil where none did.
  private func writtenComment(of node: NodeID, at place: CommentPlace) -> [[UInt8]]? {
    switch place {
    case .head: edits.comments[node.raw]?.head
    case .line: edits.comments[node.raw]?.line
    case .foot: edits.comments[node.raw]?.foot
    }
  }

  /// The comments that the source has, as they are written.
  func ownComments(of node: NodeID, at place: CommentPlace) -> [[UInt8]] {
    guard format != .json, parent(of: node) != nil, let home = home(of: node.raw) else { return [] }
    return bytes.withBuffer { bytes in
      Renderer(self, bytes: bytes, readingAt: Int(nodes[Int(home)].start), style: NeighbourStyle())
        .ownComments(of: home, at: place)
    }
  }

  /// The node of the source whose place and comments a value has: itself, or the one whose place it took. Nil for what is new, and
  /// for what another node took the place of.
  func home(of value: UInt32) -> UInt32? {
    if let taken = edits.homes[value] { return taken }
    let element = nodes[Int(value)]
    return element.kind != .graft && element.flags.isDisjoint(with: [.new, .copied, .inserted, .replaced]) ? value : nil
  }

  // MARK: Text

  /// A comment's lines with their marks.
  mutating func commentLines(_ text: String, at place: CommentPlace = .head) -> [[UInt8]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasSuffix("\r") ? line.dropLast() : line
    }
    if format == .yaml { return lines.map { Array(($0.isEmpty ? "#" : "# \($0)").utf8) } }
    let isBlock = place != .line && hasBlockCommentsOnly()
    return lines.map { Array((isBlock ? "/* \($0) */" : $0.isEmpty ? "//" : "// \($0)").utf8) }
  }

  /// Complexity: O(n) the first time.
  private mutating func hasBlockCommentsOnly() -> Bool {
    if let known = edits.hasBlockCommentsOnly { return known }
    let comments = comments
    let isBlock = !comments.isEmpty && !comments.contains { source[$0.range.lowerBound + 1] == UInt8(ascii: "/") }
    edits.hasBlockCommentsOnly = isBlock
    return isBlock
  }

  private func commentText(_ line: [UInt8]) -> String {
    line.withBuffer { SourceComment(at: 0, in: $0, format: format)?.text ?? String(decoding: $0, as: UTF8.self) }
  }

  private mutating func checkedLines(
    _ text: String, of node: NodeID, at place: CommentPlace
  ) throws(Diagnostic) -> [[UInt8]] {
    guard text.unicodeScalars.allSatisfy({ ScalarWriter.isPrintable($0) }), !(format == .jsonc && text.contains("*/"))
    else {
      throw Diagnostic(
        .editRefused, "the comment holds a character that a comment cannot have", at: self.place(of: node),
        hint: "leave out control characters, and `*/` in JSON")
    }
    return commentLines(text, at: place)
  }

  // MARK: Room

  private func checkRoom(for text: String?, of node: NodeID, at place: CommentPlace) throws(Diagnostic) {
    guard let reason = obstacle(to: text, of: node, at: place) else { return }
    throw Diagnostic(.editRefused, reason, at: self.place(of: key(of: node) ?? node))
  }

  /// Whether a comment of one line can stand at the entry or item.
  func hasRoom(for place: CommentPlace, of node: NodeID) -> Bool { obstacle(to: "", of: node, at: place) == nil }

  /// Why there can be no such comment.
  private func obstacle(to text: String?, of node: NodeID, at place: CommentPlace) -> String? {
    if format == .json { return "JSON has no comments" }
    guard let parent = parent(of: node) else {
      return "the root of a document is no entry that a comment could belong to"
    }
    guard let text else { return nil }
    if place == .line, text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) {
      return "a comment behind an entry has one line"
    }
    let home = home(of: node.raw)
    if isFlow(parent.raw) {
      if place == .foot { return "between brackets a comment stands above an entry, or behind it" }
      if let home, edits.places[node.raw] == nil, hasOwnLines(home) { return nil }
      if format == .jsonc, place == .head, home == nil || edits.places[node.raw] != nil { return nil }
      return "the entry shares its line with others, so there is no room for a comment"
    }
    let isAtHome = edits.places[node.raw] == nil
    if let home, isAtHome, let region = region(ofHome: home), region.isCompact, place == .head {
      return "the entry starts behind a dash, where a comment is the item's"
    }
    if place == .foot, let home, isAtHome, isIndentlessList(home) {
      return "the list in it is not indented, so a comment below is its last item's"
    }
    if place == .line, let home, isAtHome, !hasLine(home) { return "the entry's line is another's" }
    if place == .line, startsWithFirstMember(node) { return "the item's line is that of its first entry" }
    return nil
  }

  func hasOwnLines(_ home: UInt32) -> Bool {
    bytes.withBuffer { bytes in
      let renderer = Renderer(self, bytes: bytes, readingAt: Int(nodes[Int(home)].start), style: NeighbourStyle())
      return renderer.originalFlowRegion(of: home)?.lines != nil
    }
  }

  private func hasLine(_ home: UInt32) -> Bool {
    bytes.withBuffer { bytes in
      let renderer = Renderer(self, bytes: bytes, readingAt: Int(nodes[Int(home)].start), style: NeighbourStyle())
      return renderer.originalRegion(of: home).map { renderer.lineComment(of: home, in: $0) != nil } ?? true
    }
  }

  private func isIndentlessList(_ home: UInt32) -> Bool {
    guard nodes[Int(home)].kind == .sequence, nodes[Int(home)].style == .block, let region = region(ofHome: home) else {
      return false
    }
    return bytes.withBuffer { bytes in
      Renderer(self, bytes: bytes, readingAt: Int(nodes[Int(home)].start), style: NeighbourStyle())
        .column(of: home) == region.column
    }
  }

  private func region(ofHome home: UInt32) -> EntryRegion? {
    bytes.withBuffer { bytes in
      Renderer(self, bytes: bytes, readingAt: Int(nodes[Int(home)].start), style: NeighbourStyle())
        .originalRegion(of: home)
    }
  }

  /// Whether an item is a collection whose first member stands behind the dash, `- a: 1`, or may come to stand there.
  private func startsWithFirstMember(_ node: NodeID) -> Bool {
    let element = nodes[node.index]
    guard element.isContainer, element.style == .block, key(of: node) == nil, !children(of: node.raw).isEmpty else {
      return false
    }
    if element.flags.contains(.new) { return true }
    return bytes.withBuffer { bytes in
      let renderer = Renderer(self, bytes: bytes, readingAt: Int(element.start), style: NeighbourStyle())
      let first = renderer.members(of: node.raw).first(where: \.isOriginal)
      return first.map {
        renderer.region(of: $0.first, value: $0.valuePlace, in: node.raw, previousEnd: nil).isCompact
      } ?? true
    }
  }
}
