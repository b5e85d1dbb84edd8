/// What a value stands in, which decides how it may be laid out.
enum ValueHolder {
  case document, mapping, sequence
}

/// The text of a value: what stands behind `key:` or `-`, and the lines below.
struct ValueText {
  /// With its leading blank; empty where nothing stands on the line.
  var inline: [UInt8] = []
  /// Whole lines, without the line break of the last one; empty where there are none.
  var lines: [UInt8] = []
  /// The line break between the two, where the source has it.
  var lineBreak: [UInt8]?
  /// Whether the lines go on with what starts on the line, such as quoted text, so that no comment may stand between.
  var isContinued = false

  /// Moves what the inline text has below its first line into the lines.
  mutating func splitLines() {
    guard lines.isEmpty, let end = inline.firstIndex(where: \.isBreak) else { return }
    let below = inline.withBuffer { SourceLines.afterBreak(end, in: $0) }
    lines = Array(inline[below...])
    lineBreak = Array(inline[end..<below])
    inline.removeSubrange(end...)
  }
}
