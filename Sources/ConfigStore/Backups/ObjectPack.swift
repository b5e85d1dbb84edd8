internal import ConfigDocument
internal import SystemPackage

/// `objects/<run>.pack`: the objects that a run was the first to back up, one behind the other, and then the list of them.
/// Where they are few, they have no file of their own, and stand in the same form behind the list of the backup (``HeldObjects``).
///
/// The list is text, a line an object: its digest, where it begins, and its length. One more line says how many there are. A fault
/// in it costs the objects whose lines it hits, and none is taken for another: bytes are known by their digest alone.
struct ObjectPack: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    var digest: Digest
    var offset: Int
    var length: Int
  }

  var name: FileName
  var entries: [Entry]

  /// Reads the list at the end of a pack.
  ///
  /// - Parameter isBehindList: Whether the file is the list of a backup, which may be alone there.
  /// - Returns: nil where there is none: the file was cut off, or is damaged there.
  init?(_ name: FileName, in directory: OpenDirectory, behindList isBehindList: Bool = false) throws(Diagnostic) {
    let entries = try directory.attemptIfPresent(.read, name) { () throws(Errno) -> [Entry]? in
      let file = try directory.open(name, for: .reading)
      let size = try directory.fileSystem.status(of: file.descriptor).size
      let end = size - PackText.endLength
      guard end >= 0 else { return nil }
      let last = try file.readAll(at: end, count: PackText.endLength)
      if isBehindList, last.suffix(2).elementsEqual("}\n".utf8) { return [] }
      guard let count = PackText.count(in: last), count <= end / PackText.lineLength else { return nil }
      let length = count * PackText.lineLength
      let list = try file.readAll(at: end - length, count: length)
      guard list.count == length else { return nil }
      return PackText.entries(in: list, before: end - length)
    }
    guard let entries = entries ?? nil else { return nil }
    self.name = name
    self.entries = entries
  }

  /// Whether the list of a backup stands before the objects.
  var beginsWithList: Bool { entries.allSatisfy { $0.offset > 0 } }
}

/// How the list of a pack is written.
enum PackText {
  /// The digest and two numbers of 16 digits, with a space between them and a line break.
  static let lineLength = 64 + 1 + numberLength + 1 + numberLength + 1
  private static let numberLength = 16
  private static let end = Array("cfgmigrate pack 1 ".utf8)
  static let endLength = end.count + numberLength + 1

  /// How long the list of so many objects is, in bytes.
  static func length(of count: Int) -> Int { count * lineLength + endLength }

  static func append(_ entries: some Collection<ObjectPack.Entry>, to out: inout [UInt8]) {
    for entry in entries {
      entry.digest.appendHexadecimal(to: &out)
      out.append(UInt8(ascii: " "))
      out.append(Int64(entry.offset), digits: numberLength)
      out.append(Int64(entry.length), digits: numberLength, behind: " ")
      out.append(UInt8(ascii: "\n"))
    }
    out += end
    out.append(Int64(entries.count), digits: numberLength)
    out.append(UInt8(ascii: "\n"))
  }

  /// The number of objects, from the last line.
  static func count(in bytes: [UInt8]) -> Int? {
    guard bytes.count == endLength, bytes.starts(with: end), bytes.last == UInt8(ascii: "\n") else { return nil }
    return number(bytes[end.count..<end.count + 16])
  }

  /// The lines that say where an object is in the `size` bytes before the list.
  static func entries(in list: [UInt8], before size: Int) -> [ObjectPack.Entry] {
    stride(from: 0, to: list.count, by: lineLength).compactMap { start in
      guard let digest = Digest(hexadecimal: list[start..<start + 64]),
        let offset = number(list[start + 65..<start + 81]), let length = number(list[start + 82..<start + 98]),
        offset <= size, length <= size - offset
      else { return nil }
      return ObjectPack.Entry(digest: digest, offset: offset, length: length)
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }
}

extension FileName {
  private static let packSuffix = Array(".pack".utf8)

  /// The pack of a run in `objects/`.
  static func pack(of run: RunID) -> FileName { FileName(known: "\(run).pack") }

  /// The list of a backup that was removed, in `objects/`, for what stands behind it.
  static func formerList(of run: RunID, number: Int) -> FileName {
    FileName(known: number == 1 ? "\(run).list.pack" : "\(run).list-\(number).pack")
  }

  /// What a pack is called whose list cannot be read, when another one is written in its place.
  var ofDamaged: FileName { FileName(bytes + Array(".damaged".utf8)) ?? self }

  var isPack: Bool { bytes.first != UInt8(ascii: ".") && bytes.suffix(5).elementsEqual(Self.packSuffix) }
}
