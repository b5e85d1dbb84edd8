extension UnsafeBufferPointer<UInt8> {
  /// Whether both are the same bytes. Complexity: O(length), eight bytes a step.
  @inline(__always)
  func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    let (a, b) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(other))
    var offset = 0
    while offset + 8 <= a.count {
      if a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset += 8
    }
    while offset < a.count {
      if a[offset] != b[offset] { return false }
      offset += 1
    }
    return true
  }

  /// Whether a text is these bytes in UTF-8. Complexity: O(length).
  @inline(__always)
  func hasSameBytes(as text: String) -> Bool {
    var text = text
    return text.withUTF8 { hasSameBytes(as: $0) }
  }
}

extension String {
  /// Whether both are the same bytes in UTF-8: `==` takes texts for equal that only look alike. Complexity: O(length).
  package func hasSameBytes(as other: String) -> Bool {
    var (one, other) = (self, other)
    return one.withUTF8 { one in other.withUTF8 { one.hasSameBytes(as: $0) } }
  }
}
