/// The walk over the members of a flow collection.
extension Renderer {
  mutating func walk(_ members: [Member], in container: UInt32, close: Int) {
    var walk = FlowWalk(
      isMultiline: isMultiline(container, members), close: close,
      lastOriginal: members.lastIndex(where: \.isOriginal), lastMember: members.lastIndex { $0.value != nil })
    walk.hasTrailingComma = flowRegion(members[walk.lastOriginal!], close: walk.close).comma != nil
    walk.nextOriginal = nextOriginals(members)
    for (index, member) in members.enumerated() {
      if member.isOriginal {
        original(member, at: index, members, in: container, &walk)
      } else if member.value != nil {
        inserted(member, at: index, members, in: container, &walk)
      }
      if member.value != nil { walk.lastKept = member } else { isBehindPlain = walk.lastKept.map(isPlain) ?? false }
    }
  }

  /// Whether a member of the source ends in a plain scalar that stands where it stood: one may end in a quote.
  private func isPlain(_ member: Member) -> Bool {
    guard member.isOriginal, let value = member.value else { return false }
    let last = node(value).start == node(value).end ? member.key ?? value : value
    let element = node(last)
    return element.kind == .scalar && element.style == .plain && document.edits.written[last] == nil
  }

  private struct FlowWalk {
    var isMultiline: Bool
    var close: Int
    var lastOriginal: Int?
    var lastMember: Int?
    var hasTrailingComma = false
    /// For each member the next one behind it that the source has.
    var nextOriginal: [Int?] = []
    var previous: FlowRegion?
    /// The last member that was kept or written.
    var lastKept: Member?
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
      } else if index != walk.lastOriginal, let next = walk.nextOriginal[index] {
        copy(to: region.start)
        let following = flowRegion(members[next], close: walk.close).start
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
    if getsColonBehindLines(member, value) {
      copy(to: region.start)
      write("? ".utf8, by: author(of: value))
    }
    if let key = member.key, node(member.first).flags.contains(.replaced) {
      replaceKey(member.first, by: key)
    } else if let key = member.key, isEdited(key) {
      dropAnchor(of: key)
      if node(key).kind == .scalar, document.edits.written[key] != nil {
        copy(to: ScalarSpan.contentStart(of: node(key), in: source))
        skip(to: Int(node(key).end), by: author(of: key))
        if node(key).flags.contains(.properties) { separate(by: author(of: key)) }
        let text = keyText(key)
        write(text, by: author(of: key))
        loosenColon(behind: text, by: author(of: key))
      } else if node(key).isContainer {
        flow(key, column: 0, slotEnd: nil)
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
          by: walk.lastMember.map { members[max($0, index)].author } ?? member.author)
      }
    } else if let comma = region.comma {
      let author = members[(index + 1)...].first { $0.value == nil }?.author ?? member.author
      copy(to: comma)
      skip(to: comma + 1, by: author)
      // A tag ends before a blank or a comma only.
      if endsInTag(member) { separate(by: author) }
    }
    walk.hasMembers = true
  }

  /// Whether a key over several lines, `{a\n b}`, gets a value: its colon needs a question mark before the key.
  private func getsColonBehindLines(_ member: Member, _ value: UInt32) -> Bool {
    let key = node(member.first)
    guard document.format == .yaml, member.key == member.first, document.edits.written[member.first] == nil,
      value != member.valuePlace || document.edits.written[value] != nil,
      lacksColon(member), flowStart(of: member.first) == Int(key.start)
    else { return false }
    return source[Int(key.start)..<Int(key.end)].contains(where: \.isBreak)
  }

  /// Whether the value is not there, nor is its colon: `{a, b}`. A tag may end in one of its own.
  private func lacksColon(_ member: Member) -> Bool {
    let place = node(member.valuePlace)
    guard member.key != nil, place.start == place.end, place.start > 0 else { return false }
    return place.start == node(member.first).end || source[Int(place.start) - 1] != UInt8(ascii: ":")
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
    if lacksColon(member) {
      write((endsInTag(member.first) ? " :" : ":").utf8, by: author)
    }
    skip(to: Int(place.end), by: author)
    let isMultiline = region.lines != nil
    let indentation = indentation(at: region.start)
    let text =
      isInPlace
      ? flowContent(value, indentation: indentation, isMultiline: isMultiline)
      : flowText(value, indentation: indentation, isMultiline: isMultiline)
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
    if let next = walk.nextOriginal[index], member.leansForward || walk.previous == nil {
      let region = flowRegion(members[next], close: walk.close)
      let indentation = indentation(at: region.start)
      let text = flowMember(member, indentation: indentation, isMultiline: walk.isMultiline)
      if let lines = region.lines, walk.isMultiline {
        copy(to: lines.lowerBound)
        write(indentation + text + comma + eol(at: lines.lowerBound), by: member.author)
      } else {
        copy(to: region.start)
        write(text + (comma.isEmpty ? [] : style.comma), by: member.author)
      }
    } else if let previous = walk.previous {
      let indentation = indentation(at: previous.start)
      let text = flowMember(member, indentation: indentation, isMultiline: walk.isMultiline)
      if let lines = previous.lines, walk.isMultiline {
        copy(to: lines.upperBound)
        write(indentation + text + comma + eol(at: lines.lowerBound), by: member.author)
      } else {
        copy(to: previous.comma.map { $0 < cursor ? cursor : $0 + 1 } ?? previous.end)
        let lead: ArraySlice<UInt8> = walk.hasMembers ? style.comma.dropFirst() : []
        write(lead + text + comma, by: member.author)
      }
    }
    walk.hasMembers = true
  }
}
