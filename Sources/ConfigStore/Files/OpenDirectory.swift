package import ConfigDocument
internal import SystemPackage

/// A directory that is held open, so that what is done in it happens there even if it is renamed meanwhile.
///
/// A class, because a descriptor is closed exactly once, when its last user lets it go. Every method names one entry
/// of the directory and follows no link.
package final class OpenDirectory: Sendable {
  let fileSystem: any FileSystem
  let descriptor: FileDescriptor
  /// The path to show in messages.
  package let path: String

  private init(_ descriptor: FileDescriptor, path: String, in fileSystem: any FileSystem) {
    self.descriptor = descriptor
    self.path = path
    self.fileSystem = fileSystem
  }

  deinit { fileSystem.close(descriptor) }

  /// Opens the directory that the user named, through links if need be.
  package convenience init(_ path: String, in fileSystem: any FileSystem = LocalFileSystem()) throws(Diagnostic) {
    do throws(Errno) {
      self.init(try fileSystem.openRoot(FilePath(path)), path: path, in: fileSystem)
    } catch {
      throw Diagnostic(error, .open, path)
    }
  }

  /// The path of an entry, to show in messages.
  package func path(of name: FileName) -> String { path == "." ? "\(name)" : "\(path)/\(name)" }

  /// Makes a call; its error is told with what was tried on which entry.
  func attempt<Result>(
    _ action: FileAction, _ name: FileName? = nil, _ call: () throws(Errno) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(Errno) {
      return try call()
    } catch {
      throw Diagnostic(error, action, name.map { path(of: $0) } ?? path)
    }
  }

  /// Makes a call; an entry that is not there gives nil.
  func attemptIfPresent<Result>(
    _ action: FileAction, _ name: FileName, _ call: () throws(Errno) -> Result
  ) throws(Diagnostic) -> Result? {
    do throws(Errno) {
      return try call()
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw Diagnostic(error, action, path(of: name))
    }
  }
}

extension OpenDirectory {
  /// - Parameter path: What to call it in messages, where it is not its path.
  package func subdirectory(_ name: FileName, shownAs path: String? = nil) throws(Diagnostic) -> OpenDirectory {
    guard let directory = try subdirectoryIfPresent(name, shownAs: path) else {
      throw Diagnostic(.noSuchFileOrDirectory, .open, self.path(of: name))
    }
    return directory
  }

  /// - Returns: nil where there is no such entry.
  /// - Throws: `outside-directory` where the entry is a link.
  package func subdirectoryIfPresent(
    _ name: FileName, shownAs path: String? = nil
  ) throws(Diagnostic) -> OpenDirectory? {
    do throws(Errno) {
      let descriptor = try fileSystem.open(name, in: descriptor, for: .directory)
      return OpenDirectory(descriptor, path: path ?? self.path(of: name), in: fileSystem)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      // The system says "not a directory" of a link that it was told not to follow.
      let isLink = error == .notDirectory && (try? fileSystem.status(of: name, in: descriptor))?.kind == .link
      throw Diagnostic(isLink ? .tooManySymbolicLinkLevels : error, .open, self.path(of: name))
    }
  }

  /// Opens the subdirectory, made where it is missing.
  package func makeSubdirectory(
    _ name: FileName, mode: UInt32, durably isDurable: Bool = true
  ) throws(Diagnostic) -> OpenDirectory {
    if let present = try subdirectoryIfPresent(name) { return present }
    do throws(Errno) {
      try fileSystem.makeDirectory(name, in: descriptor, mode: mode)
    } catch {
      if error != .fileExists { throw Diagnostic(error, .create, path(of: name)) }
    }
    if isDurable { try sync() }
    return try subdirectory(name)
  }

  /// The entries' names, in the order of their bytes.
  package func entries() throws(Diagnostic) -> [FileName] {
    try attempt(.list) { () throws(Errno) in try fileSystem.entries(of: descriptor) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// The entry's own status, a link not followed; nil where there is none.
  func status(of name: FileName) throws(Diagnostic) -> FileStatus? {
    try attemptIfPresent(.read, name) { () throws(Errno) in try fileSystem.status(of: name, in: descriptor) }
  }

  package func sync() throws(Diagnostic) {
    try attempt(.sync) { () throws(Errno) in try fileSystem.sync(descriptor) }
  }

  /// Makes everything durable that was written to the file system of this directory.
  package func syncFileSystem() throws(Diagnostic) {
    try attempt(.sync) { () throws(Errno) in try fileSystem.syncFileSystem(descriptor) }
  }

  /// Whether the directory has no name any more.
  func isRemoved() throws(Diagnostic) -> Bool {
    try attempt(.read) { () throws(Errno) in try fileSystem.status(of: descriptor).links == 0 }
  }

  /// Which directory it is, whatever it is called.
  func identity() throws(Diagnostic) -> FileIdentity {
    FileIdentity(try attempt(.read) { () throws(Errno) in try fileSystem.status(of: descriptor) })
  }

  /// The file system that holds the directory.
  func device() throws(Diagnostic) -> UInt64 { try identity().device }

  /// What is written in a symbolic link; nil where the entry is none.
  func linkTarget(_ name: FileName) throws(Diagnostic) -> [UInt8]? {
    guard try status(of: name)?.kind == .link else { return nil }
    return try attempt(.read, name) { () throws(Errno) in try fileSystem.readLink(name, in: descriptor) }
  }

  /// Gives a file a further name.
  func link(_ name: FileName, to newName: FileName, in newDirectory: OpenDirectory) throws(Diagnostic) {
    try attempt(.create, newName) { () throws(Errno) in
      try fileSystem.link(name, in: descriptor, to: newName, in: newDirectory.descriptor)
    }
  }

  package func rename(
    _ name: FileName, to newName: FileName, in newDirectory: OpenDirectory? = nil, as manner: RenameManner = .replacing
  ) throws(Diagnostic) {
    try attempt(.replace, newName) { () throws(Errno) in
      try fileSystem.rename(
        name, in: descriptor, to: newName, in: (newDirectory ?? self).descriptor, as: manner)
    }
  }

  /// Gives a file another name, unless it is not there.
  func renameIfPresent(_ name: FileName, to newName: FileName) throws(Diagnostic) {
    _ = try attemptIfPresent(.replace, newName) { () throws(Errno) in
      try fileSystem.rename(name, in: descriptor, to: newName, in: descriptor, as: .replacing)
    }
  }

  /// - Returns: whether there was such a file.
  @discardableResult
  package func removeFile(_ name: FileName) throws(Diagnostic) -> Bool {
    try attemptIfPresent(.remove, name) { () throws(Errno) in
      try fileSystem.removeFile(name, in: descriptor)
    } != nil
  }

  /// Removes the subdirectory, unless it holds something or is not there.
  /// - Returns: whether it was removed.
  @discardableResult
  package func removeEmptySubdirectory(_ name: FileName) throws(Diagnostic) -> Bool {
    do throws(Errno) {
      try fileSystem.removeDirectory(name, in: descriptor)
      return true
    } catch {
      if error == .directoryNotEmpty || error == .fileExists || error == .noSuchFileOrDirectory { return false }
      throw Diagnostic(error, .remove, path(of: name))
    }
  }
}
