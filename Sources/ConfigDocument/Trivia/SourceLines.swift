/// Finds the lines of a source. LF, CRLF and a lone CR each end one.
enum SourceLines {
  /// Whether two bytes that come to stand side by side are one line break, which they were not where they stood.
  static func isOneBreak(_ first: UInt8?, _ second: UInt8?) -> Bool {
    first == UInt8(ascii: "\r") && second == UInt8(ascii: "\n")
  }

  /// The start of the line that `offset` stands in.
  static func start(of offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    var start = offset
    while start > 0, !source[start - 1].isBreak { start -= 1 }
    if start == 0, source.count >= 3, source[0] == 0xEF, source[1] == 0xBB, source[2] == 0xBF { return min(3, offset) }
    return start
  }

  /// The end of the line that `offset` stands in, before its line break.
  static func end(of offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    firstBreak(from: offset, to: source.count, in: source) ?? max(offset, source.count)
  }

  /// The offset of the first line break; nil where there is none before `limit`. Eight bytes a step.
  static func firstBreak(from start: Int, to limit: Int, in source: UnsafeBufferPointer<UInt8>) -> Int? {
    let bytes = UnsafeRawBufferPointer(source)
    var offset = start
    while offset + 8 <= limit {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      // The lowest bit that is set is exact; a borrow can only set bits above it.
      let feed = word ^ 0x0A0A_0A0A_0A0A_0A0A
      let carriageReturn = word ^ 0x0D0D_0D0D_0D0D_0D0D
      let found =
        ((feed &- 0x0101_0101_0101_0101) & ~feed
          | (carriageReturn &- 0x0101_0101_0101_0101) & ~carriageReturn) & 0x8080_8080_8080_8080
      if found != 0 { return offset + found.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < limit {
      if source[offset].isBreak { return offset }
      offset += 1
    }
    return nil
  }

  /// The offset of the first line feed, which alone ends a line of a diff; nil where there is none. Eight bytes a step.
  static func firstFeed(from start: Int, in source: UnsafeBufferPointer<UInt8>) -> Int? {
    let bytes = UnsafeRawBufferPointer(source)
    var offset = start
    while offset + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let feed = word ^ 0x0A0A_0A0A_0A0A_0A0A
      let found = (feed &- 0x0101_0101_0101_0101) & ~feed & 0x8080_8080_8080_8080
      if found != 0 { return offset + found.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < bytes.count {
      if source[offset] == UInt8(ascii: "\n") { return offset }
      offset += 1
    }
    return nil
  }

  /// The start of the line after the one that `offset` stands in; the source's end where there is none.
  static func next(after offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    afterBreak(end(of: offset, in: source), in: source)
  }

  /// The offset behind the line break at `offset`, if there is one.
  static func afterBreak(_ offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    guard offset < source.count else { return source.count }
    if source[offset] == UInt8(ascii: "\r"), offset + 1 < source.count, source[offset + 1] == UInt8(ascii: "\n") {
      return offset + 2
    }
    return source[offset].isBreak ? offset + 1 : offset
  }

  /// The offset before the line break that ends at `offset`, if one does.
  static func beforeBreak(_ offset: Int, in source: UnsafeBufferPointer<UInt8>, notBefore limit: Int) -> Int {
    guard offset > limit, source[offset - 1].isBreak else { return offset }
    if source[offset - 1] == UInt8(ascii: "\n"), offset - 1 > limit, source[offset - 2] == UInt8(ascii: "\r") {
      return offset - 2
    }
    return offset - 1
  }

  /// The number of columns, in bytes, before `offset` in its line.
  static func column(of offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    offset - start(of: offset, in: source)
  }

  /// Whether either marker of documents stands at `offset`, the start of a line.
  static func isMarker(at offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    isMarker("---", at: offset, in: source) || isMarker("...", at: offset, in: source)
  }

  /// Whether a marker of documents, `---` or `...`, stands at `offset`, the start of a line: `---x` is text.
  static func isMarker(_ marker: StaticString, at offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    let end = offset + marker.utf8CodeUnitCount
    guard end <= source.count, end == source.count || source[end].isBlankOrBreak else { return false }
    return source[offset..<end].elementsEqual(
      UnsafeBufferPointer(start: marker.utf8Start, count: marker.utf8CodeUnitCount))
  }
}
