/// Members of a block collection that go.
extension Renderer {
  mutating func remove(_ region: EntryRegion, by author: EditAuthor, _ walk: inout BlockWalk) {
    if region.isCompact {
      copy(to: region.start)
      skip(to: region.end, by: author)
      if walk.firstIsTaken {
        walk.firstIsTaken = false
        skipBlankLinesBehindScalar(walk.lastKept, column: walk.column, by: author)
      } else {
        walk.awaitsFirst = true
      }
      return
    }
    if walk.awaitsFirst {
      // Nothing but a comment may come up behind the dash.
      skipBlanksAndBreaks(to: region.headStart, by: author)
      walk.awaitsFirst = cursor == region.headStart
    }
    copy(to: region.headStart)
    skip(to: region.end, by: author)
    if skipBlankLinesBehindScalar(walk.lastKept, column: region.column, by: author) {
      // There is no separation to look after.
    } else if !(walk.lastKept.flatMap(blockTail)?.keeps ?? false) {
      skipSeparation(behind: region, by: author)
    }
    if region.end == source.count, region.end == limit, !(walk.lastKept.flatMap(blockTail)?.endsWithBreak ?? false),
      region.lineEnd == region.end || !endsWithBreak
    {
      dropTrailingBreak(by: author)
    }
  }

  /// Leaves out blank lines that would become content of the block scalar that stands before them now.
  ///
  /// - Returns: whether there were any.
  @discardableResult
  private mutating func skipBlankLinesBehindScalar(_ last: UInt32?, column: Int, by author: EditAuthor) -> Bool {
    guard let tail = last.flatMap(blockTail), !isSafe(tail, before: cursor, column: column) else { return false }
    skip(to: endOfBlankLines(from: cursor), by: author)
    return true
  }

  /// What stood between blank lines leaves one separation behind, not two.
  private mutating func skipSeparation(behind region: EntryRegion, by author: EditAuthor) {
    guard region.headStart > 0 else { return }
    let above = lineStart(of: SourceLines.beforeBreak(region.headStart, in: source, notBefore: 0))
    guard above < region.headStart, EntryRegion.Line(at: above, in: source) == .blank else { return }
    var end = region.end
    while end < limit, EntryRegion.Line(at: end, in: source) == .blank {
      let next = SourceLines.next(after: end, in: source)
      if next >= source.count { break }
      end = next
    }
    skip(to: end, by: author)
  }

  mutating func skipBlanksAndBreaks(to limit: Int, by author: EditAuthor) {
    var offset = cursor
    while offset < limit, source[offset].isBlankOrBreak { offset += 1 }
    // The blanks before a comment that is the head of what goes are skipped with it.
    skip(to: offset > limit ? limit : offset, by: author)
  }

  /// A collection that lost its last member.
  mutating func emptied(_ container: UInt32, _ members: [Member]) {
    let text: [UInt8] = Array((node(container).kind == .mapping ? "{}" : "[]").utf8)
    var previousEnd: Int?
    var isWritten = false
    for member in members where member.isOriginal {
      let region = region(of: member.first, value: member.valuePlace, in: container, previousEnd: previousEnd)
      previousEnd = Int(node(member.valuePlace).end)
      if !isWritten {
        isWritten = true
        if region.isCompact {
          copy(to: region.start)
          write(text, by: member.author)
          // The line keeps its break; what else the member had goes.
          skip(to: region.lineEnd, by: member.author)
          copy(to: SourceLines.afterBreak(region.lineEnd, in: source))
          skip(to: region.end, by: member.author)
          continue
        }
        openLine(of: container, for: text, by: member.author, region: region)
      }
      copy(to: region.headStart)
      skip(to: region.end, by: member.author)
      if region.end == source.count, !endsWithBreak { dropTrailingBreak(by: member.author) }
    }
  }

  /// Writes `text` where an emptied collection's value starts: behind its colon, or on the first member's line at the root.
  private mutating func openLine(
    of container: UInt32, for text: [UInt8], by author: EditAuthor, region: EntryRegion
  ) {
    let element = node(container)
    var offset = Int(element.start)
    if element.flags.contains(.properties) {
      offset = endOfProperties(of: container)
    } else {
      let parent = node(element.parent)
      guard parent.isContainer, let slot = slotEndBefore(container) else {
        copy(to: region.headStart)
        write(
          spaces(region.column) + text + (region.end == source.count && !endsWithBreak ? [] : eol(at: region.start)),
          by: author)
        return
      }
      offset = slot
    }
    copy(to: offset)
    write([UInt8(ascii: " ")] + text, by: author)
  }
}
