extension SourcePlace {
  /// The place of the bytes from `start` to `end`. Complexity: O(start).
  init(of start: Int, to end: Int, in source: UnsafeBufferPointer<UInt8>, file: String) {
    let hasMark = source.starts(with: [0xEF, 0xBB, 0xBF])
    let start = min(max(start, hasMark ? 3 : 0), source.count)
    let lineStart = SourceLines.start(of: start, in: source)
    let lineEnd = SourceLines.end(of: start, in: source)
    var line = 1
    var offset = 0
    while offset < lineStart {
      let next = SourceLines.next(after: offset, in: source)
      if next > lineStart || next == offset { break }
      offset = next
      line += 1
    }
    let scalars = source[lineStart..<start].count { $0 & 0xC0 != 0x80 }
    let length = source[start..<max(start, min(end, lineEnd))].count { $0 & 0xC0 != 0x80 }
    self.init(
      file: file, line: line, column: scalars + 1, length: max(1, length),
      lineText: String(decoding: source[lineStart..<lineEnd], as: UTF8.self))
  }
}

extension Diagnostic {
  static func duplicateKey(
    _ first: Node, _ second: Node, in source: UnsafeBufferPointer<UInt8>, file: String
  ) -> Diagnostic {
    let key = String(decoding: source[Int(second.start)..<Int(second.end)], as: UTF8.self)
    return Diagnostic(
      .duplicateKey, "the key `\(key)` stands twice in one mapping, and readers disagree on which one counts",
      at: SourcePlace(of: Int(second.start), to: Int(second.end), in: source, file: file),
      hint: "keep one of the two",
      related: [
        .init("first", at: SourcePlace(of: Int(first.start), to: Int(first.end), in: source, file: file))
      ])
  }
}
