extension Renderer {
  /// One step of a block collection's chain: an entry (key and value) or an item.
  struct Member {
    /// The key, or the item; of a place that an edit made, the node that stands there.
    var first: UInt32
    /// The place of the value that the source has, or that an edit inserted.
    var valuePlace: UInt32
    /// The value that stands there now; nil where the member is gone.
    var value: UInt32?
    /// The key that stands there now; nil in a sequence.
    var key: UInt32?
    var isOriginal: Bool
    var leansForward: Bool
    var author: EditAuthor
  }

  func members(of container: UInt32) -> [Member] {
    let isMapping = node(container).kind == .mapping
    var members: [Member] = []
    var place = node(container).firstChild
    while place != 0 {
      let first = place
      // An alias that is a key becomes what it stood for.
      while isMapping, node(place).flags.contains(.replaced) { place = node(place).next }
      let key = isMapping ? document.occupant(of: place) : nil
      if isMapping { place = node(place).next }
      let valuePlace = place
      var value = document.occupant(of: valuePlace)
      while node(place).flags.contains(.replaced) {
        place = node(place).next
        value = document.occupant(of: place)
      }
      members.append(
        Member(
          first: node(first).kind == .graft ? node(first).occupant : first, valuePlace: valuePlace,
          value: isMapping && key == nil ? nil : value, key: key, isOriginal: isOriginal(first),
          leansForward: node(first).flags.contains(.leansForward),
          author: document.edits.authors[valuePlace] ?? author(of: value ?? valuePlace)))
      place = node(place).next
    }
    return members
  }

  /// A block collection at its own place, with edits in it.
  mutating func block(_ container: UInt32) {
    let members = members(of: container)
    guard members.contains(where: { $0.value != nil }) else { return emptied(container, members) }
    var walk = BlockWalk(column: column(of: container))
    walk.separatesByBlankLine = separatesByBlankLine(container, members)
    for (index, member) in members.enumerated() {
      if member.isOriginal {
        original(member, in: container, &walk)
      } else if member.value != nil {
        inserted(member, before: members[(index + 1)...].first { $0.isOriginal }, in: container, &walk)
      }
    }
  }

  /// Where the walk over a block collection stands.
  struct BlockWalk {
    var column: Int
    /// The end of the last original member's content.
    var previousEnd: Int?
    /// The last member that stays.
    var lastKept: UInt32?
    /// The end of the last original member's region.
    var regionEnd: Int?
    /// The dash before a compact collection's first member stands alone: that member is gone, and the next one moves up.
    var awaitsFirst = false
    /// An insertion took the place behind the dash; the first original member follows on a line of its own.
    var firstIsTaken = false
    var separatesByBlankLine = false

    init(column: Int) { self.column = column }
  }

  private mutating func original(_ member: Member, in container: UInt32, _ walk: inout BlockWalk) {
    let isGone = member.value == nil
    let isTouched =
      isGone || walk.firstIsTaken || node(member.valuePlace).flags.contains(.replaced)
      || node(member.first).flags.contains(.replaced) || isEdited(member.valuePlace) || isEdited(member.first)
      || walk.awaitsFirst || hasNewComments(member)
    defer {
      walk.previousEnd = Int(node(member.valuePlace).end)
      if let value = member.value { walk.lastKept = value }
    }
    guard isTouched else {
      walk.regionEnd = nil
      return
    }
    let region = region(of: member.first, value: member.valuePlace, in: container, previousEnd: walk.previousEnd)
    walk.regionEnd = region.end
    if isGone {
      remove(region, by: member.author, &walk)
      return
    }
    if walk.firstIsTaken {
      write(spaces(walk.column), by: member.author)
      walk.firstIsTaken = false
    } else if walk.awaitsFirst {
      // The next member, or the comment before it, moves up behind the dash.
      skipBlanksAndBreaks(to: region.start, by: member.author)
      walk.awaitsFirst = false
    }
    entry(member, region: region)
  }

  func hasNewComments(_ member: Member) -> Bool {
    member.value.map { document.edits.comments[$0] != nil } ?? false
  }

