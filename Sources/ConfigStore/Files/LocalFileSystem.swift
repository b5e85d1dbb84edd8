private import CShim
private import Glibc
package import SystemPackage

/// The file systems of this machine.
package struct LocalFileSystem: FileSystem {
  package init() {}

  package func openRoot(_ path: FilePath) throws(Errno) -> FileDescriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    return FileDescriptor(rawValue: try retrying { path.withPlatformString { Glibc.open($0, flags) } })
  }

  package func open(
    _ name: FileName, in directory: FileDescriptor, for purpose: OpenPurpose
  ) throws(Errno) -> FileDescriptor {
    let (flags, mode): (Int32, UInt32) =
      switch purpose {
      // A pipe that nobody writes would otherwise hold the program up.
      case .reading: (O_RDONLY | O_NONBLOCK, 0)
      case .directory: (O_RDONLY | O_DIRECTORY, 0)
      case .creating(let mode): (O_WRONLY | O_CREAT | O_EXCL, mode)
      case .appending(let mode): (O_RDWR | O_CREAT | O_APPEND, mode)
      case .overwriting(let mode): (O_RDWR | O_CREAT, mode)
      }
    func call(_ more: Int32) throws(Errno) -> FileDescriptor {
      let raw = try retrying {
        name.withCString { openat(directory.rawValue, $0, flags | more | O_NOFOLLOW | O_CLOEXEC, mode) }
      }
      return FileDescriptor(rawValue: raw)
    }
    guard purpose == .reading else { return try call(0) }
    // That a file is looked at is no change of it, and would be one more to write. Only its owner may ask for that.
    do throws(Errno) { return try call(cfgmigrate_o_noatime) } catch {
      guard error == .notPermitted else { throw error }
      return try call(0)
    }
  }

  package func close(_ descriptor: FileDescriptor) {
    _ = Glibc.close(descriptor.rawValue)
  }

  package func read(_ descriptor: FileDescriptor, atMost count: Int) throws(Errno) -> [UInt8] {
    try filled(count) { Glibc.read(descriptor.rawValue, $0, count) }
  }

  package func read(_ descriptor: FileDescriptor, at offset: Int, atMost count: Int) throws(Errno) -> [UInt8] {
    try filled(count) { pread(descriptor.rawValue, $0, count, offset) }
  }

  private func filled(_ count: Int, by call: (UnsafeMutablePointer<UInt8>?) -> Int) throws(Errno) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(Errno) {
        filled = try retrying { call(buffer.baseAddress) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  package func write(_ bytes: ArraySlice<UInt8>, to descriptor: FileDescriptor) throws(Errno) -> Int {
    try retrying { bytes.withUnsafeBytes { Glibc.write(descriptor.rawValue, $0.baseAddress, $0.count) } }
  }

  package func truncate(_ descriptor: FileDescriptor, to size: Int) throws(Errno) {
    try retrying { ftruncate(descriptor.rawValue, size) }
  }

  package func sync(_ descriptor: FileDescriptor) throws(Errno) {
    try retrying { fsync(descriptor.rawValue) }
  }

  package func syncFileSystem(_ descriptor: FileDescriptor) throws(Errno) {
    try retrying { cfgmigrate_syncfs(descriptor.rawValue) }
  }

  package func mayFreeOnClose(in directory: FileDescriptor) -> Bool {
    guard (try? retrying { cfgmigrate_is_ext(directory.rawValue) }) == 1 else { return false }
    return ExtMountOptions { cfgmigrate_mount_options(directory.rawValue, $0, $1) }?.tellDiskOfFreeBlocks == true
  }

  package func freesOnClose(in directory: FileDescriptor) -> Bool {
    guard let device = try? status(of: directory).device else { return false }
    return ExtMountOptions(ofDevice: cfgmigrate_major(device), cfgmigrate_minor(device))?.tellDiskAtOnce == true
  }

  package func status(of descriptor: FileDescriptor) throws(Errno) -> FileStatus {
    var buffer = stat()
    try retrying { fstat(descriptor.rawValue, &buffer) }
    return FileStatus(buffer)
  }

  package func status(of name: FileName, in directory: FileDescriptor) throws(Errno) -> FileStatus {
    var buffer = stat()
    try retrying { name.withCString { fstatat(directory.rawValue, $0, &buffer, AT_SYMLINK_NOFOLLOW) } }
    return FileStatus(buffer)
  }

  package func entries(of directory: FileDescriptor) throws(Errno) -> [FileName] {
    // A stream owns its descriptor and its position, so it gets a descriptor of its own.
    let own = try retrying { openat(directory.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = fdopendir(own) else {
      let error = Errno(rawValue: errno)
      _ = Glibc.close(own)
      throw error
    }
    defer { closedir(stream) }
    var names: [FileName] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw Errno(rawValue: errno) }
        return names
      }
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: UInt8.self, capacity: Int(NAME_MAX) + 1) { start in
          Array(UnsafeBufferPointer(start: start, count: Int(NAME_MAX) + 1).prefix { $0 != 0 })
        }
      }
      if let name = FileName(bytes) { names.append(name) }
    }
  }

  package func readLink(_ name: FileName, in directory: FileDescriptor) throws(Errno) -> [UInt8] {
    try linkText { buffer, size in name.withCString { readlinkat(directory.rawValue, $0, buffer, size) } }
  }

  package func realPath(of directory: FileDescriptor) throws(Errno) -> [UInt8] {
    try linkText { readlink("/proc/self/fd/\(directory.rawValue)", $0, $1) }
  }

  private func linkText(_ read: (UnsafeMutablePointer<CChar>, Int) -> Int) throws(Errno) -> [UInt8] {
    let size = Int(PATH_MAX)
    return try filled(size) { buffer in
      guard let buffer else { return 0 }
      return buffer.withMemoryRebound(to: CChar.self, capacity: size) { read($0, size) }
    }
  }
}

