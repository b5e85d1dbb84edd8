extension Renderer {
  /// A scalar whose value was set, at its own place.
  mutating func rewrite(_ id: UInt32, holder: ValueHolder, column: Int, slotEnd: Int?) {
    guard document.edits.written[id] != nil else { return }
    let element = node(id)
    let content = ScalarSpan.contentStart(of: element, in: source)
    let author = author(of: id)
    let text = safely(id, before: SourceLines.next(after: Int(element.end), in: source), column: column) {
      $0.scalarText(id, column: column, holder: holder, inFlow: false)
    }
    if element.isBlockScalar {
      copy(to: content)
      if slotEnd != nil { indent(content, below: column, by: author) }
      replaceBlockScalar(at: content, end: Int(element.end), with: text, by: author)
    } else if writesColon(of: id, slotEnd: slotEnd, column: column, by: author) {
      writeInline(text.inline, by: author)
      writeLines(text, by: author)
    } else {
      copy(to: content)
      skip(to: Int(element.end), by: author)
      writeInline(text.inline, by: author)
      writeLines(text, by: author)
    }
    terminate(id, by: author)
  }

  /// Another value in the place of one that the source has.
  ///
  /// - Parameters:
  ///   - old: the place of the value that goes.
  ///   - column: that of the entry or item.
  mutating func replace(_ old: UInt32, with new: UInt32, holder: ValueHolder, column: Int, slotEnd: Int?) {
    let element = node(old)
    let author = author(of: new)
    if document.format != .yaml {
      copy(to: Int(element.start))
      skip(to: Int(element.end), by: author)
      let indentation = NeighbourStyle.indentation(at: Int(element.start), source)
      return write(flowText(new, indentation: indentation, isMultiline: true), by: author)
    }
    if element.isBlockCollection {
      return replaceBlock(old, with: new, holder: holder, column: column, slotEnd: slotEnd)
    }
    let content = ScalarSpan.contentStart(of: element, in: source)
    // Comments on lines between the colon and the value stay, and must not get into a block scalar.
    avoidsBlockScalars = slotEnd.map { hasCommentLines(from: $0, to: content) } ?? false
    var text = safely(new, before: SourceLines.next(after: Int(element.end), in: source), column: column) {
      $0.valueText(new, column: column, holder: holder)
    }
    avoidsBlockScalars = false
    if holder == .sequence, let slotEnd {
      let behind = element.isBlockScalar ? BlockScalarSpan(at: content, in: source).indicatorsEnd : Int(element.end)
      text = clearingComments(
        in: slotEnd..<content, behind..<SourceLines.end(of: behind, in: source), from: text, of: new, column: column)
    }
    text.splitLines()
    if writesColon(of: old, slotEnd: slotEnd, column: column, by: author) {
      writeInline(text.inline, by: author)
      writeLines(text, by: author)
    } else {
      replaceLeaf(
        old, with: text, isCollection: node(new).isContainer, column: column, slotEnd: slotEnd, by: author)
    }
    terminate(new, by: author)
  }

  /// libyaml takes a block scalar on a line of its own that is no deeper than what holds it; anything else must be.
  private mutating func indent(_ content: Int, below column: Int, by author: EditAuthor) {
    let lineStart = SourceLines.start(of: content, in: source)
    guard content - lineStart <= column, source[lineStart..<content].allSatisfy(\.isBlank) else { return }
    write(spaces(column + 1 - (content - lineStart)), by: author)
  }

  private func hasCommentLines(from start: Int, to end: Int) -> Bool {
    var offset = SourceLines.next(after: start, in: source)
    while offset < end {
      if case .comment = EntryRegion.Line(at: offset, in: source) { return true }
      offset = SourceLines.next(after: offset, in: source)
    }
    return false
  }

  /// A value that is no collection in block style gives way.
  private mutating func replaceLeaf(
    _ old: UInt32, with text: ValueText, isCollection: Bool, column: Int, slotEnd: Int?, by author: EditAuthor
  ) {
    let element = node(old)
    let content = ScalarSpan.contentStart(of: element, in: source)
    let start = Int(element.start)
    if let slotEnd, !text.lines.isEmpty, !text.isContinued, !element.isBlockScalar || isCollection {
      copy(to: slotEnd)
      writeInline(text.inline, by: author)
      keepComments(upTo: start, by: author)
      if element.flags.contains(.properties) {
        skip(to: endOfProperties(of: old), by: author)
        keepComments(upTo: content, by: author)
      }
      if element.isBlockScalar {
        return replaceBlockScalar(at: content, end: Int(element.end), with: ValueText(lines: text.lines), by: author)
      }
      skip(to: Int(element.end), by: author)
      return writeLines(text, by: author)
    }
    if slotEnd == nil, text.inline.isEmpty {
      openRootLines(at: start, by: author)
    } else {
      copy(to: text.inline.isEmpty ? slotEnd ?? start : start)
    }
    keepComments(upTo: start, by: author)
    if element.flags.contains(.properties) {
      skip(to: ScalarSpan.endOfProperties(of: element, in: source), by: author)
      if slotEnd == nil, text.inline.isEmpty { skipBlanks(by: author) }
    }
    if element.isBlockScalar {
      keepComments(upTo: content, by: author)
      if slotEnd != nil, !text.inline.isEmpty { indent(content, below: column, by: author) }
      return replaceBlockScalar(at: content, end: Int(element.end), with: text, by: author)
    }
    if text.inline.isEmpty {
      keepComments(upTo: content, by: author)
    } else if !flowComments(in: cursor..<content).isEmpty {
      // The value stays below the comment.
      copy(to: content)
    }
    skip(to: Int(element.end), by: author)
    if slotEnd == nil, text.inline.isEmpty { skipBlanks(by: author) }
    writeInline(text.inline, by: author)
    writeLines(text, by: author)
  }

  /// Goes to where lines at the root may start, in the place of what starts at `start`: on a line of their own, below a marker if
  /// there is one.
  mutating func openRootLines(at start: Int, by author: EditAuthor) {
    let lineStart = SourceLines.start(of: start, in: source)
    if source[lineStart..<start].allSatisfy(\.isBlank), lineStart >= cursor {
      copy(to: lineStart)
      return skip(to: start, by: author)
    }
    var end = start
    while end > cursor, source[end - 1].isBlank { end -= 1 }
    copy(to: end)
  }

  /// Leaves out the blanks at the cursor, where nothing but a comment follows that would stand first on its line.
  mutating func skipBlanks(by author: EditAuthor) {
    guard isAtLineStart else { return }
    var end = cursor
    while end < source.count, source[end].isBlank { end += 1 }
    skip(to: end, by: author)
  }

  /// Skips to `offset`, but for the comments on the way.
  mutating func keepComments(upTo offset: Int, by author: EditAuthor) {
    var end: Int?
    var probe = cursor
    while probe < offset {
      if source[probe] == UInt8(ascii: "#") {
        probe = SourceLines.end(of: probe, in: source)
        end = probe
      } else {
        probe += 1
      }
    }
    if let end { copy(to: end) }
    skip(to: offset, by: author)
  }

  /// `? key` without a value has no colon yet: it gets one, on a line of its own.
  ///
  /// - Returns: false where there is a colon, or none is needed.
  private mutating func writesColon(of id: UInt32, slotEnd: Int?, column: Int, by author: EditAuthor) -> Bool {
    guard let slotEnd, node(id).start == node(id).end, let key = key(before: id),
      slotEnd <= Int(node(key).end) || source[slotEnd - 1] != UInt8(ascii: ":")
    else { return false }
    copy(to: SourceLines.end(of: slotEnd, in: source))
    if cursor == source.count { keepUnterminatedBlockScalar(by: author) }
    write(eol(at: cursor) + spaces(column) + [UInt8(ascii: ":")], by: author)
    return true
  }

  /// A line break behind a block scalar that the file ends in, where it is part of the value.
  mutating func terminate(_ id: UInt32, by author: EditAuthor) {
    guard cursor == source.count, limit == source.count, !endsWithBreak, let tail = blockTail(of: id),
      tail.endsWithBreak, changes.last?.replacement.upperBound == out.count
    else { return }
    write(eol(at: cursor), by: author)
  }

  /// Writes what stands on the line; its leading blank only where there is none yet.
  private mutating func writeInline(_ text: [UInt8], by author: EditAuthor) {
    let isSpaced = out.last.map { $0.isBlankOrBreak } ?? true
    write(isSpaced && text.first == UInt8(ascii: " ") ? text.dropFirst() : text[...], by: author)
    // libyaml takes a comment that is glued to a bracket; elsewhere it would be text.
    if cursor < limit, source[cursor] == UInt8(ascii: "#"), !text.isEmpty { write([UInt8(ascii: " ")], by: author) }
  }

  /// Writes the lines of a text below the one that the cursor is in, whose comment stays on it; where the text is one token
  /// over several lines, the comment follows it.
  mutating func writeLines(_ text: ValueText, by author: EditAuthor) {
    guard !text.lines.isEmpty else { return }
    if !text.isContinued {
      let end = SourceLines.end(of: cursor, in: source)
      if source[cursor..<end].allSatisfy(\.isBlank) {
        skip(to: end, by: author)
        flushComment()
      } else {
        if source[cursor] == UInt8(ascii: "#"), out.last.map({ !$0.isBlankOrBreak }) ?? false {
          write([UInt8(ascii: " ")], by: author)
        }
        copy(to: end)
      }
    }
    if !isAtLineStart { write(text.lineBreak ?? eol(at: cursor), by: author) }
    write(text.lines, by: author)
  }

  mutating func replaceBlockScalar(at start: Int, end: Int, with text: ValueText, by author: EditAuthor) {
    let header = BlockScalarSpan(at: start, in: source)
    let headerEnd = SourceLines.end(of: header.indicatorsEnd, in: source)
    skip(to: header.indicatorsEnd, by: author)
    writeInline(text.inline, by: author)
    if text.isContinued { writeLines(text, by: author) }
    if text.inline.isEmpty, source[cursor..<max(cursor, headerEnd)].allSatisfy(\.isBlank) {
      // libyaml takes a tab for the start of a token here.
      skip(to: headerEnd, by: author)
    }
    if headerEnd > header.indicatorsEnd, source[header.indicatorsEnd] == UInt8(ascii: "#") {
      write([UInt8(ascii: " ")], by: author)
    }
    // The header's comment is the entry's line comment.
    copy(to: min(headerEnd, end))
    if !text.isContinued { flushComment() }
    skip(to: end, by: author)
    guard !text.lines.isEmpty, !text.isContinued else { return }
    if !(out.last?.isBreak ?? true) { write(eol(at: start), by: author) }
    write(text.lines, by: author)
  }

  private mutating func replaceBlock(
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
    if !text.inline.isEmpty, !text.lines.isEmpty || blockTail(of: new) != nil, let slotEnd,
      SourceLines.next(after: node(old).flags.contains(.properties) ? max(slotEnd, properties) : slotEnd, in: source)
        < first.headStart
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
      text.lines += comment.text
    }
    let gap = slotEnd.map { max($0, node(old).flags.contains(.properties) ? properties : 0) }
    if text.isContinued, !isCompact, let gap,
      SourceLines.next(after: gap, in: source) < first.headStart
        || gap < first.headStart && !flowComments(in: gap..<first.headStart).isEmpty
    {
      // What stands between would come between the quotes, so the value follows on a line of its own.
      let start = spaces(column + style.indentation) + text.inline.drop { $0.isBlank }
      text = ValueText(lines: start + eol(at: first.start) + text.lines)
    }
    defer {
      if SourceLines.afterBreak(last.lineEnd, in: source) == last.lineEnd { terminate(new, by: author) }
    }
    if isCompact { return replaceCompact(first, last, with: text, slotEnd: slotEnd, by: author) }
    if let slotEnd {
      copy(to: slotEnd)
      write(text.inline, by: author)
      let end = SourceLines.end(of: cursor, in: source)
      if !text.inline.isEmpty, !text.lines.isEmpty, source[cursor..<end].allSatisfy(\.isBlank) {
        skip(to: end, by: author)
      }
    } else {
      copy(to: min(Int(node(old).start), first.headStart))
    }
    if node(old).flags.contains(.properties) {
      keepComments(upTo: Int(node(old).start), by: author)
      skip(to: properties, by: author)
      if slotEnd == nil { skipBlanks(by: author) }
    }
    copy(to: first.headStart)
    skip(to: last.lineEnd, by: author)
    if slotEnd == nil, !text.inline.isEmpty {
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
        write(text.lines.drop { $0 == UInt8(ascii: " ") }, by: author)
      } else {
        write(text.lineBreak ?? eol(at: first.start), by: author)
        write(text.lines, by: author)
      }
    }
    copy(to: SourceLines.afterBreak(last.lineEnd, in: source))
    skip(to: last.end, by: author)
  }

  // MARK: Bytes

  /// Writes a blank, where there is none yet.
  mutating func separate(by author: EditAuthor) {
    if let last = out.last, !last.isBlankOrBreak { write([UInt8(ascii: " ")], by: author) }
  }

  func spaces(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: " "), count: count) }

  /// The line break of the nearest line before `offset` that has one; the first of the file otherwise.
  func eol(at offset: Int) -> [UInt8] {
    var index = min(offset, source.count) - 1
    while index >= 0, !source[index].isBreak { index -= 1 }
    if index < 0 {
      index = 0
      while index < source.count, !source[index].isBreak { index += 1 }
      guard index < source.count else { return [UInt8(ascii: "\n")] }
      return Array(source[index..<SourceLines.afterBreak(index, in: source)])
    }
    return Array(source[SourceLines.beforeBreak(index + 1, in: source, notBefore: 0)...index])
  }
}
