/// Collections in block style that give way to another value.
extension Renderer {
  mutating func replaceBlock(
    _ old: UInt32, with new: UInt32, holder: ValueHolder, column: Int, slotEnd: Int?
  ) {
    let author = author(of: new)
    var previousEnd: Int?
    var first: EntryRegion?
    var last: EntryRegion?
    for member in members(of: old) where member.isOriginal {
      let region = region(of: member.first, value: member.valuePlace, in: old, previousEnd: previousEnd)
      previousEnd = Int(node(member.valuePlace).end)
      if first == nil { first = region }
      last = region
    }
    guard let first, let last else { return }
    var text = safely(new, before: last.end, column: column) {
      $0.valueText(new, column: column, holder: holder)
    }
    let isCompact = first.isCompact
    if !isCompact {
      if holder == .sequence, let slotEnd {
        text = clearingComments(in: slotEnd..<first.headStart, from: text, of: new, column: column)
      }
      text.splitLines()
    }
    let properties = endOfProperties(of: old)
    let gap = slotEnd.map { max($0, node(old).flags.contains(.properties) ? properties : 0) }
    if !text.inline.isEmpty, !text.lines.isEmpty || blockTail(of: new) != nil, let gap,
      holdsCommentInProperties(old) || SourceLines.next(after: gap, in: source) < first.headStart
    {
      // Comments that stay would come between a block scalar's header and its text.
      avoidsBlockScalars = true
      text = valueText(new, column: column, holder: holder)
      avoidsBlockScalars = false
      if !isCompact { text.splitLines() }
    }
    if text.isContinued, let comment = pending.last, comment.range.isEmpty, comment.range.lowerBound <= first.headStart
    {
      // The comment that the line gets stands behind all of the value.
      pending.removeLast()
      text.lines += (comment.text.first?.isBlank ?? true ? [] : [UInt8(ascii: " ")]) + comment.text
    }
    if text.isContinued, !isCompact, let gap,
      SourceLines.next(after: gap, in: source) < first.headStart
        || gap < first.headStart && !flowComments(in: gap..<first.headStart).isEmpty
    {
      // What stands between would come between the quotes, so the value follows on a line of its own.
      let start = spaces(column + style.indentation) + text.inline.drop { $0.isBlank }
      text = ValueText(lines: start + eol(at: first.start) + text.lines)
    }
    if let lineBreak = text.lineBreak, !text.isContinued, !isCompact, let gap,
      SourceLines.next(after: gap, in: source) < first.headStart
    {
      // Blank lines behind the dash would come into the first entry, so all of them follow below.
      let start = spaces(column + 2) + text.inline.drop { $0.isBlank }
      text = ValueText(lines: start + lineBreak + text.lines)
    }
    defer {
      if SourceLines.afterBreak(last.lineEnd, in: source) == last.lineEnd { terminate(new, by: author) }
    }
    if isCompact { return replaceCompact(first, last, with: text, slotEnd: slotEnd, by: author) }
    if let slotEnd {
      copy(to: slotEnd)
      write(text.inline, by: author)
      let end = lineEnd(of: cursor)
      if !text.inline.isEmpty, !text.lines.isEmpty, source[cursor..<end].allSatisfy(\.isBlank) {
        skip(to: end, by: author)
      }
    } else {
      copy(to: min(Int(node(old).start), first.headStart))
    }
    if node(old).flags.contains(.properties) {
      keepComments(upTo: Int(node(old).start), by: author)
      skipProperties(of: old, by: author)
      if slotEnd == nil { skipBlanks(by: author) }
    }
    // The line of the old anchor, without anything else, is the new one's.
    let isAboveLines =
      slotEnd == nil && !text.inline.isEmpty && !text.lines.isEmpty && isAtLineStart && cursor < first.headStart
      && SourceLines.afterBreak(cursor, in: source) == first.headStart
    if isAboveLines { write(text.inline.dropFirst(), by: author) }
    copy(to: first.headStart)
    skip(to: last.lineEnd, by: author)
    if slotEnd == nil, !text.inline.isEmpty, !isAboveLines {
      write(text.inline.dropFirst(), by: author)
      if !text.lines.isEmpty { write(eol(at: cursor), by: author) }
    }
    let behind = SourceLines.afterBreak(last.lineEnd, in: source)
    if text.lines.isEmpty, slotEnd != nil {
      skip(to: behind, by: author)
      if behind == source.count, !endsWithBreak { dropTrailingBreak(by: author) }
    } else {
      write(text.lines, by: author)
      copy(to: behind)
    }
    skip(to: last.end, by: author)
  }

  /// A collection that starts behind a dash gives way.
  private mutating func replaceCompact(
    _ first: EntryRegion, _ last: EntryRegion, with text: ValueText, slotEnd: Int?, by author: EditAuthor
  ) {
    // Lines below are at a column of their own, so the dash has one blank behind it.
    copy(to: text.inline.contains(where: \.isBreak) ? slotEnd ?? first.start : first.start)
    skip(to: last.lineEnd, by: author)
    writeInline(text.inline, by: author)
    if !text.lines.isEmpty {
      if text.inline.isEmpty {
        // The first of them stands where the collection did, which may be further to the right.
        let indentation = text.lines.prefix { $0 == UInt8(ascii: " ") }.count
        write(Indentation.shift(text.lines, by: first.column - indentation).dropFirst(first.column), by: author)
      } else {
        write(text.lineBreak ?? eol(at: first.start), by: author)
        write(text.lines, by: author)
      }
    }
    copy(to: SourceLines.afterBreak(last.lineEnd, in: source))
    skip(to: last.end, by: author)
  }
}
