extension Renderer {
  /// Where a member of a flow collection stands in the source.
  struct FlowRegion {
    var start: Int
    var end: Int
    /// The comma behind it.
    var comma: Int?
    /// The lines it has for itself, with comments glued above; nil where it shares a line.
    var lines: Range<Int>?
    /// The blanks at the start of its line.
    var indentation: [UInt8]
  }

  /// A flow collection at its own place, with edits in it.
  mutating func flow(_ container: UInt32, column: Int, slotEnd: Int?) {
    let members = members(of: container)
    let element = node(container)
    let open = ScalarSpan.contentStart(of: element, in: source)
    if isBarePair(container) { return barePair(container, members) }
    guard members.contains(where: { $0.value != nil }) else {
      return emptied(members, open: open, close: Int(element.end) - 1)
    }
    guard members.contains(where: \.isOriginal) else {
      return fill(container, members, column: column, slotEnd: slotEnd)
    }
    walk(members, in: container, close: Int(element.end) - 1)
  }

  /// A collection that lost its last member keeps the comments that were no member's.
  private mutating func emptied(_ members: [Member], open: Int, close: Int) {
    copy(to: open + 1)
    var kept: [[UInt8]] = []
    var end = open + 1
    for member in members where member.isOriginal {
      let region = flowRegion(member, close: close)
      let own = region.lines ?? region.start..<region.end
      if own.lowerBound > end { kept += flowComments(in: end..<own.lowerBound) }
      end = max(end, own.upperBound)
    }
    if close > end { kept += flowComments(in: end..<close) }
    let author = members.last?.author ?? EditAuthor(rawValue: 0)
    let eol = eol(at: open) + NeighbourStyle.indentation(at: open, source)
    let text = kept.flatMap { comment in
      [UInt8(ascii: " ")] + comment + (comment.starts(with: "/*".utf8) ? [UInt8(ascii: " ")] : eol)
    }
    skip(to: close, by: author)
    write(text, by: author)
  }

  /// `[a: b]`: a mapping of one entry, without braces, which it gets where it has not one entry any more.
  private mutating func barePair(_ container: UInt32, _ members: [Member]) {
    let element = node(container)
    if staysBarePair(members) { return walk(members, in: container, close: Int(element.end)) }
    let author = members.first { !$0.isOriginal || $0.value == nil }?.author ?? author(of: container)
    copy(to: Int(element.start))
    write([UInt8(ascii: "{")], by: author)
    if members.contains(where: { $0.value != nil }) {
      walk(members, in: container, close: Int(element.end))
      copy(to: Int(element.end))
    } else {
      skip(to: Int(element.end), by: author)
    }
    write([UInt8(ascii: "}")], by: author)
  }

  /// Whether a mapping in flow style has no braces of its own: `[a: b]`.
  func isBarePair(_ id: UInt32) -> Bool {
    let element = node(id)
    guard document.format == .yaml, element.kind == .mapping, element.style == .flow, !element.flags.contains(.new)
    else { return false }
    let start = ScalarSpan.contentStart(of: element, in: source)
    if source[start] != UInt8(ascii: "{") { return true }
    // The brace may be the key's.
    var place = element.firstChild
    while place != 0, !isOriginal(place) { place = node(place).next }
    return place != 0 && Int(node(place).start) == start
  }

  private func staysBarePair(_ members: [Member]) -> Bool {
    members.count { $0.value != nil } == 1 && members.contains { $0.isOriginal && $0.value != nil }
  }

  /// The text of a collection in flow style, with braces where only its old place did without.
  func embraced(_ text: [UInt8], of id: UInt32) -> [UInt8] {
    guard isBarePair(id), staysBarePair(members(of: id)) else { return text }
    return [UInt8(ascii: "{")] + text + [UInt8(ascii: "}")]
  }

  private mutating func walk(_ members: [Member], in container: UInt32, close: Int) {
    var walk = FlowWalk(
      isMultiline: isMultiline(container, members), close: close,
      lastOriginal: members.lastIndex(where: \.isOriginal), lastMember: members.lastIndex { $0.value != nil })
    walk.hasTrailingComma = flowRegion(members[walk.lastOriginal!], close: walk.close).comma != nil
    for (index, member) in members.enumerated() {
      if member.isOriginal {
        original(member, at: index, members, in: container, &walk)
      } else if member.value != nil {
        inserted(member, at: index, members, in: container, &walk)
      }
    }
  }

