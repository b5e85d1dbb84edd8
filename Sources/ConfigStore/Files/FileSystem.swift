package import SystemPackage

/// The system calls that the store makes, and nothing else.
///
/// Every call names one entry of an open directory, so a path cannot be led astray by a link, and no call follows one.
/// Behind this seam tests put file systems that fail, die or lose power at the n-th call; a call that changes the disk
/// is therefore exactly one method call here.
package protocol FileSystem: Sendable {
  /// Opens the directory that the user named. The only call that takes a whole path and follows links.
  func openRoot(_ path: FilePath) throws(Errno) -> FileDescriptor
  func open(
    _ name: FileName, in directory: FileDescriptor, for purpose: OpenPurpose
  ) throws(Errno) -> FileDescriptor
  /// Closes the descriptor. Nothing depends on what `close` reports: data is safe after ``sync(_:)``, not before.
  func close(_ descriptor: FileDescriptor)

  /// At most `count` bytes from the descriptor's position on; empty at the end.
  func read(_ descriptor: FileDescriptor, atMost count: Int) throws(Errno) -> [UInt8]
  /// At most `count` bytes from `offset` on, whatever the descriptor's position; empty at the end.
  func read(_ descriptor: FileDescriptor, at offset: Int, atMost count: Int) throws(Errno) -> [UInt8]
  /// Writes some of `bytes`, at least one, and returns how many.
  func write(_ bytes: ArraySlice<UInt8>, to descriptor: FileDescriptor) throws(Errno) -> Int
  func truncate(_ descriptor: FileDescriptor, to size: Int) throws(Errno)
  func sync(_ descriptor: FileDescriptor) throws(Errno)
  /// Makes everything durable that was written to the file system that holds the descriptor.
  func syncFileSystem(_ descriptor: FileDescriptor) throws(Errno)

  func status(of descriptor: FileDescriptor) throws(Errno) -> FileStatus
  /// The status of the entry itself, a link not followed.
  func status(of name: FileName, in directory: FileDescriptor) throws(Errno) -> FileStatus
  /// The directory's entries but `.` and `..`, in no order.
  func entries(of directory: FileDescriptor) throws(Errno) -> [FileName]
  /// The absolute path of an open directory, without links.
  func realPath(of directory: FileDescriptor) throws(Errno) -> [UInt8]
  func readLink(_ name: FileName, in directory: FileDescriptor) throws(Errno) -> [UInt8]

  func makeDirectory(_ name: FileName, in directory: FileDescriptor, mode: UInt32) throws(Errno)
  func rename(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor,
    as manner: RenameManner
  ) throws(Errno)
  func link(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor
  ) throws(Errno)
  func removeFile(_ name: FileName, in directory: FileDescriptor) throws(Errno)
  /// Removes a directory that is empty.
  func removeDirectory(_ name: FileName, in directory: FileDescriptor) throws(Errno)

  func setMode(of descriptor: FileDescriptor, to mode: UInt32) throws(Errno)
  func setOwner(of descriptor: FileDescriptor, to owner: UInt32, group: UInt32) throws(Errno)
  func setModified(of descriptor: FileDescriptor, to time: Timestamp) throws(Errno)
  /// ACLs, labels and users' attributes, in the order of their names; none where the file system keeps none.
  func extendedAttributes(of descriptor: FileDescriptor) throws(Errno) -> [ExtendedAttribute]
  func setExtendedAttribute(_ attribute: ExtendedAttribute, of descriptor: FileDescriptor) throws(Errno)
  func removeExtendedAttribute(named name: String, of descriptor: FileDescriptor) throws(Errno)

  /// Takes the advisory lock, which lasts until the descriptor is closed or the process ends.
  /// - Returns: whether it was free.
  func lock(_ descriptor: FileDescriptor, _ strength: LockStrength) throws(Errno) -> Bool

  /// Whether who closes a file without a name waits until the room that it took is free: some disks are told of each part of it.
  func freesOnClose(in directory: FileDescriptor) -> Bool
  /// Whether that is worth asking, which takes a while: where this is false, so is that.
  func mayFreeOnClose(in directory: FileDescriptor) -> Bool
}

extension FileSystem {
  package func freesOnClose(in directory: FileDescriptor) -> Bool { false }
  package func mayFreeOnClose(in directory: FileDescriptor) -> Bool { false }

  /// Writes all of `bytes`, in as many calls as that takes.
  func writeAll(_ bytes: [UInt8], to descriptor: FileDescriptor) throws(Errno) {
    var rest = bytes[...]
    while !rest.isEmpty { rest = rest.dropFirst(try write(rest, to: descriptor)) }
  }
}

/// What a file is opened for. No purpose follows a link, and every descriptor is closed on `exec`.
package enum OpenPurpose: Hashable, Sendable {
  case reading
  case directory
  /// A new file with this mode, less what the process's umask takes; an error where the name is taken.
  case creating(mode: UInt32)
  /// Reading, and writing at the end; made with this mode where it is missing.
  case appending(mode: UInt32)
  /// Writing over what is there, from the beginning on; made with this mode where it is missing.
  case overwriting(mode: UInt32)
}

package enum RenameManner: Hashable, Sendable {
  /// What has the new name is replaced in one instant.
  case replacing
  /// An error where the new name is taken.
  case onlyIfAbsent
  /// The two entries change places in one instant.
  case exchanging
}

package enum LockStrength: Hashable, Sendable {
  case shared, exclusive
}
