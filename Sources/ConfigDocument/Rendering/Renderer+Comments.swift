/// The comments that belong to an entry or item, and what edits make of them.
extension Renderer {
  /// A comment on an entry's line that is written when the walk comes to it.
  struct PendingComment {
    /// The comment that goes; empty where one comes.
    var range: Range<Int>
    var text: [UInt8]
    var author: EditAuthor
    /// Where the block scalar ends in whose header it stands; 0 in any other place.
    var scalarEnd = 0
  }

  // MARK: Where they are

  /// The comments of a node at its place in the source, as they are written.
  func ownComments(of home: UInt32, at place: CommentPlace) -> [[UInt8]] {
    if let region = originalFlowRegion(of: home) {
      switch place {
      case .head: return flowComments(in: region.own.lowerBound..<region.start)
      case .line: return flowComments(in: region.end..<region.own.upperBound)
      case .foot: return []
      }
    }
    guard let region = originalRegion(of: home) else { return [] }
    switch place {
    case .head: return commentLines(in: region.headStart..<max(region.headStart, lineStart(of: region)))
    case .line: return lineComment(of: home, in: region)?.range.map { [Array(source[$0])] } ?? []
    case .foot: return commentLines(in: footStart(of: home, in: region)..<region.end)
    }
  }

  private func lineStart(of region: EntryRegion) -> Int {
    region.isCompact ? region.start : lineStart(of: region.start)
  }