  private mutating func skipBlanksAndBreaks(to limit: Int, by author: EditAuthor) {
    var offset = cursor
    while offset < limit, source[offset].isBlankOrBreak { offset += 1 }
    // The blanks before a comment that is the head of what goes are skipped with it.
    skip(to: offset > limit ? limit : offset, by: author)
  }

  private mutating func remove(_ region: EntryRegion, by author: EditAuthor, _ walk: inout BlockWalk) {
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

  /// The offset behind the byte order mark.
  var contentStart: Int { source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// What stood between blank lines leaves one separation behind, not two.
  private mutating func skipSeparation(behind region: EntryRegion, by author: EditAuthor) {
    guard region.headStart > 0 else { return }
    let above = SourceLines.start(of: SourceLines.beforeBreak(region.headStart, in: source, notBefore: 0), in: source)
    guard above < region.headStart, EntryRegion.Line(at: above, in: source) == .blank else { return }
    var end = region.end
    while end < limit, EntryRegion.Line(at: end, in: source) == .blank {
      let next = SourceLines.next(after: end, in: source)
      if next >= source.count { break }
      end = next
    }
    skip(to: end, by: author)
  }

  var endsWithBreak: Bool { source.last?.isBreak ?? true }

  /// An entry or item of the source that stays at its place, with edits in it.
  mutating func entry(_ member: Member, region: EntryRegion) {
    let comments = member.value.flatMap { document.edits.comments[$0] }
    if let comments { openComments(comments, of: member.valuePlace, in: region) }
    defer { if let comments { closeComments(comments, of: member.valuePlace, in: region) } }
    if let key = member.key, node(member.first).flags.contains(.replaced) {
      replaceKey(member.first, by: key)
    } else if let key = member.key, isEdited(key) {
      dropAnchor(of: key)
      if node(key).isBlockScalar, document.edits.written[key] != nil {
        let start = ScalarSpan.contentStart(of: node(key), in: source)
        copy(to: start)
        replaceBlockScalar(
          at: start, end: Int(node(key).end), with: ValueText(inline: keyText(key)), by: author(of: key))
      } else if node(key).kind == .scalar, document.edits.written[key] != nil {
        let start = ScalarSpan.contentStart(of: node(key), in: source)
        copy(to: start)
        skip(to: Int(node(key).end), by: author(of: key))
        // Behind `?`, or an anchor that the key was glued to.
        let isGlued = start == Int(node(key).end) || node(key).flags.contains(.properties)
        if isGlued, start > contentStart { separate(by: author(of: key)) }
        write(keyText(key), by: author(of: key))
      } else if node(key).isContainer {
        value(key, holder: .mapping, column: region.column, slotEnd: region.start + 1)
      }
    }
    guard let value = member.value else { return }
    let holder: ValueHolder = member.key == nil ? .sequence : .mapping
    let slot = slotEnd(of: member.valuePlace, key: member.key == nil ? nil : member.first, entryStart: region.start)
    if value != member.valuePlace {
      replace(member.valuePlace, with: value, holder: holder, column: region.column, slotEnd: slot)
    } else if isEdited(value) {
      self.value(value, holder: holder, column: region.column, slotEnd: slot)
    }
  }

  /// A key that was an alias becomes a scalar.
  mutating func replaceKey(_ old: UInt32, by key: UInt32) {
    copy(to: Int(node(old).start))
    skip(to: Int(node(old).end), by: author(of: key))
    write(movedKeyText(key), by: author(of: key))
  }

  private mutating func inserted(
    _ member: Member, before next: @autoclosure () -> Member?, in container: UInt32, _ walk: inout BlockWalk
  ) {
    let author = member.author
    // Nothing of the source stands before it, though something did that an edit put there and took away again.
    let leansForward = member.leansForward || walk.previousEnd == nil
    if leansForward, !walk.awaitsFirst, let next = next() {
      let region = region(of: next.first, value: next.valuePlace, in: container, previousEnd: walk.previousEnd)
      if region.isCompact {
        copy(to: region.start)
        let text = memberText(member, column: walk.column, isMapping: node(container).kind == .mapping)
        write(text.dropFirst(walk.firstIsTaken ? 0 : walk.column), by: author)
        write(eol(at: region.start), by: author)
        walk.firstIsTaken = true
        walk.lastKept = member.value
        return
      }
      copy(to: region.headStart)
    } else if let previousEnd = walk.previousEnd, !walk.awaitsFirst {
      copy(to: walk.regionEnd ?? endOfRegion(behind: previousEnd, column: walk.column))
      flushComment()
    }
    let isMapping = node(container).kind == .mapping
    let column = walk.column
    let tail = member.value.flatMap { blockTail(of: $0) }
    if let tail, tail.keeps, !walk.awaitsFirst, !isSafe(tail, before: cursor, column: column),
      member.value.map(hasBytes) ?? false
    {
      // Blank lines behind it would become its content, so they go before it.
      copy(to: endOfBlankLines(from: cursor))
    }
    var text =
      if let value = member.value {
        safely(value, before: cursor, column: column) {
          $0.memberText(member, column: column, isMapping: isMapping)
        }
      } else {
        [UInt8]()
      }
    let eol = eol(at: cursor)
    let endsFile = cursor == source.count && !endsWithBreak
    if endsFile { keepUnterminatedBlockScalar(by: author) }
    if walk.awaitsFirst {
      text.removeFirst(walk.column)
      walk.awaitsFirst = false
    } else {
      if let last = out.last, !last.isBreak, cursor > contentStart || limit != source.count { write(eol, by: author) }
      let isGlued = walk.lastKept.flatMap(blockTail)?.keeps ?? false
      if !leansForward, walk.separatesByBlankLine, !isGlued { write(eol, by: author) }
    }
    write(text, by: author)
    // Without its line break the last line of a block scalar would be another value.
    if !endsFile || tail?.endsWithBreak ?? false { write(eol, by: author) }
    if leansForward, walk.separatesByBlankLine, !(tail?.keeps ?? false) { write(eol, by: author) }
    walk.lastKept = member.value
  }

  private func endOfRegion(behind contentEnd: Int, column: Int) -> Int {
    // Only the end of the region is asked for, and it depends on the column and on where the content ends.
    EntryRegion.end(behind: contentEnd, column: column, in: source)
  }

  /// Whether the text of a value is the source's.
  func hasBytes(_ id: UInt32) -> Bool {
    node(id).flags.isDisjoint(with: [.new, .rewritten])
  }

  /// A collection that lost its last member.
  private mutating func emptied(_ container: UInt32, _ members: [Member]) {
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

  /// The end of the colon or dash that the node stood behind in the source.
  func slotEndBefore(_ id: UInt32) -> Int? {
    let origin = document.edits.originals[id] ?? id
    guard let region = originalRegion(of: origin) else { return nil }
    let container = document.edits.formerParents[origin] ?? node(origin).parent
    guard node(container).kind == .mapping else { return region.start + 1 }
    return key(before: origin).map { slotEnd(of: origin, key: $0, entryStart: region.start) }
  }

  /// Whether most members of a collection have a blank line before them.
  private func separatesByBlankLine(_ container: UInt32, _ members: [Member]) -> Bool {
    guard members.contains(where: { !$0.isOriginal && $0.value != nil }) else { return false }
    var (blank, tight) = (0, 0)
    var previousEnd: Int?
    for member in members where member.isOriginal {
      defer { previousEnd = Int(node(member.valuePlace).end) }
      guard previousEnd != nil else { continue }
      let region = region(of: member.first, value: member.valuePlace, in: container, previousEnd: previousEnd)
      let above = SourceLines.start(
        of: SourceLines.beforeBreak(region.headStart, in: source, notBefore: 0), in: source)
      if EntryRegion.Line(at: above, in: source) == .blank { blank += 1 } else { tight += 1 }
    }
    return blank > tight
  }
}
