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
    guard let id = lastScalar(of: id) else { return nil }
    if let other = elsewhere(id) { return other.blockTail(of: id) }
    let element = node(id)
    if let written = document.edits.written[id] {
      guard !avoidsBlockScalars, let text = written.value.string,
        text.utf8.contains(UInt8(ascii: "\n")) || written.style == .folded,
        written.style != .singleQuoted, written.style != .doubleQuoted
      else { return nil }
      return BlockTail(keeps: text.hasSuffix("\n\n"), endsWithBreak: text.hasSuffix("\n"))
    }
    guard element.isBlockScalar else { return nil }
    let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: element, in: source), in: source)
    return BlockTail(keeps: header.chomping == UInt8(ascii: "+"), endsWithBreak: header.chomping != UInt8(ascii: "-"))
  }

  /// Whether a value ends in a block scalar of line breaks and nothing else, whose last lines would be taken for no lines.
  private func endsInBreaksOnly(_ id: UInt32) -> Bool {
    guard let tail = lastScalar(of: id), document.edits.written[tail] == nil else { return false }
    return hasBreaksOnly(tail)
  }

  /// The scalar or alias in which the text of a node in block style ends; nil where it ends with a bracket.
  private func lastScalar(of id: UInt32) -> UInt32? {
    var id = id
    while node(id).isContainer {
      // Between brackets there are no block scalars.
      guard !document.isFlow(id), let last = document.children(of: id).last else { return nil }
      id = last
    }
    let element = node(id)
    if document.edits.written[id] == nil, id > 0, element.start == element.end, node(id - 1).next == id,
      node(id - 1).end == element.start, node(id - 1).isBlockScalar
    {
      // `? |` without a value.
      return id - 1
    }
    return id
  }

  /// The document with the block scalar that a value ends in put into quotes. Complexity: O(n) where the source has that scalar.
  private func quotingTail(of id: UInt32) -> Document {
    guard let tail = lastScalar(of: id) else { return document }
    var copy = document
    if document.edits.written[tail] != nil {
      copy.edits.written[tail]?.style = .doubleQuoted
      return copy
    }
    copy.author = author(of: id)
    let text = document.withTextBytes(of: tail) { String(decoding: $0, as: UTF8.self) }
    copy.edits.written[tail] = WrittenScalar(value: .string(text), style: .doubleQuoted)
    copy.nodes[Int(tail)].flags.insert(.rewritten)
    copy.markEdited(tail)
    return copy
  }

  /// A copy of a block scalar leaves out the comment behind its indicators, which is the line comment of the original's entry.
  func withoutHeaderComment(_ text: [UInt8]) -> [UInt8] {
    text.withBuffer { text in
      let end = BlockScalarSpan(at: 0, in: text).indicatorsEnd
      return Array(text[..<end]) + text[SourceLines.end(of: end, in: text)...]
    }
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
  func safely<Text>(
    _ id: UInt32, before offset: Int, column: Int, _ make: (Renderer) -> Text
  ) -> Text {
    guard let tail = blockTail(of: id), !isSafe(tail, before: offset, column: column) || endsInBreaksOnly(id) else {
      return make(self)
    }
    return make(quoting(tailOf: id))
  }

  /// The text of a value above the comment lines of its entry, which go with it.
  func safely<Text>(_ id: UInt32, above foot: Range<Int>?, _ make: (Renderer) -> Text) -> Text {
    guard let foot, !foot.isEmpty, let tail = blockTail(of: id), tail.keeps,
      EntryRegion.Line(at: foot.lowerBound, in: source) == .blank
    else { return make(self) }
    return make(quoting(tailOf: id))
  }

  private func quoting(tailOf id: UInt32) -> Renderer {
    var careful = self
    careful.document = quotingTail(of: id)
    return careful
  }
}
