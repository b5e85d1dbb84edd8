/// Which keys may be among some, by six bits of their hashes: `false` is certain, `true` is a guess.
struct KeySet: Hashable, BitwiseCopyable, Sendable {
  private var bits: UInt64 = 0

  static let any = KeySet(bits: .max)

  init() {}

  private init(bits: UInt64) { self.bits = bits }

  /// The high bits: places in tables are found by the low ones.
  mutating func insert(hash: UInt32) { bits |= 1 << UInt64(hash >> 26) }

  /// Whether each of these keys may be among the others.
  func mayBeWithin(_ others: KeySet) -> Bool { bits & ~others.bits == 0 }
}
