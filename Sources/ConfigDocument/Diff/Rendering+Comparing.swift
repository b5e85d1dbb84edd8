extension Rendering {
  /// The new text of a file whose edits are not known any more: what changed are the lines that differ.
  /// - Complexity: O(lines × lines that differ).
  package init(comparing source: [UInt8], with bytes: [UInt8]) {
    let (old, new) = (Self.lines(of: source), Self.lines(of: bytes))
    let difference = SequenceDifference(from: old.map { source[$0] }, to: new.map { bytes[$0] })
    func stretch(_ run: Range<Int>, of lines: [Range<Int>], end: Int) -> Range<Int> {
      let start = run.lowerBound < lines.count ? lines[run.lowerBound].lowerBound : end
      return start..<(run.isEmpty ? start : lines[run.upperBound - 1].upperBound)
    }
    self.init(
      bytes: bytes,
      changes: difference.hunks.map {
        Change(
          source: stretch($0.old, of: old, end: source.count), replacement: stretch($0.new, of: new, end: bytes.count),
          author: EditAuthor(rawValue: 0))
      })
  }

  /// The lines with their line breaks.
  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(start..<end)
      start = end
    }
    return lines
  }
}
