/// Where the members of a flow collection stand in the source.
extension Renderer {
  /// Where a member of a flow collection stands in the source.
  struct FlowRegion {
    var start: Int
    var end: Int
    /// The comma behind it.
    var comma: Int?
    /// The lines it has for itself, with comments glued above; nil where it shares a line.
    var lines: Range<Int>?

    /// All that goes with it: its lines, or what stands up to its comma.
    var own: Range<Int> { lines ?? start..<(comma ?? end) }
  }

  func isMultiline(_ container: UInt32, _ members: [Member]) -> Bool {
    guard let first = members.first(where: \.isOriginal) else { return false }
    return source[Int(node(container).start)..<Int(node(first.first).start)].contains(where: \.isBreak)
  }

  func flowRegion(_ member: Member, close: Int) -> FlowRegion {
    let start = flowStart(of: member.first)
    let end = max(Int(node(member.valuePlace).end), Int(node(member.first).end))
    var offset = end
    while offset < close, source[offset] != UInt8(ascii: ",") { offset = afterTrivia(offset, limit: close) }
    let comma = offset < close ? offset : nil
    var region = FlowRegion(start: start, end: end, comma: comma, lines: nil)
    var lineStart = start
    while lineStart > contentStart, source[lineStart - 1].isBlank { lineStart -= 1 }
    guard lineStart == contentStart || source[lineStart - 1].isBreak else { return region }
    let indentation = Array(source[lineStart..<start])
    let behind = (comma ?? end - 1) + 1
    let lineEnd = lineEnd(of: behind)
    var rest = behind
    while rest < lineEnd, source[rest].isBlank { rest += 1 }
    // Behind a pair without braces the line is the list's.
    guard rest == lineEnd || isCommentStart(rest), lineEnd < close else { return region }
    var head = lineStart
    while let above = commentLine(above: head, indentation: indentation) { head = above }
    region.lines = head..<SourceLines.afterBreak(lineEnd, in: source)
    return region
  }

  /// Where a member starts, with its question mark: libyaml takes one between brackets without a blank behind it.
  func flowStart(of first: UInt32) -> Int {
    let origin = document.edits.originals[first] ?? first
    let start = Int(node(origin).start)
    guard document.format == .yaml, node(origin).flags.contains(.key), origin > 0 else { return start }
    // What stands before it in the source: its mapping, or the end of something in the member before.
    let before = node(origin - 1)
    var offset = Int(before.end)
    if origin - 1 == node(origin).parent {
      offset = contentStart(of: origin - 1) + (isBarePair(origin - 1) ? 0 : 1)
    }
    while offset < start, source[offset] != UInt8(ascii: "?") { offset = afterTrivia(offset, limit: start) }
    return min(offset, start)
  }

  /// The start of the comment that ends on the line above, where it has its lines for itself and is indented alike.
  private func commentLine(above lineStart: Int, indentation: [UInt8]) -> Int? {
    let end = SourceLines.beforeBreak(lineStart, in: source, notBefore: 0)
    var above = self.lineStart(of: end)
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
      above = self.lineStart(of: max(0, offset - 1))
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

  /// Whether a comment of YAML starts in a gap between tokens: libyaml asks for no blank before it.
  func isYAMLComment(_ offset: Int) -> Bool { document.format == .yaml && source[offset] == UInt8(ascii: "#") }

  /// One step over what may stand between a member and its comma.
  func afterTrivia(_ offset: Int, limit: Int) -> Int {
    if isYAMLComment(offset) || document.format == .jsonc && isCommentStart(offset) {
      return min(limit, lineEnd(of: offset))
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
