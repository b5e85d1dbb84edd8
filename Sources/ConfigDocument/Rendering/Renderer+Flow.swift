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
    guard members.contains(where: { $0.value != nil }) else {
      copy(to: open + 1)
      return skip(to: Int(element.end) - 1, by: members.last?.author ?? author(of: container))
    }
    guard members.contains(where: \.isOriginal) else {
      return fill(container, members, column: column, slotEnd: slotEnd)
    }
    var walk = FlowWalk(
      isMultiline: isMultiline(container, members), close: Int(element.end) - 1,
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
        skip(to: flowRegion(next, close: walk.close).start, by: member.author)
      } else {
        let from = walk.previous.map { $0.comma.map { $0 + 1 } ?? $0.end } ?? region.start
        copy(to: from)
        skip(to: region.comma.map { walk.hasTrailingComma ? $0 + 1 : $0 } ?? region.end, by: member.author)
      }
      return
    }
    if let key = member.key, isEdited(key), node(key).kind == .scalar {
      copy(to: ScalarSpan.contentStart(of: node(key), in: source))
      skip(to: Int(node(key).end), by: author(of: key))
      write(keyText(key), by: author(of: key))
    }
    if node(member.valuePlace).flags.contains(.replaced) || isEdited(value) {
      flowValue(member, value, region: region)
    }
    copy(to: region.end)
    if walk.wantsComma(after: index) {
      if region.comma == nil {
        // `a:,` is not the key `a` without a value.
        let comma: [UInt8] = Array((document.format == .yaml && out.last == UInt8(ascii: ":") ? " ," : ",").utf8)
        write(comma, by: members[index...].last { $0.value != nil }?.author ?? member.author)
      }
    } else if let comma = region.comma {
      copy(to: comma)
      skip(to: comma + 1, by: members[(index + 1)...].first { $0.value == nil }?.author ?? member.author)
    }
    walk.hasMembers = true
  }

  private mutating func flowValue(_ member: Member, _ value: UInt32, region: FlowRegion) {
    let place = node(member.valuePlace)
    guard value != member.valuePlace || place.kind == .scalar else {
      return self.value(value, holder: .mapping, column: 0, slotEnd: nil)
    }
    let start = ScalarSpan.contentStart(of: place, in: source)
    let author = author(of: value)
    if place.start == place.end, member.key != nil, start > 0, source[start - 1] != UInt8(ascii: ":") {
      // `{a, b}`: the value is not there, nor is its colon.
      copy(to: start)
      write([UInt8(ascii: ":")], by: author)
    }
    copy(to: start)
    skip(to: Int(place.end), by: author)
    let text = flowText(value, indentation: region.indentation, isMultiline: region.lines != nil)
    if document.format == .yaml, out.last == UInt8(ascii: ":") { write([UInt8(ascii: " ")], by: author) }
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
        write(text + style.comma, by: member.author)
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
    let isHollow = source[open + 1..<Int(element.end) - 1].allSatisfy(\.isBlankOrBreak)
    if document.format == .yaml, !document.isFlow(container), isHollow {
      let parent = node(element.parent)
      let holder: ValueHolder = !parent.isContainer ? .document : parent.kind == .mapping ? .mapping : .sequence
      let text = openedText(container, column: column, holder: holder)
      if text.inline.isEmpty, let slotEnd {
        copy(
          to: max(
            slotEnd, element.flags.contains(.properties) ? ScalarSpan.endOfProperties(of: element, in: source) : 0))
        skip(to: Int(element.end), by: author)
        copy(to: SourceLines.end(of: cursor, in: source))
        write(eol(at: cursor) + text.lines, by: author)
      } else {
        copy(to: open)
        skip(to: Int(element.end), by: author)
        write(text.inline.isEmpty ? text.lines[...] : text.inline.dropFirst(), by: author)
      }
      return
    }
    copy(to: open + 1)
    let indentation = NeighbourStyle.indentation(at: open, source)
    let text = flowBody(members, indentation: indentation, isMultiline: style.unit != nil, eol: eol(at: open))
    skip(to: Int(element.end) - 1, by: author)
    write(text, by: author)
  }

  // MARK: Regions

  private func isMultiline(_ container: UInt32, _ members: [Member]) -> Bool {
    guard let first = members.first(where: \.isOriginal) else { return false }
    return source[Int(node(container).start)..<Int(node(first.first).start)].contains(where: \.isBreak)
  }

  func flowRegion(_ member: Member, close: Int) -> FlowRegion {
    let start = Int(node(member.first).start)
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
    while head > 0 {
      let above = SourceLines.start(of: SourceLines.beforeBreak(head, in: source, notBefore: 0), in: source)
      guard above < head, above + indentation.count < head, isCommentStart(above + indentation.count),
        source[above..<above + indentation.count].elementsEqual(indentation)
      else { break }
      head = above
    }
    region.lines = head..<SourceLines.afterBreak(lineEnd, in: source)
    return region
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

  /// One step over what may stand between a member and its comma.
  private func afterTrivia(_ offset: Int, limit: Int) -> Int {
    if isCommentStart(offset), document.format != .yaml || (offset > 0 && source[offset - 1].isBlankOrBreak) {
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
