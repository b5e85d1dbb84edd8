/// The text of a value that is not at its original place.
extension Renderer {
  /// The text of a value that is not at its original place.
  func valueText(_ id: UInt32, column: Int, holder: ValueHolder) -> ValueText {
    if let other = elsewhere(id) { return other.valueText(id, column: column, holder: holder) }
    let element = node(id)
    if element.flags.contains(.new) || element.flags.contains(.rewritten) && element.kind == .scalar {
      switch element.kind {
      case .mapping, .sequence: return newCollection(id, column: column, holder: holder)
      default:
        var text = scalarText(id, column: column, holder: holder, inFlow: false)
        if let lead = keptProperties(of: id) { text.inline = lead + text.inline }
        return text
      }
    }
    if element.isContainer, document.format == .yaml, document.isHollow(element), !document.isFlow(id),
      !document.children(of: id).isEmpty
    {
      return newCollection(id, column: column, holder: holder)
    }
    if element.isBlockScalar, isRespelled(id) {
      let writer = ScalarWriter(inFlow: false, quotes: style.quotes)
      let text = writer.text(
        .string(document.withTextBytes(of: id) { String(decoding: $0, as: UTF8.self) }), style: .doubleQuoted)
      return ValueText(inline: (keptProperties(of: id) ?? []) + [UInt8(ascii: " ")] + text)
    }
    if element.isBlockCollection { return movedBlock(id, column: column, holder: holder) }
    if let quoted = quotedText(of: id, holder: holder) {
      return ValueText(inline: (keptProperties(of: id) ?? []) + [UInt8(ascii: " ")] + quoted)
    }
    // A scalar, alias or collection in flow style: its bytes, the lines below shifted with it.
    let start = contentStart(of: id)
    let oldColumn = originalRegion(of: id)?.column ?? 0
    var bytes = rendered(start..<Int(element.end)) { renderer in
      if renderer.isEdited(id) { renderer.value(id, holder: holder, column: oldColumn, slotEnd: nil) }
    }
    bytes = embraced(bytes, of: id)
    if element.isBlockScalar, leavesCommentsBehind(id) { bytes = withoutHeaderComment(bytes) }
    if bytes.isEmpty, keptProperties(of: id) == nil {
      // A document that is empty has no root.
      return ValueText(inline: holder == .document ? Array(" null".utf8) : [])
    }
    var text = ValueText(inline: (keptProperties(of: id) ?? []) + [UInt8(ascii: " ")] + bytes)
    if let end = text.inline.firstIndex(where: \.isBreak) {
      let below = text.inline.withBuffer { SourceLines.afterBreak(end, in: $0) }
      let lines = Array(text.inline[below...])
      // Between brackets, and at the root, text may go on at any column; block scalars know theirs.
      let least = element.isBlockScalar ? Int.min : column + 1 - Indentation.least(in: lines)
      text.lines = Indentation.shift(lines, by: max(column - oldColumn, least))
      text.lineBreak = Array(text.inline[end..<below])
      text.inline.removeSubrange(end...)
      text.isContinued = !element.isBlockScalar
    }
    return text
  }

  /// Whether a node has no comments of its own where it stands now: it is a copy, or another took its place, or it another's.
  private func leavesCommentsBehind(_ id: UInt32) -> Bool {
    node(id).flags.contains(.copied) || document.home(of: id) != id
  }

  /// A scalar in quotes where its text would mean something else at its new place: an indicator that stood between brackets, at
  /// the root a marker of documents; or where it comes from the root or becomes it, a byte order mark, and the breaks of YAML 1.1,
  /// behind which lines cannot be indented.
  private func quotedText(of id: UInt32, holder: ValueHolder) -> [UInt8]? {
    let element = node(id)
    guard element.kind == .scalar, !element.isBlockScalar, case .string(let text) = document.scalarValue(of: id) else {
      return nil
    }
    let content = source[ScalarSpan.contentStart(of: element, in: source)..<Int(element.end)]
    let isIndicator = content.count == 1 && "-?:".utf8.contains(content.first!)
    guard
      isIndicator || holder == .document && SourceLines.isMarker(at: content.startIndex, in: source)
        || hasMarksOfRoot(id, holder: holder)
    else { return nil }
    return ScalarWriter(inFlow: false, quotes: .doubleQuoted).text(.string(text), style: .doubleQuoted)
  }

  private func hasMarksOfRoot(_ id: UInt32, holder: ValueHolder) -> Bool {
    let element = node(id)
    guard holder == .document || !node(document.edits.formerParents[id] ?? element.parent).isContainer else {
      return false
    }
    let spelling = String(decoding: source[Int(element.start)..<Int(element.end)], as: UTF8.self)
    let marks: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"]
    return spelling.unicodeScalars.contains(where: marks.contains)
  }

  func isRespelled(_ id: UInt32) -> Bool {
    node(id).flags.contains(.rewritten) || avoidsBlockScalars || hasBreaksOnly(id)
  }

  /// Whether a block scalar holds line breaks and nothing else.
  func hasBreaksOnly(_ id: UInt32) -> Bool {
    document.withTextBytes(of: id) { !$0.isEmpty && $0.allSatisfy { $0 == UInt8(ascii: "\n") } }
  }

