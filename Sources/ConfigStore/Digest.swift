package import ConfigDocument
private import Crypto
internal import SystemPackage

/// The SHA-256 of a file's bytes, written `sha256:` and 64 hexadecimal digits.
public struct Digest: Hashable, Sendable {
  /// 64 lower-case hexadecimal digits.
  public let hexadecimal: String

  /// The digest of `bytes`. Complexity: O(bytes).
  public init(of bytes: [UInt8]) {
    self.init(of: bytes[...])
  }

  /// The digest of `bytes`. Complexity: O(bytes).
  public init(of bytes: ArraySlice<UInt8>) {
    hexadecimal = SHA256.hash(data: bytes).hexadecimal
  }

  /// Reads `sha256:…`.
  /// - Returns: nil where the text is no digest of this kind.
  public init?(_ text: String) {
    let prefix = "sha256:"
    guard text.utf8.starts(with: prefix.utf8) else { return nil }
    let digits = text.utf8.dropFirst(prefix.utf8.count)
    let isLowerHex = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
    guard digits.count == 64, digits.allSatisfy(isLowerHex) else { return nil }
    hexadecimal = String(decoding: digits, as: UTF8.self)
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
      return (Digest(hexadecimal: hash.finalize().hexadecimal), size)
    } catch let error as Errno {
      throw Diagnostic(error, .read, path)
    } catch {
      throw Diagnostic(.ioError, "cannot read \(path): \(error)")
    }
  }

  private init(hexadecimal: String) { self.hexadecimal = hexadecimal }
}

extension Digest: CustomStringConvertible {
  public var description: String { "sha256:" + hexadecimal }
}

extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in self { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: out, as: UTF8.self)
  }
}
