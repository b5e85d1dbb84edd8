/// Which keys a document may hold: a Bloom filter over the hashes that keys have (``KeyHash``).
///
/// Most files have nothing at most addresses. Asking this costs less than a look into the tree, and what it says *no* to is
/// certain; of a document with hundreds of different keys it says *no* to nothing.
package struct KeyFilter: Sendable {
  private static let wordCount = 8
  private var words = InlineArray<8, UInt64>(repeating: 0)

  package init() {}

  /// Complexity: O(1).
  @inline(__always)
  mutating func insert(_ hash: UInt32) {
    let (first, second) = Self.bits(of: hash)
    words[first >> 6] |= 1 << UInt64(first & 63)
    words[second >> 6] |= 1 << UInt64(second & 63)
  }

  /// False only where no key with this hash was inserted. Complexity: O(1).
  package func mayHold(_ hash: UInt32) -> Bool {
    let (first, second) = Self.bits(of: hash)
    return words[first >> 6] >> UInt64(first & 63) & 1 != 0 && words[second >> 6] >> UInt64(second & 63) & 1 != 0
  }

  @inline(__always)
  private static func bits(of hash: UInt32) -> (Int, Int) {
    let mask = UInt32(wordCount * 64 - 1)
    return (Int(hash & mask), Int(hash >> 16 & mask))
  }
}