  private struct FlowWalk {
    var isMultiline: Bool
    var close: Int
    var lastOriginal: Int?
    var lastMember: Int?
    var hasTrailingComma = false
    var previous: FlowRegion?
    /// Whether any member was written or kept so far.
    var hasMembers = false

    func wantsComma(after index: Int) -> Bool { index != lastMember || hasTrailingComma }
  }

  private mutating func original(
    _ member: Member, at index: Int, _ members: [Member], in container: UInt32, _ walk: inout FlowWalk
  ) {
    let region = flowRegion(member, close: walk.close)
    defer { walk.previous = region }
    guard let value = member.value else {
      if let lines = region.lines {
        copy(to: lines.lowerBound)
        skip(to: lines.upperBound, by: member.author)
      } else if index != walk.lastOriginal, let next = members[(index + 1)...].first(where: \.isOriginal) {
        copy(to: region.start)
        let following = flowRegion(next, close: walk.close).start
        let behind = region.comma.map { $0 + 1 } ?? region.end
        if !flowComments(in: behind..<following).isEmpty {
          skip(to: behind, by: member.author)
        } else {
          skip(to: following, by: member.author)
        }
      } else {
        var from = walk.previous.map { $0.comma.map { $0 + 1 } ?? $0.end } ?? region.start
        if !flowComments(in: from..<region.start).isEmpty { from = region.start }
        copy(to: from)
        skip(to: region.comma.map { walk.hasTrailingComma ? $0 + 1 : $0 } ?? region.end, by: member.author)
      }
      return
    }
    if let comments = document.edits.comments[value] { openComments(comments, in: region) }
    if let key = member.key, node(member.first).flags.contains(.replaced) {
      replaceKey(member.first, by: key)
    } else if let key = member.key, isEdited(key) {
      dropAnchor(of: key)
      if node(key).kind == .scalar, document.edits.written[key] != nil {
        copy(to: ScalarSpan.contentStart(of: node(key), in: source))
        skip(to: Int(node(key).end), by: author(of: key))
        if node(key).flags.contains(.properties) { separate(by: author(of: key)) }
        write(keyText(key), by: author(of: key))
      }
    }
    if node(member.valuePlace).flags.contains(.replaced) || isEdited(value) {
      flowValue(member, value, region: region)
    }
    copy(to: region.end)
    if walk.wantsComma(after: index) {
      if region.comma == nil {
        // A colon and a comma are one token to some readers.
        let isBehindColon = document.format == .yaml && out.last == UInt8(ascii: ":")
        write(
          Array((isBehindColon ? " ," : ",").utf8),
          by: members[index...].last { $0.value != nil }?.author ?? member.author)
      }
    } else if let comma = region.comma {
      let author = members[(index + 1)...].first { $0.value == nil }?.author ?? member.author
      copy(to: comma)
      skip(to: comma + 1, by: author)
      // A tag ends before a blank or a comma only.
      if Int(node(value).end) == endOfProperties(of: value), node(value).flags.contains(.properties) {
        separate(by: author)
      }
    }
    walk.hasMembers = true
  }

  private mutating func flowValue(_ member: Member, _ value: UInt32, region: FlowRegion) {
    let place = node(member.valuePlace)
    guard value != member.valuePlace || document.edits.written[value] != nil else {
      return self.value(value, holder: .mapping, column: 0, slotEnd: nil)
    }
    let isInPlace = value == member.valuePlace
    let start = isInPlace ? ScalarSpan.contentStart(of: place, in: source) : Int(place.start)
    let author = author(of: value)
    if isInPlace { dropAnchor(of: value) }
    copy(to: start)
    if place.start == place.end, member.key != nil, start > 0, source[start - 1] != UInt8(ascii: ":") {
      // `{a, b}`: the value is not there, nor is its colon.
      write([UInt8(ascii: ":")], by: author)
    }
    skip(to: Int(place.end), by: author)
    let isMultiline = region.lines != nil
    let text =
      isInPlace
      ? flowContent(value, indentation: region.indentation, isMultiline: isMultiline)
      : flowText(value, indentation: region.indentation, isMultiline: isMultiline)
    // `"a":1` may stay glued.
    let isGlued =
      out.last == UInt8(ascii: ":") && place.start == place.end
      || isInPlace && place.flags.contains(.properties)
    if document.format == .yaml, isGlued { separate(by: author) }
    write(text, by: author)
  }

