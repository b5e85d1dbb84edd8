package import ConfigDocument
internal import SystemPackage

/// A descriptor that is closed when it goes out of scope.
struct OpenFile: ~Copyable {
  let descriptor: FileDescriptor
  private let fileSystem: any FileSystem

  init(_ descriptor: FileDescriptor, in fileSystem: any FileSystem) {
    self.descriptor = descriptor
    self.fileSystem = fileSystem
  }

  deinit { fileSystem.close(descriptor) }

  /// Everything from the descriptor's position on.
  func readAll(expecting size: Int) throws(Errno) -> [UInt8] {
    // One byte more than the size, so that a file that has grown shows; most take one call.
    var bytes = try fileSystem.read(descriptor, atMost: max(size, 0) + 1)
    var isAtEnd = bytes.isEmpty || bytes.count == size
    while !isAtEnd {
      let more = try fileSystem.read(descriptor, atMost: 65_536)
      isAtEnd = more.isEmpty
      bytes += more
    }
    return bytes
  }

  /// Whether the file holds these bytes from `offset` on.
  ///
  /// It is read a little at a time: as much memory as the bytes take would be asked of the system, and given back, for each file.
  func holds(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(Errno) -> Bool {
    var (rest, offset) = (bytes, offset)
    while !rest.isEmpty {
      let found = try fileSystem.read(descriptor, at: offset, atMost: min(rest.count, 8_192))
      guard !found.isEmpty, found.isSame(as: rest.prefix(found.count)) else { return false }
      rest = rest.dropFirst(found.count)
      offset += found.count
    }
    return true
  }

  /// `count` bytes from `offset` on, or fewer where the file ends before.
  func readAll(at offset: Int, count: Int) throws(Errno) -> [UInt8] {
    var bytes = try fileSystem.read(descriptor, at: offset, atMost: count)
    while bytes.count < count {
      let more = try fileSystem.read(descriptor, at: offset + bytes.count, atMost: count - bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  func writeAll(_ bytes: [UInt8]) throws(Errno) { try fileSystem.writeAll(bytes, to: descriptor) }
}

/// A file as it was at one moment.
package struct FileContents {
  package var bytes: [UInt8]
  package var status: FileStatus
  /// Empty where they were not asked for.
  var extended: [ExtendedAttribute] = []
}

/// What a new file has beside its bytes; what is nil is left to the system.
package struct NewFile {
  /// `0o600` where none is given and the file is not ordinary.
  var mode: UInt32?
  /// Whether it gets what the system gives any new file: what the umask, or the directory's default ACL, leaves of `0o666`.
  var isOrdinary = false
  var ownership: FileOwnership?
  var modified: Timestamp?
  /// All that it has in the end; nil for what the system gives it.
  var extended: [ExtendedAttribute]?

  /// The mode to make it with. Nobody may read it before it has its real owner and mode, unless everybody may in the end.
  fileprivate var firstMode: UInt32 {
    guard let mode else { return isOrdinary ? 0o666 : 0o600 }
    return mode & 0o044 == 0o044 ? mode & 0o777 : 0o600
  }
}

extension OpenDirectory {
  func open(_ name: FileName, for purpose: OpenPurpose) throws(Errno) -> OpenFile {
    OpenFile(try fileSystem.open(name, in: descriptor, for: purpose), in: fileSystem)
  }

  /// The file's bytes; nil where there is none.
  /// - Throws: `outside-directory` where the entry is a link, `io-error` where it is no regular file.
  package func readIfPresent(
    _ name: FileName, withAttributes wantsAttributes: Bool = false
  ) throws(Diagnostic) -> FileContents? {
    let contents = try attemptIfPresent(.read, name) { () throws(Errno) -> FileContents? in
      let file = try open(name, for: .reading)
      let status = try fileSystem.status(of: file.descriptor)
      guard status.kind == .file else { return nil }
      let extended = wantsAttributes ? try fileSystem.extendedAttributes(of: file.descriptor) : []
      return FileContents(bytes: try file.readAll(expecting: status.size), status: status, extended: extended)
    }
    guard let contents else { return nil }
    guard let contents else {
      throw Diagnostic(
        .ioError, "cannot read \(path(of: name)): it is no regular file",
        hint: "A configuration file is a regular file or a link to one")
    }
    return contents
  }

  /// Makes a file with `bytes`. A failure leaves no file behind.
  ///
  /// - Parameter isDurable: Whether its data is made durable at once; its name is durable only after ``sync()``.
  @discardableResult
  func create(
    _ name: FileName, _ bytes: [UInt8], as new: NewFile = NewFile(), durably isDurable: Bool
  ) throws(Diagnostic) -> FileStatus {
    let file: OpenFile
    do throws(Errno) {
      file = try open(name, for: .creating(mode: new.firstMode))
    } catch {
      throw Diagnostic(error, .create, path(of: name))
    }
    do throws(Diagnostic) {
      do throws(Errno) {
        try file.writeAll(bytes)
      } catch {
        throw Diagnostic(error, .write, path(of: name))
      }
      let status = try describe(file, as: new, name)
      if isDurable { try attempt(.write, name) { () throws(Errno) in try fileSystem.sync(file.descriptor) } }
      return status
    } catch {
      _ = try? removeFile(name)
      throw error
    }
  }

  /// Gives the file what it has beside its bytes. What it has already is not written again.
  /// - Returns: its status then.
  private func describe(
    _ file: borrowing OpenFile, as new: NewFile, _ name: FileName
  ) throws(Diagnostic) -> FileStatus {
    let descriptor = file.descriptor
    func look() throws(Diagnostic) -> FileStatus {
      try attempt(.write, name) { () throws(Errno) in try fileSystem.status(of: descriptor) }
    }
    var status = try look()
    let old = status.attributes
    if let ownership = new.ownership, ownership != FileOwnership(owner: old.owner, group: old.group) {
      try attempt(.keepOwner, name) { () throws(Errno) in
        try fileSystem.setOwner(of: descriptor, to: ownership.owner, group: ownership.group)
      }
      status = try look()
    }
    if let extended = new.extended {
      let hasChanged = try attempt(.keepAttributes, name) { () throws(Errno) in
        try setExtended(extended, of: descriptor)
      }
      if hasChanged { status = try look() }
    }
    // After the owner, whose change takes setuid away, and after the attributes, whose ACL holds a mode of its own.
    let (mode, modified) = (new.mode ?? status.attributes.mode, new.modified ?? status.attributes.modified)
    guard status.attributes.mode != mode || status.attributes.modified != modified else { return status }
    try attempt(.write, name) { () throws(Errno) in
      if status.attributes.mode != mode { try fileSystem.setMode(of: descriptor, to: mode) }
      if status.attributes.modified != modified { try fileSystem.setModified(of: descriptor, to: modified) }
    }
    return try look()
  }

  /// Writes `bytes` behind those of a file that is there.
  func append(_ bytes: [UInt8], to name: FileName) throws(Diagnostic) {
    try attempt(.write, name) { () throws(Errno) in
      try open(name, for: .appending(mode: 0o600)).writeAll(bytes)
    }
  }

  /// Reads again what was written to a file.
  /// - Throws: `io-error` where it is something else.
  func check(
    _ name: FileName, holds bytes: ArraySlice<UInt8>, at offset: Int, shownAs shown: FileName? = nil
  ) throws(Diagnostic) {
    guard !bytes.isEmpty else { return }
    let isHeld = try attempt(.read, shown ?? name) { () throws(Errno) in
      try open(name, for: .reading).holds(bytes, at: offset)
    }
    guard isHeld else {
      throw Diagnostic(
        .ioError, "\(path(of: shown ?? name)) was written, but does not read as what was written",
        hint: "Check the disk")
    }
  }

  /// Gives the file a further name, unless there is one of that name; where the file system has no second names, a copy that is
  /// durable.
  func linkOrCopy(_ name: FileName, to newName: FileName, in other: OpenDirectory) throws(Diagnostic) {
    do throws(Errno) {
      try fileSystem.link(name, in: descriptor, to: newName, in: other.descriptor)
    } catch {
      if error == .fileExists { return }
      guard let contents = try readIfPresent(name) else {
        throw Diagnostic(.noSuchFileOrDirectory, .read, path(of: name))
      }
      try other.replaceDurably(newName, with: contents.bytes)
    }
  }

  /// Gives the file these attributes and no others. A label that it has already needs no privilege to be kept, and one
  /// that the system gave it stays.
  /// - Returns: whether anything had to change.
  @discardableResult
  func setExtended(_ wanted: [ExtendedAttribute], of descriptor: FileDescriptor) throws(Errno) -> Bool {
    let present = try fileSystem.extendedAttributes(of: descriptor)
    let going = present.filter { attribute in
      !attribute.isLabel && !wanted.contains { $0.name == attribute.name }
    }
    let coming = wanted.filter { !present.contains($0) }
    for attribute in going { try fileSystem.removeExtendedAttribute(named: attribute.name, of: descriptor) }
    for attribute in coming { try fileSystem.setExtendedAttribute(attribute, of: descriptor) }
    return !going.isEmpty || !coming.isEmpty
  }

  /// Puts `bytes` under `name` in one durable instant: a reader, or a power cut, finds the old bytes or the new ones.
  package func replaceDurably(_ name: FileName, with bytes: [UInt8], as new: NewFile = NewFile()) throws(Diagnostic) {
    try replace(name, with: bytes, as: new, durably: true)
    try sync()
  }

  /// Puts `bytes` under `name`: a reader finds the old bytes or the new ones.
  ///
  /// - Parameter isDurable: Whether the bytes are durable before they take the name.
  package func replace(
    _ name: FileName, with bytes: [UInt8], as new: NewFile = NewFile(), durably isDurable: Bool
  ) throws(Diagnostic) {
    let beside = Self.unfinishedName(of: name)
    try removeFile(beside)
    do throws(Diagnostic) {
      try create(beside, bytes, as: new, durably: isDurable)
      try rename(beside, to: name)
    } catch {
      _ = try? removeFile(beside)
      throw error
    }
  }

  private static let unfinishedSuffix = Array(".new".utf8)

  /// The name of a file that takes the place of `name` when it is whole.
  static func unfinishedName(of name: FileName) -> FileName {
    guard let name = FileName([UInt8(ascii: ".")] + name.bytes + unfinishedSuffix) else {
      preconditionFailure("a file name with a prefix and a suffix is a file name")
    }
    return name
  }

  /// Removes files that never came to take their place, because the process died before.
  func removeUnfinishedFiles() throws(Diagnostic) {
    for name in try entries() where name.bytes.first == UInt8(ascii: ".") {
      if name.bytes.suffix(4).elementsEqual(Self.unfinishedSuffix) { try removeFile(name) }
    }
  }
}
