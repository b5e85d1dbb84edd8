/// The hash of keys, the same in every part that compares keys. It differs from run to run, so that nobody can write a file whose
/// keys all collide. Never 0.
public enum KeyHash {
  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize()) | 1

  public static func hash(_ key: String) -> UInt32 {
    var key = key
    return key.withUTF8 { hash($0) }
  }

  /// Complexity: O(length), eight bytes a step.
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(bytes)
    let count = raw.count
    var state = seed
    var low: UInt64 = 0
    var high: UInt64 = 0
    if count >= 8 {
      // Whole words, then the last eight bytes, some of them for the second time.
      var offset = 0
      while offset + 16 < count {
        state = folded(
          raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ state,
          raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self) ^ 0xa076_1d64_78bd_642f)
        offset += 16
      }
      low = raw.loadUnaligned(fromByteOffset: min(offset, count - 8), as: UInt64.self)
      high = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else if count >= 4 {
      low = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      high = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    } else if count > 0 {
      low = UInt64(raw[0]) << 16 | UInt64(raw[count / 2]) << 8 | UInt64(raw[count - 1])
    }
    // The length in a lane of its own: beside the text a byte that differs could make up for it.
    let mixed = folded(low ^ state, high ^ 0xe703_7ed1_a0b4_28db)
    let hash = folded(mixed ^ seed, UInt64(truncatingIfNeeded: count) ^ 0x8ebc_6af0_9c88_c6e3)
    return max(1, UInt32(truncatingIfNeeded: hash ^ hash >> 32))
  }

  /// Both halves of a product, mixed: every bit of either factor reaches most bits of the result.
  @inline(__always)
  private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
