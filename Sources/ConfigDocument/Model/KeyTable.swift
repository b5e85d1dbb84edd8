/// Finds equal keys among those of one mapping by their hashes.
struct KeyTable {
  struct Key {
    var node: UInt32
    var hash: UInt32
  }

  /// Up to so many keys, comparing all pairs is faster than a table.
  private static let fewKeys = 12

  /// Open addressing; a slot holds an index into the keys, plus one. Kept between uses for its room.
  private var slots: [UInt32] = []

  /// The first key that an earlier one equals, and that one.
  ///
  /// - Parameter isSame: whether two keys with one hash are equal.
  /// - Complexity: O(keys).
  @inline(__always)
  mutating func firstDuplicate(
    in keys: UnsafeBufferPointer<Key>, isSame: (UInt32, UInt32) -> Bool
  ) -> (first: UInt32, second: UInt32)? {
    if keys.count > Self.fewKeys { return firstDuplicateOfMany(in: keys, isSame: isSame) }
    for later in 1..<max(1, keys.count) {
      let hash = keys[later].hash
      for earlier in 0..<later where keys[earlier].hash == hash {
        if isSame(keys[earlier].node, keys[later].node) { return (keys[earlier].node, keys[later].node) }
      }
    }
    return nil
  }

  private mutating func firstDuplicateOfMany(
    in keys: UnsafeBufferPointer<Key>, isSame: (UInt32, UInt32) -> Bool
  ) -> (first: UInt32, second: UInt32)? {
    var size = 32
    while size < keys.count * 2 { size *= 2 }
    if slots.count < size { slots = Array(repeating: 0, count: size) } else { for i in 0..<size { slots[i] = 0 } }
    return slots.withUnsafeMutableBufferPointer { slots in
      for (index, key) in keys.enumerated() {
        var slot = Int(key.hash) & (size - 1)
        while slots[slot] != 0 {
          let earlier = keys[Int(slots[slot]) - 1]
          if earlier.hash == key.hash, isSame(earlier.node, key.node) { return (earlier.node, key.node) }
          slot = (slot + 1) & (size - 1)
        }
        slots[slot] = UInt32(truncatingIfNeeded: index + 1)
      }
      return nil
    }
  }
}
