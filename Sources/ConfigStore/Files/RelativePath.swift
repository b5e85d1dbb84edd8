/// A path inside a configuration directory: names from the directory down, without links, `.` or `..`.
///
/// The empty path is the directory itself.
public struct RelativePath: Hashable, Sendable {
  public var names: [FileName]

  public init(_ names: [FileName] = []) { self.names = names }

  /// Reads `a/b/c`. Empty components and `.` are skipped.
  /// - Returns: nil where the path is absolute, or has a `..` or a NUL: such a path may leave the directory.
  public init?(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.first != UInt8(ascii: "/") else { return nil }
    var names: [FileName] = []
    for part in bytes.split(separator: UInt8(ascii: "/")) where part != [UInt8(ascii: ".")] {
      guard let name = FileName(part) else { return nil }
      names.append(name)
    }
    self.names = names
  }

  /// Reads `a/b/c`, as ``init(_:)`` does.
  public init?(_ text: String) { self.init(text.utf8) }

  /// The path's last name; nil for the directory itself.
  public var name: FileName? { names.last }

  /// The path to the directory that holds this one; the directory itself has none.
  public var parent: RelativePath? { names.isEmpty ? nil : RelativePath(Array(names.dropLast())) }

  public func appending(_ name: FileName) -> RelativePath { RelativePath(names + [name]) }

  /// The path's bytes, with slashes between the names.
  public var bytes: [UInt8] {
    guard var bytes = names.first?.bytes else { return [] }
    for name in names.dropFirst() {
      bytes.append(UInt8(ascii: "/"))
      bytes += name.bytes
    }
    return bytes
  }
}

extension RelativePath: CustomStringConvertible {
  /// The path to show: `.` for the directory itself; bytes that are not UTF-8 appear as U+FFFD.
  public var description: String { names.isEmpty ? "." : String(decoding: bytes, as: UTF8.self) }
}

extension RelativePath: Comparable {
  /// By bytes, name by name: the order of a listing, the same on every machine.
  public static func < (left: RelativePath, right: RelativePath) -> Bool {
    left.names.lexicographicallyPrecedes(right.names) { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }
}
