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
      let indentation = indentation(at: Int(element.start))
      return write(flowText(new, indentation: indentation, isMultiline: true), by: author)
    }
    if element.isBlockCollection {
      return replaceBlock(old, with: new, holder: holder, column: column, slotEnd: slotEnd)
    }
    let content = ScalarSpan.contentStart(of: element, in: source)
    // Comments on lines between the colon and the value stay, and must not get into a block scalar.
    avoidsBlockScalars =
      holdsCommentInProperties(old) || slotEnd.map { hasCommentLines(from: $0, to: content) } ?? false
    var text = safely(new, before: SourceLines.next(after: Int(element.end), in: source), column: column) {
      $0.valueText(new, column: column, holder: holder)
    }
    avoidsBlockScalars = false
    if holder == .sequence, let slotEnd {
      let behind = element.isBlockScalar ? BlockScalarSpan(at: content, in: source).indicatorsEnd : Int(element.end)
      text = clearingComments(
        in: slotEnd..<content, behind..<lineEnd(of: behind), from: text, of: new, column: column)
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
  mutating func indent(_ content: Int, below column: Int, by author: EditAuthor) {
    let lineStart = lineStart(of: content)
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
        skipProperties(of: old, by: author)
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
      skipProperties(of: old, by: author)
      // At the start of a line libyaml takes a tab for the start of a token.
      let startsWithTabs = source[cursor..<content].prefix(while: \.isBlank).contains(UInt8(ascii: "\t"))
      if slotEnd == nil, text.inline.isEmpty || startsWithTabs { skipBlanks(by: author) }
    }
    if element.isBlockScalar {
      if !text.inline.isEmpty, !flowComments(in: cursor..<max(cursor, content)).isEmpty {
        copy(to: content)
      } else {
        keepComments(upTo: content, by: author)
      }
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

  /// `? key` without a value has no colon yet: it gets one, on a line of its own.
  ///
  /// - Returns: false where there is a colon, or none is needed.
  private mutating func writesColon(of id: UInt32, slotEnd: Int?, column: Int, by author: EditAuthor) -> Bool {
    guard let slotEnd, node(id).start == node(id).end, let key = key(before: id), !isBehindColon(slotEnd, of: key)
    else { return false }
    copy(to: lineEnd(of: slotEnd))
    if cursor == source.count { keepUnterminatedBlockScalar(by: author) }
    write(eol(at: cursor) + spaces(column) + [UInt8(ascii: ":")], by: author)
    return true
  }

  /// Whether the end of an entry's slot is that of its colon: `? key` may have none.
  func isBehindColon(_ slotEnd: Int, of key: UInt32) -> Bool {
    slotEnd > Int(node(key).end) && source[slotEnd - 1] == UInt8(ascii: ":")
  }

  /// A line break behind a block scalar that the file ends in, where it is part of the value.
  mutating func terminate(_ id: UInt32, by author: EditAuthor) {
    guard cursor == source.count, limit == source.count, !endsWithBreak, let tail = blockTail(of: id),
      tail.endsWithBreak, changes.last?.replacement.upperBound == out.count
    else { return }
    write(eol(at: cursor), by: author)
  }

  mutating func replaceBlockScalar(at start: Int, end: Int, with text: ValueText, by author: EditAuthor) {
    let header = BlockScalarSpan(at: start, in: source)
    let headerEnd = lineEnd(of: header.indicatorsEnd)
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
}
