private import Glibc

extension [UInt8] {
  /// Compares as `==` does, in the C library's way: what was written is compared with what is read for every byte of a run.
  func isSame(as other: ArraySlice<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return withUnsafeBytes { own in
      other.withUnsafeBytes { other in own.isEmpty || memcmp(own.baseAddress!, other.baseAddress!, own.count) == 0 }
    }
  }
}
