package import ConfigDocument
private import Crypto
internal import SystemPackage

/// The SHA-256 of a file's bytes, written `sha256:` and 64 hexadecimal digits.
public struct Digest: Hashable, Sendable {
  /// The 32 bytes, eight at a time, the first one highest: four words cost no allocation, and compare and sort as the text.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// The digest of `bytes`. Complexity: O(bytes).
  public init(of bytes: [UInt8]) {
    self.init(of: bytes[...])
  }

  /// The digest of `bytes`. Complexity: O(bytes).
  public init(of bytes: ArraySlice<UInt8>) {
    let hash = bytes.withUnsafeBytes { buffer in
      var hasher = SHA256()
      hasher.update(bufferPointer: buffer)
      return hasher.finalize()
    }
    self.init(hash)
  }

  /// Reads `sha256:…`.
  /// - Returns: nil where the text is no digest of this kind.
  public init?(_ text: String) {
    let prefix = "sha256:"
    guard text.utf8.starts(with: prefix.utf8) else { return nil }
    self.init(hexadecimal: Array(text.utf8.dropFirst(prefix.utf8.count))[...])
  }

  /// Reads 64 lower-case hexadecimal digits.
  /// - Returns: nil where they are anything else.
  init?(hexadecimal digits: ArraySlice<UInt8>) {
    guard digits.count == 64 else { return nil }
    var words: [4 of UInt64] = [0, 0, 0, 0]
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  private init(_ hash: SHA256Digest) {
    words = hash.withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// 64 lower-case hexadecimal digits.
  public var hexadecimal: String { bytes.hexadecimal }

  /// Writes ``hexadecimal`` to the end of a text.
  func appendHexadecimal(to out: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { digits in
      for index in 0..<64 {
        let word = index < 32 ? (index < 16 ? words.0 : words.1) : (index < 48 ? words.2 : words.3)
        let value = UInt8(truncatingIfNeeded: word >> (60 - index % 16 * 4)) & 15
        digits.initializeElement(at: index, to: value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
      }
      out.append(contentsOf: UnsafeBufferPointer(digits))
    }
  }

  private var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { out, count in
      for (index, word) in [words.0, words.1, words.2, words.3].enumerated() {
        for byte in 0..<8 { out[index * 8 + byte] = UInt8(truncatingIfNeeded: word >> (56 - byte * 8)) }
      }
      count = 32
    }
  }

  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Hasher) {
    // The bytes are as good as random: eight of them tell digests apart.
    hasher.combine(words.0)
  }
}

extension Digest {
  /// The digest of a file that may be larger than memory, and its size.
  /// - Throws: `io-error`.
  package static func ofFile(_ path: String) throws(Diagnostic) -> (digest: Digest, size: Int) {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      defer { try? file.close() }
      var hash = SHA256()
      var size = 0
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
      defer { chunk.deallocate() }
      while true {
        let count = try file.read(into: chunk)
        if count == 0 { break }
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        size += count
      }
      return (Digest(hash.finalize()), size)
    } catch let error as Errno {
      throw Diagnostic(error, .read, path)
    } catch {
      throw Diagnostic(.ioError, "cannot read \(path): \(error)")
    }
  }
}

extension Digest: Comparable {
  public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

extension Digest: CustomStringConvertible {
  public var description: String { "sha256:" + hexadecimal }
}

extension Collection<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  var hexadecimal: String {
    String(unsafeUninitializedCapacity: count * 2) { out in
      func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
      var end = 0
      for byte in self {
        out[end] = digit(byte >> 4)
        out[end + 1] = digit(byte & 15)
        end += 2
      }
      return end
    }
  }
}

extension [UInt8] {
  /// Reads two digits a byte.
  /// - Returns: nil where the text holds anything else.
  init?(hexadecimal text: String) {
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
      default: nil
      }
    }
    self = []
    reserveCapacity(text.utf8.count / 2)
    var high: UInt8?
    for digit in text.utf8 {
      guard let value = value(digit) else { return nil }
      if let first = high {
        append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    if high != nil { return nil }
  }
}
