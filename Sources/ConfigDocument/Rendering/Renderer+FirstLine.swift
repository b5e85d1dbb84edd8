/// A comment may stand behind the first line of a value only where no token goes on below it.
extension Renderer {
  /// A collection that starts behind a dash, or below it where comments would come into the first token otherwise.
  ///
  /// - Parameters:
  ///   - text: with the first member on the dash's line.
  ///   - column: that of the dash.
  ///   - gaps: the stretches of the source, without values, that stay around the first line.
  func clearingComments(
    in gaps: Range<Int>..., from text: ValueText, of id: UInt32, column: Int
  ) -> ValueText {
    guard text.lines.isEmpty, text.inline.contains(where: \.isBreak), gaps.contains(where: holdsComment),
      opensToken(id, isCompact: true)
    else { return text }
    return ValueText(inline: [], lines: spaces(column + 1) + text.inline)
  }

  private func holdsComment(_ gap: Range<Int>) -> Bool {
    let isDue = pending.contains { comment in
      !comment.text.isEmpty && (gap.lowerBound...gap.upperBound).contains(comment.range.lowerBound)
    }
    return isDue || !flowComments(in: gap).isEmpty
  }

  /// Whether the first line of a value's text ends within a scalar or between brackets.
  ///
  /// - Parameter isCompact: whether a collection in block style starts on that line.
  private func opensToken(_ id: UInt32, isCompact: Bool) -> Bool {
    let element = node(id)
    guard element.isContainer else {
      if document.edits.written[id] != nil { return blockTail(of: id) != nil }
      return element.kind == .scalar && isMultiline(element)
    }
    if document.isFlow(id) { return element.flags.isDisjoint(with: .new) && isMultiline(element) }
    guard isCompact, let first = members(of: id).first(where: { $0.value != nil }), let value = first.value else {
      return false
    }
    guard let key = first.key else { return opensToken(value, isCompact: true) }
    return !node(key).flags.contains(.new) && isMultiline(node(key)) || opensToken(value, isCompact: false)
  }

  private func isMultiline(_ element: Node) -> Bool {
    bytes[ScalarSpan.contentStart(of: element, in: bytes)..<Int(element.end)].contains(where: \.isBreak)
  }
}
