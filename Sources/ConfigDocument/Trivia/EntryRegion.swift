/// The lines that belong to one entry or item of a block collection: its head comment, its own text, its line comment
/// and its foot comment.
///
/// Who owns a comment: the group glued above an entry, at its column, is its head; what stands on its line is its line comment;
/// the group glued below it with a blank line after, or before a shallower key, is its foot, and so is anything
/// indented deeper than it. All else floats, belongs to nobody, and stays.
struct EntryRegion {
  /// The start of the head's first line; the entry's own start where it is not the first on its line.
  var headStart: Int
  /// Where the entry itself starts: its key, or the `-` or `?` before it.
  var start: Int
  /// The end of its value.
  var valueEnd: Int
  /// The end of its last line, before the line break: the line comment is between.
  var lineEnd: Int
  /// The start of the first line that is not its own any more, after its foot.
  var end: Int
  /// The column of `start`, in bytes.
  var column: Int
  /// Whether something else stands before it on its line: the dash of `- a: 1`, or `---`.
  var isCompact: Bool

  /// - Parameters:
  ///   - start: where the entry starts, its indicator included.
  ///   - valueEnd: where its value ends.
  ///   - previousEnd: where the content before it ends; no head is looked for above that.
  init(start: Int, valueEnd: Int, previousEnd: Int?, in source: UnsafeBufferPointer<UInt8>) {
    self.start = start
    self.valueEnd = valueEnd
    let lineStart = SourceLines.start(of: start, in: source)
    column = start - lineStart
    isCompact = !source[lineStart..<start].allSatisfy(\.isBlank)
    lineEnd = SourceLines.end(of: valueEnd, in: source)
    headStart = start
    end = SourceLines.afterBreak(lineEnd, in: source)
    if !isCompact {
      headStart = Self.headStart(from: lineStart, column: column, notBefore: previousEnd ?? 0, in: source)
    }
    end = Self.footEnd(from: end, column: column, in: source)
  }

  /// The end of the region of an entry at `column` whose content ends at `contentEnd`.
  static func end(behind contentEnd: Int, column: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    footEnd(from: SourceLines.next(after: contentEnd, in: source), column: column, in: source)
  }

  private static func headStart(
    from lineStart: Int, column: Int, notBefore limit: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var head = lineStart
    while head > limit {
      let above = SourceLines.start(of: SourceLines.beforeBreak(head, in: source, notBefore: 0), in: source)
      guard above >= limit, above < head, case .comment(column) = Line(at: above, in: source) else { break }
      head = above
    }
    return head
  }

  /// Where the foot of an entry at `column` ends, which may start at `start`.
  private static func footEnd(from start: Int, column: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    var end = start
    var nextColumn = -1
    var offset = start
    // Everything deeper than the entry is inside it, whatever stands between.
    scan: while offset < source.count {
      let next = SourceLines.next(after: offset, in: source)
      switch Line(at: offset, in: source) {
      case .blank: break
      case .comment(let at): if at > column { end = next }
      case .content(let at):
        nextColumn = at
        break scan
      }
      offset = next
    }
    // A group at its column, glued to it, is its foot unless it is glued to a sibling below as well.
    var glued = end
    while glued < source.count, case .comment(column) = Line(at: glued, in: source) {
      glued = SourceLines.next(after: glued, in: source)
    }
    guard glued > end else { return end }
    let isFollowedByBlank = glued >= source.count || Line(at: glued, in: source) == .blank
    return isFollowedByBlank || nextColumn < column ? glued : end
  }

  /// What a line outside all content is.
  enum Line: Equatable {
    case blank
    case comment(Int)
    /// Content starts at the column; -1 for a document marker.
    case content(Int)

    init(at lineStart: Int, in source: UnsafeBufferPointer<UInt8>) {
      var offset = lineStart
      while offset < source.count, source[offset].isBlank { offset += 1 }
      guard offset < source.count, !source[offset].isBreak else {
        self = .blank
        return
      }
      let column = offset - lineStart
      if source[offset] == UInt8(ascii: "#") {
        self = .comment(column)
      } else if column == 0,
        SourceLines.isMarker(at: offset, in: source)
      {
        self = .content(-1)
      } else {
        self = .content(column)
      }
    }
  }
}