  private func commentLines(in range: Range<Int>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let end = lineEnd(of: offset)
      if case .comment(let column) = EntryRegion.Line(at: offset, in: source) {
        lines.append(Array(source[offset + column..<end]))
      }
      offset = SourceLines.afterBreak(end, in: source)
    }
    return lines
  }

  /// The start of the line below the entry's last one, and below the comments that belong to what is in it.
  func footStart(of home: UInt32, in region: EntryRegion) -> Int {
    guard node(home).isBlockCollection else { return SourceLines.afterBreak(region.lineEnd, in: source) }
    return min(region.end, EntryRegion.end(behind: region.valueEnd, column: column(of: home), in: source))
  }

  /// Where the comment on an entry's line is, or where one would come; nil where the line is another's.
  func lineComment(of home: UInt32, in region: EntryRegion) -> (range: Range<Int>?, end: Int)? {
    var start = region.valueEnd
    if node(home).isBlockCollection {
      guard let slot = slotEndBefore(home) else { return nil }
      start = max(slot, node(home).flags.contains(.properties) ? endOfProperties(of: home) : slot)
    } else if node(home).isBlockScalar {
      start = BlockScalarSpan(at: ScalarSpan.contentStart(of: node(home), in: source), in: source).indicatorsEnd
    } else if node(home).start == node(home).end, let key = key(before: home),
      node(key).isBlockScalar || node(key).isBlockCollection,
      slotEndBefore(home).map({ !isBehindColon($0, of: key) }) ?? true
    {
      // `? |` without a colon: what stands there is the key's.
      return nil
    }
    let end = lineEnd(of: start)
    var offset = start
    while offset < end, source[offset].isBlank { offset += 1 }
    if offset == end { return (nil, end) }
    return source[offset] == UInt8(ascii: "#") ? (offset..<end, end) : nil
  }

  // MARK: What edits make of them

  /// The comments that edits gave an entry of a block collection, above it and on its line.
  mutating func openComments(_ comments: CommentEdits, of home: UInt32, in region: EntryRegion) {
    let place = lineComment(of: home, in: region)
    var head = comments.head
    // Where the line is that of the first member, the comment stands above.
    if let line = comments.line, !line.isEmpty, place == nil {
      head = (head ?? ownComments(of: home, at: .head)) + line
    }
    if let head {
      // Behind a dash the entry follows on a line of its own.
      let sharesLine = region.isCompact || cursor > region.headStart
      copy(to: region.headStart)
      skip(to: sharesLine ? region.start : lineStart(of: region), by: comments.author)
      let lead = spaces(region.column)
      let text = head.flatMap { lead + $0 + eol(at: region.start) }
      if sharesLine, !head.isEmpty {
        write(text.dropFirst(lead.count) + lead, by: comments.author)
      } else {
        write(text, by: comments.author)
      }
    }
    guard let line = comments.line, let place else { return }
    pend(line, at: place, by: comments.author, scalarEnd: node(home).isBlockScalar ? Int(node(home).end) : 0)
  }

  /// The comments that edits gave a member between brackets: one that has not its lines for itself can only lose some.
  mutating func openComments(_ comments: CommentEdits, in region: FlowRegion) {
    if let lines = region.lines, let head = comments.head {
      copy(to: lines.lowerBound)
      skip(to: lineStart(of: region.start), by: comments.author)
      let indentation = indentation(at: region.start)
      write(head.flatMap { indentation + $0 + eol(at: region.start) }, by: comments.author)
    }
    guard let line = comments.line, region.lines != nil || line.isEmpty else { return }
    var ranges: [Range<Int>] = []
    var offset = region.end
    while offset < region.own.upperBound {
      if let comment = SourceComment(at: offset, in: source, format: document.format) { ranges.append(comment.range) }
      offset = ranges.last.map { max($0.upperBound, offset + 1) } ?? offset + 1
    }
    let end = SourceLines.beforeBreak(region.own.upperBound, in: source, notBefore: region.end)
    // What stands behind the last one, as a comma does, must not get into one that goes on to the line's end.
    let last = ranges.last.flatMap { isLastOnLine($0) || line.isEmpty ? $0 : nil }
    pend(line, at: (last, end), by: comments.author)
    for range in ranges where range != last { pend([], at: (range, end), by: comments.author) }
  }

  private func isLastOnLine(_ range: Range<Int>) -> Bool {
    source[range.upperBound..<lineEnd(of: range.upperBound)].allSatisfy(\.isBlank)
  }

  /// A comment on a line, for when the walk comes to it.
  mutating func pend(
    _ line: [[UInt8]], at place: (range: Range<Int>?, end: Int), by author: EditAuthor, scalarEnd: Int = 0
  ) {
    var comment = PendingComment(
      range: place.range ?? place.end..<place.end, text: line.first ?? [], author: author, scalarEnd: scalarEnd)
    if line.isEmpty {
      guard let range = place.range else { return }
      var start = range.lowerBound
      while start > 0, source[start - 1].isBlank { start -= 1 }
      comment.range = start..<range.upperBound
    } else if place.range == nil {
      let isSpaced = place.end > 0 && source[place.end - 1].isBlank
      if !isSpaced { comment.text = spaces(style.commentGap) + comment.text }
    }
    let index = pending.firstIndex { $0.range.lowerBound < comment.range.lowerBound } ?? pending.count
    pending.insert(comment, at: index)
  }

  /// Writes the comment that is due at the cursor.
  mutating func flushComment() {
    guard let comment = pending.last, comment.range.isEmpty, comment.range.lowerBound == cursor else { return }
    pending.removeLast()
    // The blanks that it was to stand behind may have gone.
    if let first = comment.text.first, !first.isBlank { separate(by: comment.author) }
    write(comment.text, by: comment.author)
  }

  /// The comments below an entry of a block collection.
  mutating func closeComments(_ comments: CommentEdits, below member: Member, in region: EntryRegion) {
    guard let foot = comments.foot else { return }
    copy(to: footStart(of: member.valuePlace, in: region))
    flushComment()
    let hasFoot = cursor < region.end
    skip(to: region.end, by: comments.author)
    let endsOpen = region.end == source.count && !endsWithBreak
    if endsOpen, !foot.isEmpty { keepUnterminatedBlockScalar(by: comments.author) }
    guard !foot.isEmpty else {
      if hasFoot, endsOpen, !(member.value.flatMap(blockTail)?.endsWithBreak ?? false) {
        dropTrailingBreak(by: comments.author)
      }
      return
    }
    let eol = eol(at: region.start)
    let isOnLine = out.last.map { !$0.isBreak } ?? false
    let lines = foot.map { spaces(region.column) + $0 }
    write((isOnLine ? eol : []) + lines.joined(separator: eol) + (endsOpen ? [] : eol), by: comments.author)
    if isFollowedBySibling(region) { write(eol, by: comments.author) }
  }

  /// Whether a comment below an entry would be taken for that of the next one, where no blank line is between.
  private func isFollowedBySibling(_ region: EntryRegion) -> Bool {
    var offset = region.end
    guard offset < limit, EntryRegion.Line(at: offset, in: source) != .blank else { return false }
    while offset < limit {
      if case .content(let column) = EntryRegion.Line(at: offset, in: source) { return column >= region.column }
      offset = SourceLines.next(after: offset, in: source)
    }
    return EntryRegion.Line(at: region.end, in: source) == .comment(region.column)
  }
}
