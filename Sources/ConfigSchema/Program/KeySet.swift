/// Which keys may be among some, by six bits of their hashes: `false` is certain, `true` is a guess.
struct KeySet: BitwiseCopyable, Sendable {
  private var bits: UInt64 = 0

  static let any = KeySet(bits: .max)

  init() {}

  private init(bits: UInt64) { self.bits = bits }

  /// The high bits: places in tables are found by the low ones.
  mutating func insert(hash: UInt32) { bits |= 1 << UInt64(hash >> 26) }

  /// Whether each of these keys may be among the others.
  func mayBeWithin(_ others: KeySet) -> Bool { bits & ~others.bits == 0 }
}

extension ProgramBuilder {
  /// Notes for each object which keys it demands and which it allows, so that forms that do not fit are seen at a glance.
  mutating func findKeySets() {
    for index in objects.indices {
      var required = KeySet()
      var named = KeySet()
      for slot in slots[objects[index].slots.indices] where slot.isUsed {
        named.insert(hash: slot.hash)
        if slot.isRequired { required.insert(hash: slot.hash) }
      }
      let additional = objects[index].additional
      let isClosed = additional >= 0 && subschemas[Int(additional)].isNever && objects[index].patterns.count == 0
      objects[index].requiredKeys = required
      objects[index].allowedKeys = isClosed ? named : .any
    }
  }
}