extension LocalFileSystem {
  package func makeDirectory(_ name: FileName, in directory: FileDescriptor, mode: UInt32) throws(Errno) {
    try retrying { name.withCString { mkdirat(directory.rawValue, $0, mode) } }
  }

  package func rename(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor,
    as manner: RenameManner
  ) throws(Errno) {
    let flags: UInt32 =
      switch manner {
      case .replacing: 0
      case .onlyIfAbsent: UInt32(CFGMIGRATE_RENAME_NOREPLACE)
      case .exchanging: UInt32(CFGMIGRATE_RENAME_EXCHANGE)
      }
    do throws(Errno) {
      try rename(name, in: directory, to: newName, in: newDirectory, flags: flags)
    } catch {
      // Some file systems cannot refuse by themselves; there a look before the rename has to do.
      guard manner == .onlyIfAbsent, error == .invalidArgument else { throw error }
      guard (try? status(of: newName, in: newDirectory)) == nil else { throw .fileExists }
      try rename(name, in: directory, to: newName, in: newDirectory, flags: 0)
    }
  }

  private func rename(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor,
    flags: UInt32
  ) throws(Errno) {
    try retrying {
      name.withCString { name in
        newName.withCString { cfgmigrate_renameat2(directory.rawValue, name, newDirectory.rawValue, $0, flags) }
      }
    }
  }

  package func link(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor
  ) throws(Errno) {
    try retrying {
      name.withCString { name in
        newName.withCString { linkat(directory.rawValue, name, newDirectory.rawValue, $0, 0) }
      }
    }
  }

  package func removeFile(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try retrying { name.withCString { unlinkat(directory.rawValue, $0, 0) } }
  }

  package func removeDirectory(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try retrying { name.withCString { unlinkat(directory.rawValue, $0, AT_REMOVEDIR) } }
  }

  package func setMode(of descriptor: FileDescriptor, to mode: UInt32) throws(Errno) {
    try retrying { fchmod(descriptor.rawValue, mode) }
  }

