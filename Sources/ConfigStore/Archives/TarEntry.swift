/// One entry of a tar archive, in the form of POSIX.1-2001 (pax).
struct TarEntry: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case file(size: Int)
    /// Another name of an entry that came before.
    case hardLink(to: [UInt8])
    case link(to: [UInt8])
  }

  /// The path in the archive, with `/`.
  var path: [UInt8]
  var kind: Kind
  var attributes: FileAttributes
  var extended: [ExtendedAttribute] = []

  static let blockSize = 512

  /// How many zero bytes follow contents of this size.
  static func padding(after size: Int) -> Int { (blockSize - size % blockSize) % blockSize }
}

// MARK: - writing

extension TarEntry {
  /// The entry's header, with an extended one before it where the old form cannot say all.
  var header: [UInt8] {
    var records: [UInt8] = []
    if !String(validating: path, as: UTF8.self).map({ $0.utf8.allSatisfy { $0 < 128 } && $0.utf8.count <= 100 }).isTrue
    {
      if String(validating: path, as: UTF8.self) == nil { records += Self.record("hdrcharset", Array("BINARY".utf8)) }
      records += Self.record("path", path)
    }
    if let target, target.count > 100 || target.contains(where: { $0 > 127 }) {
      records += Self.record("linkpath", target)
    }
    if attributes.modified.nanoseconds != 0 || attributes.modified.seconds < 0 {
      let fraction = Int64(attributes.modified.nanoseconds).padded(to: 9)
      records += Self.record("mtime", Array("\(attributes.modified.seconds).\(fraction)".utf8))
    }
    if size > 0o77777777777 { records += Self.record("size", Array("\(size)".utf8)) }
    if attributes.owner > 0o7777777 { records += Self.record("uid", Array("\(attributes.owner)".utf8)) }
    if attributes.group > 0o7777777 { records += Self.record("gid", Array("\(attributes.group)".utf8)) }
    for attribute in extended { records += Self.record("SCHILY.xattr.\(attribute.name)", attribute.value) }
    var out: [UInt8] = []
    if !records.isEmpty {
      out += Self.block(name: Array("pax".utf8), type: "x", size: records.count, target: [], Self.plain)
      out += records + Array(repeating: 0, count: Self.padding(after: records.count))
    }
    return out + Self.block(name: Array(path.prefix(100)), type: type, size: size, target: target ?? [], attributes)
  }

  private var size: Int { if case .file(let size) = kind { size } else { 0 } }

  private var target: [UInt8]? {
    switch kind {
    case .file: nil
    case .hardLink(let target), .link(let target): target
    }
  }

  private var type: Unicode.Scalar {
    switch kind {
    case .file: "0"
    case .hardLink: "1"
    case .link: "2"
    }
  }

  private static let plain = FileAttributes(mode: 0o600, owner: 0, group: 0, modified: Timestamp(seconds: 0))

  /// `<length> <key>=<value>\n`, where the length counts its own digits too.
  private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
    var length = rest.count
    while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
    return Array("\(length)".utf8) + rest
  }

  private static func block(
    name: [UInt8], type: Unicode.Scalar, size: Int, target: [UInt8], _ attributes: FileAttributes
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: blockSize)
    func put(_ bytes: some Collection<UInt8>, at offset: Int) {
      for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
    }
    func octal(_ number: Int, digits: Int) -> [UInt8] {
      let text = String(max(0, number), radix: 8)
      let fitting = text.utf8.count > digits ? String(repeating: "7", count: digits) : text
      return Array(String(repeating: "0", count: digits - fitting.utf8.count).utf8) + Array(fitting.utf8)
    }
    put(name, at: 0)
    put(octal(Int(attributes.mode), digits: 7), at: 100)
    put(octal(Int(attributes.owner), digits: 7), at: 108)
    put(octal(Int(attributes.group), digits: 7), at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(Int(attributes.modified.seconds), digits: 11), at: 136)
    put(Array(repeating: UInt8(ascii: " "), count: 8), at: 148)
    block[156] = UInt8(type.value)
    put(target.prefix(100), at: 157)
    put(Array("ustar\u{0}00".utf8), at: 257)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6) + [0, UInt8(ascii: " ")], at: 148)
    return block
  }
}

extension Bool? {
  fileprivate var isTrue: Bool { self == true }
}
