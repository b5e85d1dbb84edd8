/// What every text of a pattern begins with, as one word: most texts that do not match differ there.
///
/// Of `^[Ee][Ss]20(15|16)$` it is `es20`, whatever the case of the first two.
package struct PatternBeginning: Hashable, Sendable, BitwiseCopyable {
  private var mask: UInt64 = 0
  private var word: UInt64 = 0
  private var least = 0

  /// Of a pattern of which nothing is known: that of every text.
  package static let any = PatternBeginning()

  private init() {}

  /// - Parameter sets: what the first characters of every text are of, in order.
  init(_ sets: some Sequence<ASCIISet>) {
    for (place, set) in sets.prefix(8).enumerated() {
      guard let (mask, byte) = set.asMaskedByte else { break }
      self.mask |= UInt64(mask) << UInt64(place * 8)
      word |= UInt64(byte) << UInt64(place * 8)
      least = place + 1
    }
  }

  /// Whether the text may be one of the pattern's: `false` is certain, `true` is a guess.
  @inline(__always)
  package func isAt(_ text: TextStart) -> Bool { text.word & mask == word && text.count >= least }
}

/// The first eight bytes of a text as one word, and its length.
package struct TextStart: BitwiseCopyable {
  fileprivate var word: UInt64 = 0
  fileprivate var count = 0

  package static let none = TextStart()

  private init() {}

  @inline(__always)
  package init(_ text: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(text)
    count = raw.count
    if count >= 8 {
      word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    } else if count >= 4 {
      // Both halves, which overlap where there are fewer than eight.
      let low = UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
      let high = UInt64(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)))
      word = low | high &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
    } else {
      for place in 0..<count { word |= UInt64(raw[place]) &<< UInt64(truncatingIfNeeded: place &* 8) }
    }
  }
}
