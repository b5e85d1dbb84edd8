/// Finds the parts of a scalar's span: anchor and tag, quotes, content.
enum ScalarSpan {
  /// Where the node's own text begins, after its anchor and tag.
  static func contentStart(of node: Node, in source: UnsafeBufferPointer<UInt8>) -> Int {
    node.flags.contains(.properties)
      ? afterProperties(from: Int(node.start), to: Int(node.end), in: source) : Int(node.start)
  }

  /// The end of the node's last anchor or tag; its start where it has none.
  ///
  /// - Parameter limit: where its first child starts, whose own properties may follow.
  static func endOfProperties(
    of node: Node, in source: UnsafeBufferPointer<UInt8>, limit: Int? = nil
  ) -> Int {
    guard node.flags.contains(.properties) else { return Int(node.start) }
    return afterProperties(
      from: Int(node.start), to: min(limit ?? Int(node.end), Int(node.end)), in: source, stopsBehindLast: true)
  }

  /// Skips anchors, tags, and the blanks, breaks and comments between them and the content.
  static func afterProperties(
    from start: Int, to end: Int, in source: UnsafeBufferPointer<UInt8>, stopsBehindLast: Bool = false
  ) -> Int {
    var offset = start
    var afterProperty = start
    // A node has one anchor and one tag at most; what follows belongs to its first child.
    var (seenAnchor, seenTag) = (false, false)
    while offset < end {
      switch source[offset] {
      case UInt8(ascii: "&") where !seenAnchor, UInt8(ascii: "!") where !seenTag:
        if source[offset] == UInt8(ascii: "&") { seenAnchor = true } else { seenTag = true }
        offset = endOfProperty(at: offset, to: end, in: source)
        afterProperty = offset
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        offset += 1
      case UInt8(ascii: "#") where offset > start && source[offset - 1].isBlankOrBreak:
        while offset < end, !source[offset].isBreak { offset += 1 }
      default:
        return stopsBehindLast ? afterProperty : offset
      }
    }
    // Nothing but properties: the empty content stands right behind the last one.
    return afterProperty
  }

  /// Where a node has the property that starts with `indicator`, `&` or `!`; nil where it has none.
  ///
  /// - Parameter limit: the end of its properties, behind which those of its first child may stand.
  static func property(
    _ indicator: UInt8, of node: Node, to limit: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> Range<Int>? {
    guard node.flags.contains(.properties) else { return nil }
    var offset = Int(node.start)
    while offset < limit {
      switch source[offset] {
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        let end = endOfProperty(at: offset, to: limit, in: source)
        if source[offset] == indicator { return offset..<end }
        offset = end
      case UInt8(ascii: "#"): offset = SourceLines.end(of: offset, in: source)
      default: offset += 1
      }
    }
    return nil
  }

  private static func endOfProperty(at start: Int, to limit: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    if source[start] == UInt8(ascii: "&") { return endOfAnchor(at: start, in: source) }
    // A verbatim tag, `!<tag:a,b>`, may hold commas; nothing else may.
    let isVerbatim = start + 1 < limit && source[start + 1] == UInt8(ascii: "<")
    var end = start
    while end < limit, !source[end].isBlankOrBreak, isVerbatim || source[end] != UInt8(ascii: ",") { end += 1 }
    return end
  }

  /// The end of the anchor whose `&` stands at `offset`. The content may be glued to it: libyaml reads `&a:b` as `:b`, anchored.
  static func endOfAnchor(at offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    source[(offset + 1)...].firstIndex { !$0.isAnchorCharacter } ?? source.count
  }

  /// The bytes of the content, without quotes. For block scalars: header and all.
  static func content(of node: Node, in source: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = contentStart(of: node, in: source)
    let end = max(start, Int(node.end))
    switch node.style {
    case .singleQuoted, .doubleQuoted: return (start + 1)..<max(start + 1, end - 1)
    default: return start..<end
    }
  }
}

extension UInt8 {
  var isBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  /// A letter, a digit, `-` or `_`.
  var isAnchorCharacter: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  var isBlankOrBreak: Bool { isBlank || isBreak }
}
