/// Comments between brackets.
extension Renderer {
  /// The comments that an entry or item takes along from the collection in flow style that the source has it in: those on its own lines,
  /// those between its key and its value, and those before its comma.
  ///
  /// - Parameter comments: those that an edit gave it instead.
  func flowComments(of value: UInt32, _ edited: CommentEdits? = nil) -> [[UInt8]] {
    if let other = elsewhere(value) { return other.flowComments(of: value, edited) }
    guard document.format != .json, let (first, region) = flowPlace(of: value) else { return [] }
    var comments: [[UInt8]] = []
    if let lines = region.lines, edited?.head == nil { comments += flowComments(in: lines.lowerBound..<region.start) }
    if first != value {
      comments += flowComments(
        in: Int(node(first).end)..<max(Int(node(first).end), ScalarSpan.contentStart(of: node(value), in: source)))
    }
    if edited?.line == nil { comments += flowComments(in: region.end..<region.own.upperBound) }
    return comments
  }

  /// Where a node stands between brackets in the source; nil where it does not.
  func originalFlowRegion(of value: UInt32) -> FlowRegion? { flowPlace(of: value)?.region }

  private func flowPlace(of value: UInt32) -> (first: UInt32, region: FlowRegion)? {
    let container = document.edits.formerParents[value] ?? node(value).parent
    guard node(value).flags.isDisjoint(with: [.new, .copied]), node(container).isContainer,
      node(container).style == .flow, node(container).flags.isDisjoint(with: .new)
    else { return nil }
    var first = value
    if node(container).kind == .mapping {
      guard let key = key(before: value) else { return nil }
      first = key
    }
    let member = Member(
      first: first, valuePlace: value, value: value, key: nil, isOriginal: true, leansForward: false,
      author: author(of: value))
    let close = Int(node(container).end) - (isBarePair(container) ? 0 : 1)
    return (first, flowRegion(member, close: close))
  }

  /// The comments in a stretch of the source without values.
  func flowComments(in range: Range<Int>) -> [[UInt8]] {
    guard document.format != .json else { return [] }
    var comments: [[UInt8]] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let comment = SourceComment(at: offset, in: source, format: document.format) else {
        offset += 1
        continue
      }
      comments.append(Array(source[comment.range.clamped(to: range)]))
      offset = comment.range.upperBound
    }
    return comments
  }

  /// Comments above a member: each on its line where there are lines, else in one line.
  func above(_ comments: [[UInt8]], indentation: [UInt8], isMultiline: Bool) -> [UInt8] {
    comments.flatMap { comment -> [UInt8] in
      if isMultiline { return comment + eol(at: cursor) + indentation }
      guard comment.starts(with: "//".utf8) else { return comment + [UInt8(ascii: " ")] }
      let text = String(decoding: comment.dropFirst(2), as: UTF8.self)
      return Array("/*\(text.split(separator: "*/").joined(separator: "* /")) */ ".utf8)
    }
  }
}
