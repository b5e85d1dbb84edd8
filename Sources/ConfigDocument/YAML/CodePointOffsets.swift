/// Turns libyaml's marks, which count code points after a byte order mark, into byte offsets.
///
/// Marks come nearly in order, so a cursor that walks from the last answer makes the whole cost linear; where the source is
/// all ASCII there is nothing to walk.
struct CodePointOffsets {
  private let source: UnsafeBufferPointer<UInt8>
  private let base: Int
  private let isASCII: Bool
  private var codePoint = 0
  private var byte: Int

  init(_ source: UnsafeBufferPointer<UInt8>) {
    self.source = source
    base = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    byte = base
    isASCII = Self.isASCII(source, from: base)
  }

  private static func isASCII(_ source: UnsafeBufferPointer<UInt8>, from base: Int) -> Bool {
    var offset = base
    let raw = UnsafeRawBufferPointer(source)
    while offset + 32 <= raw.count {
      let a = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let b = raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      let c = raw.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
      let d = raw.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
      if (a | b | c | d) & 0x8080_8080_8080_8080 != 0 { return false }
      offset += 32
    }
    while offset < raw.count {
      if raw[offset] >= 0x80 { return false }
      offset += 1
    }
    return true
  }

  /// The byte at which code point `index` starts. Complexity: O(distance from the last answer).
  mutating func byteOffset(_ index: Int) -> Int {
    if isASCII { return min(base + index, source.count) }
    while codePoint < index, byte < source.count {
      byte += 1
      while byte < source.count, source[byte] & 0xC0 == 0x80 { byte += 1 }
      codePoint += 1
    }
    while codePoint > index {
      byte -= 1
      while byte > base, source[byte] & 0xC0 == 0x80 { byte -= 1 }
      codePoint -= 1
    }
    return byte
  }
}
