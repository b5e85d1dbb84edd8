/// The lines of a source that are too long to be walked for each edit in them: a file without line breaks has one, most have
/// none.
///
/// Without them the start of a line is looked for byte by byte, and edits in a file of one line would each cost as much as the
/// file is long.
struct LongLines: Sendable {
  /// A line that is shorter may be walked.
  private static let length = 1_024

  /// Without their line breaks, in order.
  private var lines: [Range<Int>] = []

  /// Complexity: O(n), but no more than one line of each 512 bytes is looked at where lines are short.
  init(in source: UnsafeBufferPointer<UInt8>) { add(in: source, from: 0) }

  /// Finds those that start at `start` or behind it, which is the start of a line.
  mutating func add(in source: UnsafeBufferPointer<UInt8>, from start: Int) {
    // A line of that length fills a stretch of half of it, wherever it starts.
    let stretch = Self.length / 2
    var probe = start
    while probe + stretch <= source.count {
      if SourceLines.firstBreak(from: probe, to: probe + stretch, in: source) != nil {
        probe += stretch
        continue
      }
      let end = SourceLines.firstBreak(from: probe + stretch, to: source.count, in: source) ?? source.count
      lines.append(SourceLines.start(of: probe, in: source)..<end)
      probe += (end - probe) / stretch * stretch
    }
  }

  /// Forgets those that start at `start` or behind it.
  mutating func remove(from start: Int) {
    while let last = lines.last, last.lowerBound >= start { lines.removeLast() }
  }

  /// The long line that `offset` stands in or ends. Complexity: O(log n) of the number of long lines.
  func line(at offset: Int) -> Range<Int>? {
    if lines.isEmpty { return nil }
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].upperBound < offset { low = middle + 1 } else { high = middle }
    }
    return low < lines.count && lines[low].lowerBound <= offset ? lines[low] : nil
  }
}