  private mutating func inserted(
    _ member: Member, at index: Int, _ members: [Member], in container: UInt32, _ walk: inout FlowWalk
  ) {
    let comma: [UInt8] = walk.wantsComma(after: index) ? [UInt8(ascii: ",")] : []
    if let next = members[(index + 1)...].first(where: \.isOriginal), member.leansForward || walk.previous == nil {
      let region = flowRegion(next, close: walk.close)
      let text = flowMember(member, indentation: region.indentation, isMultiline: walk.isMultiline)
      if let lines = region.lines, walk.isMultiline {
        copy(to: lines.lowerBound)
        write(region.indentation + text + comma + eol(at: lines.lowerBound), by: member.author)
      } else {
        copy(to: region.start)
        write(text + (comma.isEmpty ? [] : style.comma), by: member.author)
      }
    } else if let previous = walk.previous {
      let text = flowMember(member, indentation: previous.indentation, isMultiline: walk.isMultiline)
      if let lines = previous.lines, walk.isMultiline {
        copy(to: lines.upperBound)
        write(previous.indentation + text + comma + eol(at: lines.lowerBound), by: member.author)
      } else {
        copy(to: previous.comma.map { $0 < cursor ? cursor : $0 + 1 } ?? previous.end)
        let lead: ArraySlice<UInt8> = walk.hasMembers ? style.comma.dropFirst() : []
        write(lead + text + comma, by: member.author)
      }
    }
    walk.hasMembers = true
  }

  /// An empty collection into which something was put.
  private mutating func fill(_ container: UInt32, _ members: [Member], column: Int, slotEnd: Int?) {
    let element = node(container)
    let open = ScalarSpan.contentStart(of: element, in: source)
    let author = members.first { $0.value != nil }?.author ?? author(of: container)
    if document.format == .yaml, !document.isFlow(container) {
      fillBlock(container, column: column, slotEnd: slotEnd, by: author)
      return terminate(container, by: author)
    }
    let close = Int(element.end) - 1
    let indentation = NeighbourStyle.indentation(at: open, source)
    let isMultiline = style.unit != nil
    var text = flowBody(members, indentation: indentation, isMultiline: isMultiline, eol: eol(at: open))
    if document.isHollow(element) {
      copy(to: open + 1)
    } else {
      // Comments stay, above.
      var end = close
      while source[end - 1].isBlankOrBreak { end -= 1 }
      copy(to: end)
      if !isMultiline || document.format == .yaml { text = eol(at: open) + indentation + [UInt8(ascii: " ")] + text }
    }
    skip(to: close, by: author)
    write(text, by: author)
  }

  /// An empty collection that opens as a block.
  private mutating func fillBlock(_ container: UInt32, column: Int, slotEnd: Int?, by author: EditAuthor) {
    let element = node(container)
    let open = ScalarSpan.contentStart(of: element, in: source)
    let parent = node(element.parent)
    let holder: ValueHolder = !parent.isContainer ? .document : parent.kind == .mapping ? .mapping : .sequence
    let behind = Int(element.end)
    var text = safely(container, before: SourceLines.next(after: behind, in: source), column: column) {
      $0.openedText(container, column: column, holder: holder)
    }
    if holder == .sequence, let slotEnd {
      text = clearingComments(
        in: slotEnd..<open, behind..<SourceLines.end(of: behind, in: source), from: text, of: container, column: column)
    }
    text.splitLines()
    let properties = element.flags.contains(.properties) ? ScalarSpan.endOfProperties(of: element, in: source) : 0
    if let slotEnd {
      copy(to: max(slotEnd, properties))
      write(text.inline, by: author)
      keepComments(upTo: open, by: author)
    } else if properties > 0 {
      copy(to: properties)
    } else {
      openRootLines(at: open, by: author)
    }
    skip(to: Int(element.end), by: author)
    if slotEnd == nil, properties == 0 { skipBlanks(by: author) }
    if text.lines.isEmpty, cursor < limit, source[cursor] == UInt8(ascii: "#") {
      write([UInt8(ascii: " ")], by: author)
    }
    writeLines(text, by: author)
  }

  // MARK: Regions

  private func isMultiline(_ container: UInt32, _ members: [Member]) -> Bool {
    guard let first = members.first(where: \.isOriginal) else { return false }
    return source[Int(node(container).start)..<Int(node(first.first).start)].contains(where: \.isBreak)
  }

