/// Lines of the source, and what is written into them.
extension Renderer {
  /// Goes to where lines at the root may start, in the place of what starts at `start`: on a line of their own, below a marker if
  /// there is one.
  mutating func openRootLines(at start: Int, by author: EditAuthor) {
    let lineStart = SourceLines.start(of: start, in: source)
    if source[lineStart..<start].allSatisfy(\.isBlank), lineStart >= cursor {
      copy(to: lineStart)
      return skip(to: start, by: author)
    }
    var end = start
    while end > cursor, source[end - 1].isBlank { end -= 1 }
    copy(to: end)
  }

  /// Leaves out the blanks at the cursor, where nothing but a comment follows that would stand first on its line.
  mutating func skipBlanks(by author: EditAuthor) {
    guard isAtLineStart || out.last(where: { $0 != UInt8(ascii: " ") })?.isBreak ?? true else { return }
    var end = cursor
    while end < source.count, source[end].isBlank { end += 1 }
    skip(to: end, by: author)
  }

  /// Skips to `offset`, but for the comments on the way.
  mutating func keepComments(upTo offset: Int, by author: EditAuthor) {
    var end: Int?
    var probe = cursor
    while probe < offset {
      if source[probe] == UInt8(ascii: "#") {
        probe = SourceLines.end(of: probe, in: source)
        end = probe
      } else {
        probe += 1
      }
    }
    if let end { copy(to: end) }
    skip(to: offset, by: author)
  }

  /// Whether a comment stands between an anchor and a tag.
  func holdsCommentInProperties(_ id: UInt32) -> Bool {
    node(id).flags.contains(.properties) && !flowComments(in: Int(node(id).start)..<endOfProperties(of: id)).isEmpty
  }

  /// Skips the anchor and the tag that the walk stands before, but for comments between them.
  mutating func skipProperties(of id: UInt32, by author: EditAuthor) {
    let end = endOfProperties(of: id)
    let ranges = "&!".utf8.compactMap { ScalarSpan.property($0, of: node(id), to: end, in: source) }
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if !flowComments(in: cursor..<max(cursor, range.lowerBound)).isEmpty { copy(to: range.lowerBound) }
      skip(to: range.upperBound, by: author)
    }
  }

  /// Writes what stands on the line; its leading blank only where there is none yet.
  mutating func writeInline(_ text: [UInt8], by author: EditAuthor) {
    let isSpaced = out.last.map { $0.isBlankOrBreak } ?? true
    write(isSpaced && text.first == UInt8(ascii: " ") ? text.dropFirst() : text[...], by: author)
    // libyaml takes a comment that is glued to a bracket; elsewhere it would be text.
    if cursor < limit, source[cursor] == UInt8(ascii: "#"), !text.isEmpty { write([UInt8(ascii: " ")], by: author) }
  }

  /// Writes the lines of a text below the one that the cursor is in, whose comment stays on it; where the text is one token
  /// over several lines, the comment follows it.
  mutating func writeLines(_ text: ValueText, by author: EditAuthor) {
    guard !text.lines.isEmpty else { return }
    if !text.isContinued {
      let end = SourceLines.end(of: cursor, in: source)
      if source[cursor..<end].allSatisfy(\.isBlank) {
        skip(to: end, by: author)
        flushComment()
      } else {
        if source[cursor] == UInt8(ascii: "#"), out.last.map({ !$0.isBlankOrBreak }) ?? false {
          write([UInt8(ascii: " ")], by: author)
        }
        copy(to: end)
      }
    }
    if !isAtLineStart { write(text.lineBreak ?? eol(at: cursor), by: author) }
    write(text.lines, by: author)
  }

  /// Writes a blank, where there is none yet.
  mutating func separate(by author: EditAuthor) {
    if let last = out.last, !last.isBlankOrBreak { write([UInt8(ascii: " ")], by: author) }
  }

  /// Whether the last line has dashes, question marks and colons only, behind which tabs are no blanks to libyaml.
  var endsInIndicators: Bool {
    let line = out[(out.lastIndex(where: \.isBreak).map { $0 + 1 } ?? min(contentStart, out.count))...]
    return line.contains { !$0.isBlank } && line.allSatisfy { $0.isBlank || "-?:".utf8.contains($0) }
  }

  func spaces(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: " "), count: count) }

  /// The line break before the line of `offset`; the first of the file where there is none.
  func eol(at offset: Int) -> [UInt8] {
    let start = lineStart(of: min(offset, source.count))
    if start > contentStart { return Array(source[SourceLines.beforeBreak(start, in: source, notBefore: 0)..<start]) }
    let end = lineEnd(of: start)
    return end < source.count ? Array(source[end..<SourceLines.afterBreak(end, in: source)]) : [UInt8(ascii: "\n")]
  }

  /// The start of the line that `offset` stands in.
  func lineStart(of offset: Int) -> Int {
    document.longLines.line(at: offset)?.lowerBound ?? SourceLines.start(of: offset, in: source)
  }

  /// The end of the line that `offset` stands in, before its line break.
  func lineEnd(of offset: Int) -> Int {
    document.longLines.line(at: offset)?.upperBound ?? SourceLines.end(of: offset, in: source)
  }

  /// The blanks at the start of the line that `offset` stands in.
  func indentation(at offset: Int) -> [UInt8] { Array(source[lineStart(of: offset)...].prefix(while: \.isBlank)) }

  /// The offset behind the byte order mark.
  var contentStart: Int { source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  var endsWithBreak: Bool { source.last?.isBreak ?? true }
}
