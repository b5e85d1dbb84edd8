/// What stands behind a block scalar may become part of it: blank lines, and lines that are indented as deep as its text.
extension Renderer {
  /// The block scalar that the text of a value ends in.
  struct BlockTail {
    /// `+`: blank lines that follow are content.
    var keeps: Bool
    /// The value ends with a line break, so its last line must.
    var endsWithBreak: Bool
  }

  /// The block scalar in which the text of the node ends, or would end; nil where it ends otherwise.
  func blockTail(of id: UInt32) -> BlockTail? {
    if let other = elsewhere(id) { return other.blockTail(of: id) }
    let element = node(id)
    if element.isContainer {
      // Between brackets there are no block scalars.
      if document.isFlow(id) { return nil }
      return document.children(of: id).last.flatMap { blockTail(of: $0) }
    }
    if let written = document.edits.written[id] {
      guard !avoidsBlockScalars, let text = written.value.string,
        text.utf8.contains(UInt8(ascii: "\n")) || written.style == .folded,
        written.style != .singleQuoted, written.style != .doubleQuoted
      else { return nil }
      return BlockTail(keeps: text.hasSuffix("\n\n"), endsWithBreak: text.hasSuffix("\n"))
    }
    if id > 0, element.start == element.end, node(id - 1).next == id, node(id - 1).end == element.start,
      node(id - 1).isBlockScalar
    {
      // `? |` without a value.
      return blockTail(of: id - 1)
    }
    guard element.isBlockScalar else { return nil }
    let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: element, in: source), in: source)
    return BlockTail(keeps: header.chomping == UInt8(ascii: "+"), endsWithBreak: header.chomping != UInt8(ascii: "-"))
  }

  /// Whether a block scalar may end before the line at `offset`, and nothing that follows becomes part of it.
  ///
  /// - Parameter column: that of what holds the scalar.
  func isSafe(_ tail: BlockTail, before offset: Int, column: Int) -> Bool {
    var offset = offset
    while offset < source.count {
      switch EntryRegion.Line(at: offset, in: source) {
      case .content: return true
      case .comment(let at): return at <= column
      case .blank:
        if tail.keeps || SourceLines.end(of: offset, in: source) - offset > column { return false }
      }
      offset = SourceLines.next(after: offset, in: source)
    }
    return true
  }

  /// The end of the blank lines at `offset`.
  func endOfBlankLines(from offset: Int) -> Int {
    var end = offset
    while end < limit, EntryRegion.Line(at: end, in: source) == .blank {
      let next = SourceLines.next(after: end, in: source)
      if next == end { break }
      end = next
    }
    return min(end, limit)
  }

  /// The text of a value in a place where `offset` is the start of the line behind it.
  mutating func safely<Text>(
    _ id: UInt32, before offset: Int, column: Int, _ make: (Renderer) -> Text
  ) -> Text {
    guard let tail = blockTail(of: id), !isSafe(tail, before: offset, column: column) else { return make(self) }
    avoidsBlockScalars = true
    defer { avoidsBlockScalars = false }
    return make(self)
  }
}
