/// One component of a path: the bytes of a directory entry's name, which need not be UTF-8.
///
/// A `FileName` is never empty, `.` or `..`, and holds neither a slash nor a NUL: it cannot lead out of its directory.
public struct FileName: Hashable, Sendable {
  public let bytes: [UInt8]

  /// - Returns: nil where the bytes are not one name.
  public init?(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard !bytes.isEmpty, bytes != [UInt8(ascii: ".")], bytes != Array("..".utf8),
      !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0)
    else { return nil }
    self.bytes = bytes
  }

  /// For names that the program itself chooses.
  package init(known name: String) {
    guard let name = FileName(name.utf8) else { preconditionFailure("\(name) is no file name") }
    self = name
  }

  /// Calls `body` with the name as a C string.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      for (index, byte) in bytes.enumerated() { buffer.initializeElement(at: index, to: CChar(bitPattern: byte)) }
      buffer.initializeElement(at: bytes.count, to: 0)
      return body(UnsafePointer(buffer.baseAddress!))
    }
  }
}

extension FileName: CustomStringConvertible {
  /// The name to show; bytes that are not UTF-8 appear as U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
