extension Renderer {
  /// A scalar whose value was set, at its own place.
  mutating func rewrite(_ id: UInt32, holder: ValueHolder, column: Int, slotEnd: Int?) {
    let element = node(id)
    let content = ScalarSpan.contentStart(of: element, in: source)
    let author = author(of: id)
    let text = scalarText(id, column: column, holder: holder, inFlow: false)
    copyToSlot(content, by: author)
    if element.isBlockScalar {
      replaceBlockScalar(at: content, end: Int(element.end), with: text, by: author)
    } else {
      skip(to: Int(element.end), by: author)
      writeInline(text.inline, by: author)
      writeLines(text.lines, by: author)
    }
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
    let text = valueText(new, column: column, holder: holder)
    if element.isBlockCollection {
      replaceBlock(old, with: text, holder: holder, column: column, slotEnd: slotEnd, by: author)
    } else if element.isBlockScalar {
      copyToSlot(Int(element.start), by: author)
      replaceBlockScalar(at: Int(element.start), end: Int(element.end), with: text, by: author)
    } else if text.inline.isEmpty, let slotEnd {
      copy(to: slotEnd)
      skip(to: Int(element.end), by: author)
      writeLines(text.lines, by: author)
    } else if text.inline.isEmpty, element.start == element.end {
      // A document without content: its `---`, or nothing at all, stands before what it gets.
      copy(to: SourceLines.end(of: Int(element.start), in: source))
      write((out.last?.isBreak ?? true ? [] : eol(at: cursor)) + text.lines, by: author)
      if cursor < source.count, !source[cursor].isBreak { write(eol(at: cursor), by: author) }
    } else if text.inline.isEmpty {
      copy(to: Int(element.start))
      skip(to: Int(element.end), by: author)
      write(text.lines, by: author)
    } else {
      copyToSlot(Int(element.start), by: author)
      skip(to: Int(element.end), by: author)
      writeInline(text.inline, by: author)
      writeLines(text.lines, by: author)
    }
  }

  /// Copies up to where a value stands; a value that is not there gets its blank by ``writeInline(_:by:)``.
  private mutating func copyToSlot(_ offset: Int, by author: EditAuthor) { copy(to: offset) }

  /// Writes what stands on the line; its leading blank only where there is none yet.
  private mutating func writeInline(_ text: [UInt8], by author: EditAuthor) {
    let isSpaced = out.last.map { $0.isBlankOrBreak } ?? true
    write(isSpaced && text.first == UInt8(ascii: " ") ? text.dropFirst() : text[...], by: author)
  }

  /// Writes lines below the one that the cursor is in, whose comment stays.
  private mutating func writeLines(_ lines: [UInt8], by author: EditAuthor) {
    guard !lines.isEmpty else { return }
    copy(to: SourceLines.end(of: cursor, in: source))
    write(eol(at: cursor) + lines, by: author)
  }

  private mutating func replaceBlockScalar(at start: Int, end: Int, with text: ValueText, by author: EditAuthor) {
    let header = BlockScalarSpan(at: start, in: source)
    let headerEnd = SourceLines.end(of: header.indicatorsEnd, in: source)
    skip(to: header.indicatorsEnd, by: author)
    writeInline(text.inline, by: author)
    // The header's comment is the entry's line comment.
    copy(to: min(headerEnd, end))
    skip(to: end, by: author)
    if !text.lines.isEmpty { write(eol(at: start) + text.lines, by: author) }
  }

  private mutating func replaceBlock(
    _ old: UInt32, with text: ValueText, holder: ValueHolder, column: Int, slotEnd: Int?, by author: EditAuthor
  ) {
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
    if first.isCompact {
      copy(to: first.start)
      skip(to: last.lineEnd, by: author)
      writeInline(text.inline, by: author)
      if !text.lines.isEmpty {
        if text.inline.isEmpty {
          write(text.lines.drop { $0 == UInt8(ascii: " ") }, by: author)
        } else {
          write(eol(at: first.start) + text.lines, by: author)
        }
      }
      copy(to: SourceLines.afterBreak(last.lineEnd, in: source))
      skip(to: last.end, by: author)
      return
    }
    if let slotEnd {
      copy(to: slotEnd)
      write(text.inline, by: author)
    }
    if node(old).flags.contains(.properties) {
      if slotEnd == nil { copy(to: Int(node(old).start)) }
      skip(to: ScalarSpan.endOfProperties(of: node(old), in: source), by: author)
    }
    copy(to: first.headStart)
    skip(to: last.lineEnd, by: author)
    if slotEnd == nil, !text.inline.isEmpty { write(text.inline.dropFirst(), by: author) }
    if text.lines.isEmpty {
      let behind = SourceLines.afterBreak(last.lineEnd, in: source)
      if slotEnd != nil { skip(to: behind, by: author) } else { copy(to: behind) }
    } else {
      if slotEnd == nil, !text.inline.isEmpty { write(eol(at: first.start), by: author) }
      write(text.lines, by: author)
      copy(to: SourceLines.afterBreak(last.lineEnd, in: source))
    }
    skip(to: last.end, by: author)
  }

  // MARK: Bytes

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
