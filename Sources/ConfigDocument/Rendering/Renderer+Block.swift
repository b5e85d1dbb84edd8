extension Renderer {
  /// A block collection at its own place, with edits in it.
  mutating func block(_ container: UInt32) {
    let members = members(of: container)
    guard members.contains(where: { $0.value != nil }) else { return emptied(container, members) }
    var walk = BlockWalk(column: column(of: container))
    walk.separatesByBlankLine = separatesByBlankLine(container, members)
    let nextOriginal = members.contains { !$0.isOriginal } ? nextOriginals(members) : []
    for (index, member) in members.enumerated() {
      if member.isOriginal {
        original(member, in: container, &walk)
      } else if member.value != nil {
        inserted(member, before: nextOriginal[index].map { members[$0] }, in: container, &walk)
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

  /// An entry or item of the source that stays at its place, with edits in it.
  mutating func entry(_ member: Member, region: EntryRegion) {
    let comments = member.value.flatMap { document.edits.comments[$0] }
    if let comments { openComments(comments, of: member.valuePlace, in: region) }
    defer { if let comments { closeComments(comments, below: member, in: region) } }
    if let key = member.key, node(member.first).flags.contains(.replaced) {
      replaceKey(member.first, by: key)
    } else if let key = member.key, isEdited(key) {
      dropAnchor(of: key)
      if node(key).isBlockScalar, document.edits.written[key] != nil {
        let start = ScalarSpan.contentStart(of: node(key), in: source)
        copy(to: start)
        indent(start, below: region.column, by: author(of: key))
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
    let text = movedKeyText(key)
    write(text, by: author(of: key))
    loosenColon(behind: text, by: author(of: key))
  }

  /// libyaml takes no comma or bracket right behind the colon of a plain key, and reads on over the colon before anything else.
  mutating func loosenColon(behind key: [UInt8], by author: EditAuthor) {
    guard document.format == .yaml, let last = key.last, !"\"'}]".utf8.contains(last),
      let colon = source[cursor...].firstIndex(where: { !$0.isBlank }), source[colon] == UInt8(ascii: ":"),
      colon + 1 < source.count, !source[colon + 1].isBlank, !source[colon + 1].isBreak
    else { return }
    copy(to: colon + 1)
    write([UInt8(ascii: " ")], by: author)
  }

  private mutating func inserted(
    _ member: Member, before next: Member?, in container: UInt32, _ walk: inout BlockWalk
  ) {
    let author = member.author
    // Nothing of the source stands before it, though something did that an edit put there and took away again.
    let leansForward = member.leansForward || walk.previousEnd == nil
    if leansForward, !walk.awaitsFirst, let next {
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

  /// The end of the colon or dash that the node stood behind in the source.
  func slotEndBefore(_ id: UInt32) -> Int? {
    let origin = document.edits.originals[id] ?? id
    guard let region = originalRegion(of: origin) else { return nil }
    let container = document.edits.formerParents[origin] ?? node(origin).parent
    guard node(container).kind == .mapping else { return region.start + 1 }
    return key(before: origin).map { slotEnd(of: origin, key: $0, entryStart: region.start) }
  }

  /// Whether most members of a collection have a blank line before them, and not one that is a block scalar's.
  private func separatesByBlankLine(_ container: UInt32, _ members: [Member]) -> Bool {
    guard members.contains(where: { !$0.isOriginal && $0.value != nil }) else { return false }
    var (blank, tight) = (0, 0)
    var previous: UInt32?
    for member in members where member.isOriginal {
      defer { previous = member.valuePlace }
      guard let previous else { continue }
      let previousEnd = Int(node(previous).end)
      let region = region(of: member.first, value: member.valuePlace, in: container, previousEnd: previousEnd)
      let above = lineStart(of: SourceLines.beforeBreak(region.headStart, in: source, notBefore: 0))
      let isBlank = EntryRegion.Line(at: above, in: source) == .blank
      if isBlank, !(blockTail(of: previous)?.keeps ?? false) { blank += 1 } else { tight += 1 }
    }
    return blank > tight
  }
}
