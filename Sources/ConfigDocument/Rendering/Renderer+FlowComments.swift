/// Comments between brackets.
extension Renderer {
  /// The comments that an entry or item takes along from the collection in flow style that the source has it in: those on its own lines, and
  /// those between its key and its value.
  func flowComments(of value: UInt32) -> [[UInt8]] {
    if let other = elsewhere(value) { return other.flowComments(of: value) }
    let container = document.edits.formerParents[value] ?? node(value).parent
    guard document.format != .json, node(value).flags.isDisjoint(with: [.new, .copied]),
      node(container).isContainer, node(container).style == .flow, node(container).flags.isDisjoint(with: .new)
    else { return [] }
    var first = value
    if node(container).kind == .mapping {
      var place = node(container).firstChild
      while place != 0, node(place).next != value { place = node(place).next }
      guard place != 0 else { return [] }
      first = place
    }
    let member = Member(
      first: first, valuePlace: value, value: value, key: nil, isOriginal: true, leansForward: false,
      author: author(of: value))
    let isBarePair = isBarePair(container)
    let close = isBarePair ? Int(node(container).end) : Int(node(container).end) - 1
    var region = flowRegion(member, close: close)
    // The lines around a pair without braces are the item's.
    if isBarePair { region.lines = nil }
    var comments: [[UInt8]] = []
    if let lines = region.lines { comments += flowComments(in: lines.lowerBound..<region.start) }
    if first != value {
      comments += flowComments(
        in: Int(node(first).end)..<max(Int(node(first).end), ScalarSpan.contentStart(of: node(value), in: source)))
    }
    if let lines = region.lines { comments += flowComments(in: region.end..<lines.upperBound) }
    return comments
  }

  /// The comments in a stretch of the source without values.
  func flowComments(in range: Range<Int>) -> [[UInt8]] {
    guard document.format != .json else { return [] }
    var comments: [[UInt8]] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let end = min(afterTrivia(offset, limit: range.upperBound), range.upperBound)
      if end > offset + 1 || isYAMLComment(offset) { comments.append(Array(source[offset..<end])) }
      offset = end
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
