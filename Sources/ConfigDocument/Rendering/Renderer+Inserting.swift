/// The text of what is not at its original place.
extension Renderer {
  /// The lines of an entry or item at `column`, without the last line break.
  func memberText(_ member: Member, column: Int, isMapping: Bool) -> [UInt8] {
    guard let value = member.value else { return [] }
    let home = document.home(of: value)
    if let other = elsewhere(home ?? value) {
      return other.memberText(member, column: column, isMapping: isMapping)
    }
    let origin = home.flatMap { originalRegion(of: $0) }
    if let home, let origin, isWholeMove(member, from: home), isMapping == (member.key != nil) {
      let original = Member(
        first: member.key ?? home, valuePlace: home, value: value, key: member.key, isOriginal: true,
        leansForward: false, author: member.author)
      return self.text(of: original, in: origin, column: column)
    }
    let eol = eol(at: cursor)
    var text: [UInt8] = []
    let comments = document.edits.comments[value]
    var above = comments?.head ?? []
    if let home, let origin {
      if comments?.head == nil {
        let head = Array(
          source[origin.headStart..<max(origin.headStart, lineStart(of: origin.start))])
        text += Indentation.shift(head, by: column - origin.column)
      }
      above += commentsBefore(home, origin: origin, isKeyDropped: member.key == nil)
    }
    if let home { above += flowComments(of: home, comments) }
    var keptFoot: Range<Int>?
    if comments?.foot == nil, let home, let origin {
      let start = footStart(of: home, in: origin)
      keptFoot = start..<max(start, origin.end)
    }
    var content = safely(value, above: keptFoot) {
      $0.valueText(value, column: column, holder: isMapping ? .mapping : .sequence)
    }
    if let line = comments?.line {
      if !append(line, of: value, to: &content) { above += line }
    } else if let home, let origin, let comment = lineComment(of: value, home: home, at: origin) {
      if content.inline.contains(where: \.isBreak) {
        above.append(Array(comment.drop { $0.isBlank }))
      } else {
        let lead: [UInt8] = comment.first == UInt8(ascii: "#") ? [UInt8(ascii: " ")] : []
        if content.isContinued { content.lines += lead + comment } else { content.inline += lead + comment }
      }
    }
    text += above.flatMap { spaces(column) + $0 + eol }
    var lead = member.key.map(movedKeyText) ?? [UInt8(ascii: "-")]
    if let key = member.key {
      if ScalarWriter.needsQuestionMark(lead) {
        let blank = lead.isEmpty ? [] : [UInt8(ascii: " ")]
        lead = [UInt8(ascii: "?")] + blank + Indentation.hanging(lead, below: column) + eol + spaces(column)
      } else if endsInTag(key) {
        lead.append(UInt8(ascii: " "))
      }
      lead.append(UInt8(ascii: ":"))
    }
    text += spaces(column) + lead + content.inline
    if !content.lines.isEmpty { text += (content.lineBreak ?? eol) + content.lines }
    if let foot = comments?.foot {
      text.append(lines: foot.flatMap { eol + spaces(column) + $0 })
    } else if let origin, let keptFoot {
      text.append(lines: foot(keptFoot, of: origin, column: column, isReindented: blockTail(of: value) != nil))
    }
    return text
  }

  /// The lines that an entry or item had in the source, with the edits in it, its inner layout kept; without the last line
  /// break.
  func text(of original: Member, in region: EntryRegion, column: Int) -> [UInt8] {
    var text = rendered(region.headStart..<region.end) { $0.entry(original, region: region) }
    if region.isCompact { text = spaces(region.column) + text }
    return Indentation.shift(Indentation.withoutLastBreak(text), by: column - region.column)
  }