  func flowRegion(_ member: Member, close: Int) -> FlowRegion {
    let start = flowStart(of: member.first)
    let end = max(Int(node(member.valuePlace).end), Int(node(member.first).end))
    var offset = end
    while offset < close, source[offset] != UInt8(ascii: ",") { offset = afterTrivia(offset, limit: close) }
    let comma = offset < close ? offset : nil
    let lineStart = SourceLines.start(of: start, in: source)
    let indentation = NeighbourStyle.indentation(at: start, source)
    var region = FlowRegion(start: start, end: end, comma: comma, lines: nil, indentation: indentation)
    guard lineStart + indentation.count == start else { return region }
    let behind = (comma ?? end - 1) + 1
    let lineEnd = SourceLines.end(of: behind, in: source)
    var rest = behind
    while rest < lineEnd, source[rest].isBlank { rest += 1 }
    guard rest == lineEnd || isCommentStart(rest) else { return region }
    var head = lineStart
    while let above = commentLine(above: head, indentation: indentation) { head = above }
    region.lines = head..<SourceLines.afterBreak(lineEnd, in: source)
    return region
  }

  /// Where a member starts, with its question mark: libyaml takes one between brackets without a blank behind it.
  private func flowStart(of first: UInt32) -> Int {
    let origin = document.edits.originals[first] ?? first
    let start = Int(node(origin).start)
    guard document.format == .yaml, node(origin).flags.contains(.key), origin > 0 else { return start }
    // What stands before it in the source: its mapping, or the end of something in the member before.
    let before = node(origin - 1)
    var offset = Int(before.end)
    if origin - 1 == node(origin).parent {
      offset = ScalarSpan.contentStart(of: before, in: source) + (isBarePair(origin - 1) ? 0 : 1)
    }
    while offset < start, source[offset] != UInt8(ascii: "?") { offset = afterTrivia(offset, limit: start) }
    return min(offset, start)
  }

  /// The start of the comment that ends on the line above, where it has its lines for itself and is indented alike.
  private func commentLine(above lineStart: Int, indentation: [UInt8]) -> Int? {
    let end = SourceLines.beforeBreak(lineStart, in: source, notBefore: 0)
    var above = SourceLines.start(of: end, in: source)
    guard above < lineStart else { return nil }
    var last = end
    while last > above, source[last - 1].isBlank { last -= 1 }
    if document.format == .jsonc, source[above..<last].suffix(2).elementsEqual("*/".utf8),
      !source[above...].dropFirst(indentation.count).starts(with: "//".utf8)
    {
      // No string goes over a line's end, so this ends a comment, which may start further up.
      var offset = last - 3
      while offset > 0, !(source[offset - 1] == UInt8(ascii: "/") && source[offset] == UInt8(ascii: "*")) {
        if source[offset - 1] == UInt8(ascii: "*"), source[offset] == UInt8(ascii: "/") { return nil }
        offset -= 1
      }
      above = SourceLines.start(of: max(0, offset - 1), in: source)
      guard above + indentation.count == offset - 1 else { return nil }
    } else if above + indentation.count >= lineStart || !isCommentStart(above + indentation.count) {
      return nil
    }
    return source[above..<above + indentation.count].elementsEqual(indentation) ? above : nil
  }

  private func isCommentStart(_ offset: Int) -> Bool {
    guard offset < source.count else { return false }
    switch document.format {
    case .yaml: return source[offset] == UInt8(ascii: "#")
    case .json: return false
    case .jsonc:
      return source[offset] == UInt8(ascii: "/") && offset + 1 < source.count && source[offset + 1] == UInt8(ascii: "/")
    }
  }

  /// Whether a comment of YAML starts in a gap between tokens: libyaml takes one that is glued to a bracket or a comma.
  func isYAMLComment(_ offset: Int) -> Bool {
    guard document.format == .yaml, source[offset] == UInt8(ascii: "#") else { return false }
    return offset == contentStart || source[offset - 1].isBlankOrBreak || "[]{},".utf8.contains(source[offset - 1])
  }

  /// One step over what may stand between a member and its comma.
  func afterTrivia(_ offset: Int, limit: Int) -> Int {
    if isYAMLComment(offset) || document.format == .jsonc && isCommentStart(offset) {
      return min(limit, SourceLines.end(of: offset, in: source))
    }
    if document.format == .jsonc, source[offset] == UInt8(ascii: "/"), offset + 1 < limit,
      source[offset + 1] == UInt8(ascii: "*")
    {
      var end = offset + 2
      while end + 1 < limit, !(source[end] == UInt8(ascii: "*") && source[end + 1] == UInt8(ascii: "/")) { end += 1 }
      return min(limit, end + 2)
    }
    return offset + 1
  }
}
