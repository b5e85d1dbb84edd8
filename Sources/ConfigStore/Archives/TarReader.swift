public import ConfigDocument
internal import SystemPackage

/// Reads the files of a tar archive, one after the other. Of pax headers it knows `path` and `size`.
struct TarReader: ~Copyable {
  private let file: FileDescriptor
  private let name: String
  private var offset = 0

  /// No text of this tool has a header larger than this.
  private static let largestHeader = 1 << 20

  /// - Throws: `io-error` where it cannot be opened.
  init(_ path: String) throws(Diagnostic) {
    name = path
    do { file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec) } catch {
      throw Diagnostic(error as? Errno ?? .ioError, .open, path)
    }
  }

  deinit { try? file.close() }

  /// The next regular file; nil at the end.
  /// - Throws: `bad-archive`; `outside-directory` for a name that would leave the directory it were unpacked in.
  mutating func next() throws(Diagnostic) -> (path: RelativePath, bytes: [UInt8])? {
    var longPath: [UInt8]?
    var longSize: Int?
    while true {
      let block = try read(TarEntry.blockSize)
      if block.allSatisfy({ $0 == 0 }) { return nil }
      guard Self.hasRightSum(block) else { throw bad("has no tar header at byte \(offset - TarEntry.blockSize)") }
      guard let size = longSize ?? Self.octal(block[124..<136]), size >= 0 else {
        throw bad("has a header without a size")
      }
      switch block[156] {
      case UInt8(ascii: "x"):
        guard size <= Self.largestHeader else { throw bad("has a header of \(size) bytes") }
        for (key, value) in Self.records(try contents(size)) {
          if key == "path" { longPath = value }
          if key == "size" { longSize = Int(String(decoding: value, as: UTF8.self)) }
        }
      case UInt8(ascii: "0"), 0:
        let bytes = longPath ?? Array(block[0..<100].prefix { $0 != 0 })
        guard let path = RelativePath(bytes), path.name != nil else {
          throw Diagnostic(
            .outsideDirectory,
            "\(name) holds \(String(decoding: bytes, as: UTF8.self)), which leads out of the archive",
            hint: "It was not written by this tool; nothing is read from it")
        }
        return (path, try contents(size))
      case UInt8(ascii: "1"), UInt8(ascii: "2"):
        (longPath, longSize) = (nil, nil)
      default: throw bad("has an entry of a kind that no backup has")
      }
    }
  }

  private mutating func contents(_ size: Int) throws(Diagnostic) -> [UInt8] {
    let bytes = try read(size)
    _ = try read(TarEntry.padding(after: size))
    return bytes
  }

  private mutating func read(_ count: Int) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let chunk: [UInt8]
      do {
        chunk = try [UInt8](unsafeUninitializedCapacity: min(count - bytes.count, 1 << 20)) { buffer, filled in
          filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch { throw Diagnostic(error as? Errno ?? .ioError, .read, name) }
      guard !chunk.isEmpty else { throw bad("is cut off at byte \(offset + bytes.count)") }
      bytes += chunk
    }
    offset += count
    return bytes
  }

  private func bad(_ what: String) -> Diagnostic {
    Diagnostic(.badArchive, "\(name) \(what)", hint: "Name a file that `cfgmigrate backup export` wrote")
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.filter { $0 != 0 && $0 != UInt8(ascii: " ") }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }

  private static func hasRightSum(_ block: [UInt8]) -> Bool {
    var blank = block
    for index in 148..<156 { blank[index] = UInt8(ascii: " ") }
    return octal(block[148..<156]) == blank.reduce(0) { $0 + Int($1) }
  }

  private static func records(_ bytes: [UInt8]) -> [(key: String, value: [UInt8])] {
    var out: [(String, [UInt8])] = []
    var rest = bytes[...]
    while let space = rest.firstIndex(of: UInt8(ascii: " ")),
      let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > 0, length <= rest.count
    {
      let record = rest.prefix(length).dropFirst(space + 1 - rest.startIndex).dropLast()
      rest = rest.dropFirst(length)
      guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { break }
      out.append((String(decoding: record[..<equals], as: UTF8.self), Array(record[(equals + 1)...])))
    }
    return out
  }
}

extension Diagnostic.Code {
  /// A file that is to be an exported backup and is none, or is cut off.
  public static let badArchive: Self = "bad-archive"
  /// There is another backup of the same run.
  public static let backupExists: Self = "backup-exists"
}