  /// The comments between a key or dash and the value, which the value loses as it goes elsewhere.
  func commentsBefore(_ value: UInt32, origin: EntryRegion, isKeyDropped: Bool) -> [[UInt8]] {
    let element = node(value)
    guard let slot = slotEndBefore(value) else { return [] }
    var content = ScalarSpan.contentStart(of: element, in: source)
    if element.isBlockCollection, let first = members(of: value).first(where: \.isOriginal) {
      content = region(of: first.first, value: first.valuePlace, in: value, previousEnd: nil).headStart
    }
    var comments: [[UInt8]] = []
    if isKeyDropped, source[origin.start] == UInt8(ascii: "?"), origin.start + 1 < slot,
      source[origin.start + 1].isBlankOrBreak
    {
      var offset = origin.start + 1
      while offset < slot, source[offset].isBlankOrBreak || source[offset] == UInt8(ascii: "#") {
        let end = source[offset] == UInt8(ascii: "#") ? lineEnd(of: offset) : offset + 1
        if end > offset + 1 { comments.append(Array(source[offset..<end])) }
        offset = end
      }
      if let key = key(before: value) {
        if node(key).isBlockScalar {
          let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: node(key), in: source), in: source)
          let rest = source[header.indicatorsEnd..<lineEnd(of: header.indicatorsEnd)]
          if rest.contains(UInt8(ascii: "#")) { comments.append(Array(rest.drop { $0.isBlank })) }
        }
        if node(key).end < slot { comments += flowComments(in: Int(node(key).end)..<slot) }
      }
    }
    var offset = slot
    while offset < content {
      if source[offset] == UInt8(ascii: "#"), source[offset - 1].isBlankOrBreak {
        let end = lineEnd(of: offset)
        comments.append(Array(source[offset..<end]))
        offset = end
      } else {
        offset += 1
      }
    }
    return comments
  }

  /// The comment lines below an entry, each with a line break before it.
  private func foot(_ lines: Range<Int>, of origin: EntryRegion, column: Int, isReindented: Bool) -> [UInt8] {
    var text: [UInt8] = []
    var offset = lines.lowerBound
    while offset < lines.upperBound {
      let end = lineEnd(of: offset)
      if case .comment(let at) = EntryRegion.Line(at: offset, in: source) {
        let newColumn = isReindented ? column : max(0, column + at - origin.column)
        text += eol(at: cursor) + spaces(newColumn) + source[offset + at..<end]
      } else {
        text += eol(at: cursor)
      }
      offset = SourceLines.afterBreak(end, in: source)
    }
    return text
  }

  /// Whether key and value stood together in the source and still do, so that their lines can be taken as they are.
  ///
  /// - Parameter home: the value that stood there, whose place this one may have taken.
  private func isWholeMove(_ member: Member, from home: UInt32) -> Bool {
    if avoidsBlockScalars, member.value.map({ node($0).isBlockScalar || document.edits.written[$0] != nil }) ?? false {
      return false
    }
    let container = document.edits.formerParents[home] ?? node(home).parent
    guard let key = member.key else { return node(container).kind == .sequence }
    if document.edits.written[key] != nil, ScalarWriter.needsQuestionMark(keyText(key)) { return false }
    return node(key).flags.isDisjoint(with: [.new, .copied]) && node(container).kind == .mapping
      && node(key).next == home
  }

  /// - Returns: false where the value has no line of its own that a comment could stand on.
  private func append(_ comment: [[UInt8]], of value: UInt32, to text: inout ValueText) -> Bool {
    guard let comment = comment.first else { return true }
    guard !text.inline.contains(where: \.isBreak), !node(value).isBlockCollection || text.inline.isEmpty else {
      return false
    }
    let bytes = spaces(style.commentGap) + comment
    if text.isContinued { text.lines += bytes } else { text.inline += bytes }
    return true
  }

  /// The comment behind a value that is written elsewhere, with the blanks before it.
  private func lineComment(of value: UInt32, home: UInt32, at origin: EntryRegion) -> ArraySlice<UInt8>? {
    guard !node(home).isBlockCollection else { return nil }
    var comment = source[origin.valueEnd..<origin.lineEnd]
    if node(home).isBlockScalar {
      // Its header is copied with it, but not where it is spelled anew.
      guard home != value || isRespelled(value) else { return nil }
      let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: node(home), in: source), in: source)
      comment = source[header.indicatorsEnd..<lineEnd(of: header.indicatorsEnd)]
    }
    return comment.contains(UInt8(ascii: "#")) ? ArraySlice(comment) : nil
  }
}

extension [UInt8] {
  /// Adds lines, each with a line break before it. Where the text ends in one, both stay.
  fileprivate mutating func append(lines: [UInt8]) {
    if SourceLines.isOneBreak(last, lines.first) { append(UInt8(ascii: "\r")) }
    self += lines
  }
}