  /// The anchor and tag of a node that is written elsewhere, with a leading blank: a copy has no anchor.
  func keptProperties(of id: UInt32) -> [UInt8]? {
    if let other = elsewhere(id) { return other.keptProperties(of: id) }
    guard node(id).flags.contains(.properties), let kept = document.properties[id] else { return nil }
    let element = node(id)
    var text: [UInt8] = []
    if let anchor = kept.anchor { text += Array(" &\(anchor)".utf8) }
    if kept.tag != nil {
      // The tag as it is spelled: a shorthand may be the document's own.
      if let tag = ScalarSpan.property(UInt8(ascii: "!"), of: element, to: endOfProperties(of: id), in: source) {
        text += [UInt8(ascii: " ")] + source[tag]
      }
    }
    return text.isEmpty ? nil : text
  }

  /// A collection in block style that had lines in the source.
  private func movedBlock(_ id: UInt32, column: Int, holder: ValueHolder) -> ValueText {
    let members = members(of: id)
    guard members.contains(where: { $0.value != nil }) else {
      let empty = Array((node(id).kind == .mapping ? " {}" : " []").utf8)
      return ValueText(inline: (keptProperties(of: id) ?? []) + empty)
    }
    let oldColumn = self.column(of: id)
    let newColumn: Int
    switch holder {
    case .document: newColumn = 0
    case .sequence: newColumn = column + 2
    case .mapping:
      let step = node(id).kind == .sequence ? style.sequenceOffset : style.indentation
      if let origin = originalRegion(of: id), slotHolderIsMapping(id), oldColumn >= origin.column {
        newColumn = column + oldColumn - origin.column
      } else {
        newColumn = column + step
      }
    }
    guard members.contains(where: { $0.value != nil }), let first = members.first(where: \.isOriginal),
      let last = members.last(where: \.isOriginal)
    else {
      return newCollection(id, column: column, holder: holder)
    }
    let start = region(of: first.first, value: first.valuePlace, in: id, previousEnd: nil)
    let end = EntryRegion.end(behind: Int(node(last.valuePlace).end), column: start.column, in: source)
    var lines = rendered(start.headStart..<end) { renderer in
      if renderer.isEdited(id) { renderer.block(id) }
    }
    lines = Indentation.withoutLastBreak(lines)
    if start.isCompact { lines = spaces(start.column) + lines }
    lines = Indentation.shift(lines, by: newColumn - oldColumn)
    let properties = keptProperties(of: id) ?? []
    if holder == .sequence, properties.isEmpty, lines.first == UInt8(ascii: " ") || newColumn == 0 {
      // Compact: the first member stands behind the dash.
      let firstLine = lines.drop { $0 == UInt8(ascii: " ") }
      return ValueText(inline: [UInt8(ascii: " ")] + firstLine, lines: [])
    }
    return ValueText(inline: properties, lines: lines)
  }

  private func slotHolderIsMapping(_ id: UInt32) -> Bool {
    let origin = document.edits.originals[id] ?? id
    return node(document.edits.formerParents[origin] ?? node(origin).parent).kind == .mapping
  }

  /// A collection that an edit made.
  private func newCollection(_ id: UInt32, column: Int, holder: ValueHolder) -> ValueText {
    let element = node(id)
    let members = members(of: id).filter { $0.value != nil }
    let isMapping = element.kind == .mapping
    if members.isEmpty {
      return ValueText(inline: (keptProperties(of: id) ?? []) + Array((isMapping ? " {}" : " []").utf8))
    }
    if !isMapping, style.prefersFlow, members.allSatisfy({ isPlainNewScalar($0.value!) }) {
      let lead = (keptProperties(of: id) ?? []) + [UInt8(ascii: " "), UInt8(ascii: "[")]
      let body = flowBody(members, indentation: spaces(column), isMultiline: false, eol: [])
      return ValueText(inline: lead + body + [UInt8(ascii: "]")])
    }
    let childColumn: Int
    switch holder {
    case .document: childColumn = 0
    case .sequence: childColumn = column + 2
    case .mapping: childColumn = column + (isMapping ? style.indentation : style.sequenceOffset)
    }
    let eol = eol(at: cursor)
    var lines: [UInt8] = []
    for member in members {
      if !lines.isEmpty { lines += eol }
      lines += memberText(member, column: childColumn, isMapping: isMapping)
    }
    if let properties = keptProperties(of: id) { return ValueText(inline: properties, lines: lines) }
    if holder == .sequence, lines.prefix(childColumn).allSatisfy({ $0 == UInt8(ascii: " ") }) {
      return ValueText(inline: [UInt8(ascii: " ")] + lines.dropFirst(childColumn))
    }
    return ValueText(inline: [], lines: lines)
  }

  private func isPlainNewScalar(_ id: UInt32) -> Bool {
    let element = node(id)
    guard element.kind == .scalar, element.flags.contains(.new), document.edits.comments[id] == nil else {
      return false
    }
    return !(document.edits.written[id]?.value.string?.utf8.contains(UInt8(ascii: "\n")) ?? false)
  }
}
