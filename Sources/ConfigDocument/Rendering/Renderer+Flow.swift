extension Renderer {
  /// A flow collection at its own place, with edits in it.
  mutating func flow(_ container: UInt32, column: Int, slotEnd: Int?) {
    let members = members(of: container)
    let element = node(container)
    let open = ScalarSpan.contentStart(of: element, in: source)
    if isBarePair(container) { return barePair(container, members) }
    guard members.contains(where: { $0.value != nil }) else {
      return emptied(container, members, open: open, close: Int(element.end) - 1)
    }
    guard members.contains(where: \.isOriginal) else {
      return fill(container, members, column: column, slotEnd: slotEnd)
    }
    walk(members, in: container, close: Int(element.end) - 1)
  }

  /// A collection that lost its last member keeps the comments that were no member's.
  private mutating func emptied(_ container: UInt32, _ members: [Member], open: Int, close: Int) {
    copy(to: open + 1)
    let kept = flowGaps(container, members).flatMap { flowComments(in: $0.range) }
    let author = members.last?.author ?? EditAuthor(rawValue: 0)
    let eol = eol(at: open) + indentation(at: open)
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
    write(closingBrace(behind: out.last, of: members), by: author)
  }

  /// A colon and a brace are one token to libyaml, and a tag ends before a blank or a comma only.
  private func closingBrace(behind last: UInt8?, of members: [Member]) -> [UInt8] {
    let isTag = members.last { $0.value != nil }.map(endsInTag) ?? false
    return Array((last == UInt8(ascii: ":") || isTag ? " }" : "}").utf8)
  }

  func endsInTag(_ member: Member) -> Bool {
    guard let value = member.value else { return false }
    // `?!` has nothing behind its key.
    let isEmpty = node(value).start == node(value).end && document.edits.written[value] == nil
    return endsInTag(value) || isEmpty && (member.key.map(endsInTag) ?? false)
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
    return place != 0 && node(place).start == element.start
  }

  /// Where the text of a value starts, behind its anchor and tag. Those at the start of a bare pair are its key's.
  func contentStart(of id: UInt32) -> Int {
    isBarePair(id) ? Int(node(id).start) : ScalarSpan.contentStart(of: node(id), in: source)
  }

  private func staysBarePair(_ members: [Member]) -> Bool {
    members.count { $0.value != nil } == 1 && members.contains { $0.isOriginal && $0.value != nil }
  }

  /// The text of a collection in flow style, with braces where only its old place did without.
  func embraced(_ text: [UInt8], of id: UInt32) -> [UInt8] {
    guard isBarePair(id) else { return text }
    let members = members(of: id)
    return staysBarePair(members) ? [UInt8(ascii: "{")] + text + closingBrace(behind: text.last, of: members) : text
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
    let indentation = indentation(at: open)
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
        in: slotEnd..<open, behind..<lineEnd(of: behind), from: text, of: container, column: column)
    }
    text.splitLines()
    let properties = element.flags.contains(.properties) ? ScalarSpan.endOfProperties(of: element, in: source) : 0
    if let slotEnd {
      copy(to: max(slotEnd, properties))
      write(text.inline, by: author)
      keepComments(upTo: open, by: author)
    } else if properties > 0 {
      copy(to: properties)
      keepComments(upTo: open, by: author)
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
}
