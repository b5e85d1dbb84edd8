import Synchronization
import SystemPackage

@testable import ConfigStore

/// The real file system, with something that happens right before the first of certain calls.
final class InterferingFileSystem: FileSystem {
  /// A call before which something can happen.
  enum Call: Equatable, Sendable {
    case exchange
    case rename(to: FileName)
    case open(FileName, OpenPurpose)
    case close
  }

  private let real = LocalFileSystem()
  private let moment: @Sendable (Call) -> Bool
  private let interference: @Sendable () throws(Errno) -> Void
  private let hasHappenedBefore = Mutex(false)

  init(
    before moment: @escaping @Sendable (Call) -> Bool = { $0 == .exchange },
    _ interference: @escaping @Sendable () throws(Errno) -> Void
  ) {
    self.moment = moment
    self.interference = interference
  }

  /// Whether the moment came.
  var hasHappened: Bool { hasHappenedBefore.withLock { $0 } }

  private func interfere(before call: Call) throws(Errno) {
    guard moment(call) else { return }
    let isFirst = hasHappenedBefore.withLock { happened in
      defer { happened = true }
      return !happened
    }
    if isFirst { try interference() }
  }

  func rename(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor,
    as manner: RenameManner
  ) throws(Errno) {
    try interfere(before: manner == .exchanging ? .exchange : .rename(to: newName))
    try real.rename(name, in: directory, to: newName, in: newDirectory, as: manner)
  }

  func openRoot(_ path: FilePath) throws(Errno) -> FileDescriptor { try real.openRoot(path) }
  func open(_ name: FileName, in directory: FileDescriptor, for purpose: OpenPurpose) throws(Errno) -> FileDescriptor {
    try interfere(before: .open(name, purpose))
    return try real.open(name, in: directory, for: purpose)
  }
  func close(_ descriptor: FileDescriptor) {
    try? interfere(before: .close)
    real.close(descriptor)
  }
  func read(_ descriptor: FileDescriptor, atMost count: Int) throws(Errno) -> [UInt8] {
    try real.read(descriptor, atMost: count)
  }
  func read(_ descriptor: FileDescriptor, at offset: Int, atMost count: Int) throws(Errno) -> [UInt8] {
    try real.read(descriptor, at: offset, atMost: count)
  }
  func write(_ bytes: ArraySlice<UInt8>, to descriptor: FileDescriptor) throws(Errno) -> Int {
    try real.write(bytes, to: descriptor)
  }
  func truncate(_ descriptor: FileDescriptor, to size: Int) throws(Errno) { try real.truncate(descriptor, to: size) }
  func sync(_ descriptor: FileDescriptor) throws(Errno) { try real.sync(descriptor) }
  func syncFileSystem(_ descriptor: FileDescriptor) throws(Errno) { try real.syncFileSystem(descriptor) }
  func status(of descriptor: FileDescriptor) throws(Errno) -> FileStatus { try real.status(of: descriptor) }
  func status(of name: FileName, in directory: FileDescriptor) throws(Errno) -> FileStatus {
    try real.status(of: name, in: directory)
  }
  func entries(of directory: FileDescriptor) throws(Errno) -> [FileName] { try real.entries(of: directory) }
  func realPath(of directory: FileDescriptor) throws(Errno) -> [UInt8] { try real.realPath(of: directory) }
  func readLink(_ name: FileName, in directory: FileDescriptor) throws(Errno) -> [UInt8] {
    try real.readLink(name, in: directory)
  }
  func makeDirectory(_ name: FileName, in directory: FileDescriptor, mode: UInt32) throws(Errno) {
    try real.makeDirectory(name, in: directory, mode: mode)
  }
  func link(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor
  ) throws(Errno) {
    try real.link(name, in: directory, to: newName, in: newDirectory)
  }
  func removeFile(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try real.removeFile(name, in: directory)
  }
  func removeDirectory(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try real.removeDirectory(name, in: directory)
  }
  func setMode(of descriptor: FileDescriptor, to mode: UInt32) throws(Errno) {
    try real.setMode(of: descriptor, to: mode)
  }
  func setOwner(of descriptor: FileDescriptor, to owner: UInt32, group: UInt32) throws(Errno) {
    try real.setOwner(of: descriptor, to: owner, group: group)
  }
  func setModified(of descriptor: FileDescriptor, to time: Timestamp) throws(Errno) {
    try real.setModified(of: descriptor, to: time)
  }
  func extendedAttributes(of descriptor: FileDescriptor) throws(Errno) -> [ExtendedAttribute] {
    try real.extendedAttributes(of: descriptor)
  }
  func setExtendedAttribute(_ attribute: ExtendedAttribute, of descriptor: FileDescriptor) throws(Errno) {
    try real.setExtendedAttribute(attribute, of: descriptor)
  }
  func removeExtendedAttribute(named name: String, of descriptor: FileDescriptor) throws(Errno) {
    try real.removeExtendedAttribute(named: name, of: descriptor)
  }
  func lock(_ descriptor: FileDescriptor, _ strength: LockStrength) throws(Errno) -> Bool {
    try real.lock(descriptor, strength)
  }
}