  package func setOwner(of descriptor: FileDescriptor, to owner: UInt32, group: UInt32) throws(Errno) {
    try retrying { fchown(descriptor.rawValue, owner, group) }
  }

  package func setModified(of descriptor: FileDescriptor, to time: Timestamp) throws(Errno) {
    // UTIME_OMIT, which the overlay does not export: the time of access stays.
    let omitted = timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2)
    let times = [omitted, timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))]
    try retrying { futimens(descriptor.rawValue, times) }
  }

  package func extendedAttributes(of descriptor: FileDescriptor) throws(Errno) -> [ExtendedAttribute] {
    var names: [UInt8] = []
    do throws(Errno) {
      names = try sized { cfgmigrate_flistxattr(descriptor.rawValue, $0, $1) }
    } catch {
      guard error == .notSupported else { throw error }
    }
    var attributes: [ExtendedAttribute] = []
    for name in names.split(separator: 0) {
      let name = String(decoding: name, as: UTF8.self)
      do throws(Errno) {
        let value = try sized { cfgmigrate_fgetxattr(descriptor.rawValue, name, $0, $1) }
        attributes.append(ExtendedAttribute(name: name, value: value))
      } catch {
        // ENODATA: it was removed between the two calls.
        guard error.rawValue == ENODATA else { throw error }
      }
    }
    return attributes.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What a call writes that tells its size when it is given no room.
  private func sized(_ call: (UnsafeMutablePointer<CChar>?, Int) -> Int) throws(Errno) -> [UInt8] {
    while true {
      let size = try retrying { call(nil, 0) }
      guard size > 0 else { return [] }
      var buffer = [CChar](repeating: 0, count: size)
      do throws(Errno) {
        let count = try retrying { buffer.withUnsafeMutableBufferPointer { call($0.baseAddress, $0.count) } }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
      } catch {
        // It has grown since.
        guard error.rawValue == ERANGE else { throw error }
      }
    }
  }

  package func setExtendedAttribute(
    _ attribute: ExtendedAttribute, of descriptor: FileDescriptor
  ) throws(Errno) {
    try retrying {
      attribute.value.withUnsafeBytes {
        cfgmigrate_fsetxattr(descriptor.rawValue, attribute.name, $0.baseAddress, $0.count)
      }
    }
  }

  package func removeExtendedAttribute(named name: String, of descriptor: FileDescriptor) throws(Errno) {
    try retrying { cfgmigrate_fremovexattr(descriptor.rawValue, name) }
  }

  package func lock(_ descriptor: FileDescriptor, _ strength: LockStrength) throws(Errno) -> Bool {
    let operation = (strength == .exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB
    do throws(Errno) {
      try retrying { flock(descriptor.rawValue, operation) }
      return true
    } catch {
      guard error == .wouldBlock || error == .resourceTemporarilyUnavailable else { throw error }
      return false
    }
  }
}

/// Makes the call again while a signal interrupts it; a negative result is an error.
@discardableResult
private func retrying<Result: SignedInteger>(_ call: () -> Result) throws(Errno) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let error = Errno(rawValue: errno)
    if error != .interrupted { throw error }
  }
}

extension FileStatus {
  fileprivate init(_ buffer: stat) {
    kind =
      switch buffer.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .special
      }
    device = UInt64(buffer.st_dev)
    inode = UInt64(buffer.st_ino)
    size = Int(buffer.st_size)
    links = Int(buffer.st_nlink)
    attributes = FileAttributes(
      mode: buffer.st_mode & 0o7777, owner: buffer.st_uid, group: buffer.st_gid,
      modified: Timestamp(seconds: Int64(buffer.st_mtim.tv_sec), nanoseconds: Int32(buffer.st_mtim.tv_nsec)))
    changed = Timestamp(seconds: Int64(buffer.st_ctim.tv_sec), nanoseconds: Int32(buffer.st_ctim.tv_nsec))
  }
}
