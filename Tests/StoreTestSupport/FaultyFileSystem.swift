package import ConfigStore
import Synchronization
package import SystemPackage

/// A file system that fails, or whose process dies, at the n-th call of some kind.
package final class FaultyFileSystem: FileSystem {
  package enum Fault: Sendable {
    /// The n-th call that changes the disk fails, and with `lasting` all of them after it.
    case failing(Errno, at: Int, lasting: Bool = false)
    /// The n-th call that only reads fails, and with `lasting` all of them after it.
    case unreadable(Errno, at: Int, lasting: Bool = false)
    /// From the n-th call that changes the disk on, a write writes half of what it is given, and says so.
    case shortWrites(from: Int)
    /// The process is killed in the n-th call: half of what it was to write is written, and no call works after it.
    case killed(at: Int)
  }

  private let real = LocalFileSystem()
  private let fault: Fault
  private let count = Mutex((changes: 0, reads: 0))
  private let freesOnClose: Bool

  package init(_ fault: Fault, freesOnClose: Bool = false) {
    self.fault = fault
    self.freesOnClose = freesOnClose
  }

  package func freesOnClose(in directory: FileDescriptor) -> Bool { freesOnClose }
  package func mayFreeOnClose(in directory: FileDescriptor) -> Bool { freesOnClose }

  /// How many calls that change the disk were asked for.
  package var calls: Int { count.withLock { $0.changes } }

  /// Whether the fault came to pass.
  package var hasStruck: Bool {
    switch fault {
    case .failing(_, let n, _), .killed(let n), .shortWrites(let n): calls >= n
    case .unreadable(_, let n, _): count.withLock { $0.reads } >= n
    }
  }

  private func reading() throws(Errno) {
    let number = count.withLock { count in
      count.reads += 1
      return count.reads
    }
    switch fault {
    case .unreadable(let error, let n, let lasting): if number == n || lasting && number > n { throw error }
    case .killed(let n): if calls >= n { throw .ioError }
    case .failing, .shortWrites: break
    }
  }

  /// - Returns: whether this is the call in which the process dies.
  private func changing() throws(Errno) -> Bool {
    let number = count.withLock { count in
      count.changes += 1
      return count.changes
    }
    switch fault {
    case .failing(let error, let n, let lasting): if number == n || lasting && number > n { throw error }
    case .killed(let n):
      if number == n { return true }
      if number > n { throw .ioError }
    case .unreadable, .shortWrites: break
    }
    return false
  }

  private func change(_ call: () throws(Errno) -> Void) throws(Errno) {
    // A call that dies may have done its work or not; a cut in the middle of a write is the only one that shows.
    if try changing() { throw .ioError }
    try call()
  }

  package func openRoot(_ path: FilePath) throws(Errno) -> FileDescriptor { try real.openRoot(path) }

  package func open(_ name: FileName, in directory: FileDescriptor, for purpose: OpenPurpose) throws(Errno)
    -> FileDescriptor
  {
    switch purpose {
    case .reading, .directory: try reading()
    case .creating, .appending, .overwriting: if try changing() { throw .ioError }
    }
    return try real.open(name, in: directory, for: purpose)
  }

  package func close(_ descriptor: FileDescriptor) { real.close(descriptor) }

  package func read(_ descriptor: FileDescriptor, atMost count: Int) throws(Errno) -> [UInt8] {
    try reading()
    return try real.read(descriptor, atMost: count)
  }

  package func read(_ descriptor: FileDescriptor, at offset: Int, atMost count: Int) throws(Errno) -> [UInt8] {
    try reading()
    return try real.read(descriptor, at: offset, atMost: count)
  }

  package func write(_ bytes: ArraySlice<UInt8>, to descriptor: FileDescriptor) throws(Errno) -> Int {
    if try changing() {
      _ = try real.write(bytes.prefix(bytes.count / 2), to: descriptor)
      throw .ioError
    }
    if case .shortWrites(let n) = fault, calls >= n {
      return try real.write(bytes.prefix(max(1, bytes.count / 2)), to: descriptor)
    }
    return try real.write(bytes, to: descriptor)
  }

  package func truncate(_ descriptor: FileDescriptor, to size: Int) throws(Errno) {
    try change { () throws(Errno) in try real.truncate(descriptor, to: size) }
  }

  package func sync(_ descriptor: FileDescriptor) throws(Errno) {
    try change { () throws(Errno) in try real.sync(descriptor) }
  }

  package func syncFileSystem(_ descriptor: FileDescriptor) throws(Errno) {
    try change { () throws(Errno) in try real.syncFileSystem(descriptor) }
  }

  package func status(of descriptor: FileDescriptor) throws(Errno) -> FileStatus {
    try reading()
    return try real.status(of: descriptor)
  }

  package func status(of name: FileName, in directory: FileDescriptor) throws(Errno) -> FileStatus {
    try reading()
    return try real.status(of: name, in: directory)
  }

  package func entries(of directory: FileDescriptor) throws(Errno) -> [FileName] {
    try reading()
    return try real.entries(of: directory)
  }

  package func realPath(of directory: FileDescriptor) throws(Errno) -> [UInt8] { try real.realPath(of: directory) }

  package func readLink(_ name: FileName, in directory: FileDescriptor) throws(Errno) -> [UInt8] {
    try reading()
    return try real.readLink(name, in: directory)
  }

  package func makeDirectory(_ name: FileName, in directory: FileDescriptor, mode: UInt32) throws(Errno) {
    try change { () throws(Errno) in try real.makeDirectory(name, in: directory, mode: mode) }
  }

  package func rename(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor,
    as manner: RenameManner
  ) throws(Errno) {
    try change { () throws(Errno) in
      try real.rename(name, in: directory, to: newName, in: newDirectory, as: manner)
    }
  }

  package func link(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor
  ) throws(Errno) {
    try change { () throws(Errno) in try real.link(name, in: directory, to: newName, in: newDirectory) }
  }

  package func removeFile(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try change { () throws(Errno) in try real.removeFile(name, in: directory) }
  }

  package func removeDirectory(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try change { () throws(Errno) in try real.removeDirectory(name, in: directory) }
  }

  package func setMode(of descriptor: FileDescriptor, to mode: UInt32) throws(Errno) {
    try change { () throws(Errno) in try real.setMode(of: descriptor, to: mode) }
  }

  package func setOwner(of descriptor: FileDescriptor, to owner: UInt32, group: UInt32) throws(Errno) {
    try change { () throws(Errno) in try real.setOwner(of: descriptor, to: owner, group: group) }
  }

  package func setModified(of descriptor: FileDescriptor, to time: Timestamp) throws(Errno) {
    try change { () throws(Errno) in try real.setModified(of: descriptor, to: time) }
  }

  package func extendedAttributes(of descriptor: FileDescriptor) throws(Errno) -> [ExtendedAttribute] {
    try reading()
    return try real.extendedAttributes(of: descriptor)
  }

  package func setExtendedAttribute(_ attribute: ExtendedAttribute, of descriptor: FileDescriptor) throws(Errno) {
    try change { () throws(Errno) in try real.setExtendedAttribute(attribute, of: descriptor) }
  }

  package func removeExtendedAttribute(named name: String, of descriptor: FileDescriptor) throws(Errno) {
    try change { () throws(Errno) in try real.removeExtendedAttribute(named: name, of: descriptor) }
  }

  package func lock(_ descriptor: FileDescriptor, _ strength: LockStrength) throws(Errno) -> Bool {
    try reading()
    return try real.lock(descriptor, strength)
  }
}
