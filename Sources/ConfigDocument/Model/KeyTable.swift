/// The keys of one mapping by their hashes: finds equal keys while a source is read, and entries by key afterwards.
struct KeyTable: Sendable {
  struct Key {
    var node: UInt32
    var hash: UInt32
  }

  /// Up to so many keys, comparing all pairs is faster than a table.
  private static let fewKeys = 12
  /// From so many keys on, a mapping keeps its table: looking at every entry for each edit would be felt.
  static let manyKeys = 64

  /// Open addressing, at three quarters of load; node 0, which is no key, marks a slot as free.
  private var slots: [Key] = []

  /// Fills an empty table with the keys of a mapping, unless they are few.
  ///
  /// - Parameter isSame: whether two keys with one hash are equal.
  /// - Returns: the first key that an earlier one equals, and that one.
  /// - Complexity: O(keys).
  @inline(__always)
  mutating func fill(
    with keys: UnsafeBufferPointer<Key>, isSame: (UInt32, UInt32) -> Bool
  ) -> (first: UInt32, second: UInt32)? {
    if keys.count > Self.fewKeys { return insert(keys, isSame: isSame) }
    for later in 1..<max(1, keys.count) {
      let hash = keys[later].hash
      for earlier in 0..<later where keys[earlier].hash == hash {
        if isSame(keys[earlier].node, keys[later].node) { return (keys[earlier].node, keys[later].node) }
      }
    }
    return nil
  }

  private mutating func insert(
    _ keys: UnsafeBufferPointer<Key>, isSame: (UInt32, UInt32) -> Bool
  ) -> (first: UInt32, second: UInt32)? {
    slots = Array(repeating: Key(node: 0, hash: 0), count: keys.count + keys.count / 3 + 1)
    return slots.withUnsafeMutableBufferPointer { slots in
      for key in keys {
        var slot = Self.slot(for: key.hash, of: slots.count)
        while slots[slot].node != 0 {
          if slots[slot].hash == key.hash, isSame(slots[slot].node, key.node) { return (slots[slot].node, key.node) }
          slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        slots[slot] = key
      }
      return nil
    }
  }

  /// The first key that was read with this hash and for which `isWanted` holds. Complexity: O(1), if hashes do not collide.
  func key(withHash hash: UInt32, where isWanted: (UInt32) -> Bool) -> UInt32? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.slot(for: hash, of: slots.count)
    while slots[slot].node != 0 {
      if slots[slot].hash == hash, isWanted(slots[slot].node) { return slots[slot].node }
      slot = slot + 1 == slots.count ? 0 : slot + 1
    }
    return nil
  }

  /// The upper bits of the hash, spread over the slots.
  @inline(__always)
  private static func slot(for hash: UInt32, of count: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }
}
