package import ConfigDocument
internal import SystemPackage

/// A backup as one file, for another machine: a tar archive with the list of the files, `backup.json`, and the files
/// below `files/`, which any tar unpacks with their modes, owners, times and attributes.
enum BackupArchive {
  static let list = RelativePath([FileName(known: "backup.json")])
  static let files = FileName(known: "files")
  static let attachments = FileName(known: "attachments")
}

extension TransactionalDirectory {
  /// Writes a backup to a file, readable by its owner alone. A file that is there is replaced when the new one is whole.
  ///
  /// - Throws: `unknown-run`; `backup-damaged`, and then nothing is written; what the file system says.
  /// - Complexity: O(bytes) in time, O(largest file) in memory.
  package func export(_ run: RunID, to path: String) throws(Diagnostic) {
    let state = try stateWithBackups(run)
    let (manifest, list) = try BackupManifest.read(run, in: state)
    let file = FilePath(path)
    guard let last = file.lastComponent, let name = FileName(last.string.utf8) else {
      throw Diagnostic(.ioError, "\(path) is no name of a file", hint: "Name a file to write to")
    }
    let folder = file.removingLastComponent().string
    let directory = try OpenDirectory(folder.isEmpty ? "." : folder, in: root.fileSystem)
    let beside = OpenDirectory.unfinishedName(of: name)
    try directory.removeFile(beside)
    do throws(Diagnostic) {
      try directory.write(beside) { (sink) throws(Diagnostic) in
        try write(manifest, list: list, from: try state.objects, to: sink)
      }
      try directory.rename(beside, to: name)
    } catch {
      _ = try? directory.removeFile(beside)
      throw error
    }
    try directory.sync()
  }

  private func write(
    _ manifest: BackupManifest, list: [UInt8], from objects: ObjectStore, to sink: ([UInt8]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let plain = FileAttributes(mode: 0o600, owner: 0, group: 0, modified: manifest.time)
    func put(
      _ path: RelativePath, _ bytes: [UInt8], _ attributes: FileAttributes, _ extended: [ExtendedAttribute] = []
    ) throws(Diagnostic) {
      let entry = TarEntry(
        path: path.bytes, kind: .file(size: bytes.count), attributes: attributes, extended: extended)
      try sink(entry.header)
      try sink(bytes)
      try sink(Array(repeating: 0, count: TarEntry.padding(after: bytes.count)))
    }
    try put(BackupArchive.list, list, plain)
    for file in manifest.files {
      let path = RelativePath([BackupArchive.files] + file.path.names)
      if let joined = file.state.joined, manifest.files.contains(where: { $0.path == joined && $0.path < file.path }) {
        let target = RelativePath([BackupArchive.files] + joined.names)
        try sink(
          TarEntry(path: path.bytes, kind: .hardLink(to: target.bytes), attributes: file.state.attributes).header)
      } else {
        try put(path, try objects.bytes(of: file.state.digest), file.state.attributes, file.state.extended)
      }
    }
    for link in manifest.links {
      let path = RelativePath([BackupArchive.files] + link.path.names)
      try sink(TarEntry(path: path.bytes, kind: .link(to: link.target), attributes: plain).header)
    }
    for attachment in manifest.attachments {
      guard let name = FileName(attachment.digest.hexadecimal.utf8) else { continue }
      try put(RelativePath([BackupArchive.attachments, name]), try objects.bytes(of: attachment.digest), plain)
    }
    try sink(Array(repeating: 0, count: 2 * TarEntry.blockSize))
  }

  /// Takes in a backup that was exported. It is listed when all its bytes are there and are the right ones.
  ///
  /// No name of the archive is used as a path: contents are known by their digests.
  ///
  /// - Throws: `bad-archive`, `outside-directory`, `backup-exists`, `backup-damaged` where bytes are missing or wrong.
  package func importBackup(from path: String) throws(Diagnostic) -> Backup {
    // Before anything at all is written.
    let (manifest, list) = try Self.list(of: path)
    return try locked { (state) throws(Diagnostic) in
      _ = try recoverAll(in: state, .automatic)
      let present = try state.listIfPresent(of: manifest.run)
      if let present, present != list {
        throw Diagnostic(
          .backupExists, "there is another backup of the run \(manifest.run) already",
          hint: "Compare them with `cfgmigrate backup show`")
      }
      let objects = try state.objects
      let pack = PackWriter(for: manifest.run, in: objects)
      do throws(Diagnostic) {
        try Self.store(manifest, from: path, in: pack)
        try pack.finish()
        try objects.directory.syncFileSystem()
        // Objects may stand behind the one that is there.
        if present == nil { try state.backups.replaceDurably(.of(manifest.run), with: list) }
      } catch {
        try? pack.abandon()
        if let needed = try? BackupManifest.allDigests(in: state) { _ = try? objects.removeFiles(without: needed) }
        throw error
      }
      return Backup(manifest)
    }
  }

  private static func list(of path: String) throws(Diagnostic) -> (manifest: BackupManifest, bytes: [UInt8]) {
    var reader = try TarReader(path)
    guard let first = try reader.next(), first.path == BackupArchive.list else {
      throw Diagnostic(
        .badArchive, "\(path) does not begin with the list of a backup's files",
        hint: "Name a file that `cfgmigrate backup export` wrote")
    }
    return (try BackupManifest(first.bytes, named: "\(path), backup.json"), first.bytes)
  }

  private static func store(
    _ manifest: BackupManifest, from path: String, in pack: PackWriter
  ) throws(Diagnostic) {
    var reader = try TarReader(path)
    var missing = manifest.digests
    while let (_, bytes) = try reader.next() {
      let digest = Digest(of: bytes)
      if missing.remove(digest) != nil { try pack.store(bytes, as: digest) }
    }
    if let file = manifest.files.first(where: { missing.contains($0.state.digest) }) {
      throw Diagnostic(
        .backupDamaged, "\(path) does not hold the bytes of \(file.path) that its list speaks of",
        hint: "Export the backup again")
    }
    guard missing.isEmpty else {
      throw Diagnostic(.backupDamaged, "\(path) misses an attachment of its list", hint: "Export the backup again")
    }
  }
}

extension OpenDirectory {
  /// Makes a file of what `body` writes, and makes its data durable.
  fileprivate func write(
    _ name: FileName, _ body: (([UInt8]) throws(Diagnostic) -> Void) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let file: OpenFile
    do throws(Errno) {
      file = try open(name, for: .creating(mode: 0o600))
    } catch {
      throw Diagnostic(error, .create, path(of: name))
    }
    let (descriptor, fileSystem) = (file.descriptor, fileSystem)
    defer { withExtendedLifetime(file) {} }
    try body { (bytes) throws(Diagnostic) in
      try attempt(.write, name) { () throws(Errno) in try fileSystem.writeAll(bytes, to: descriptor) }
    }
    try attempt(.sync, name) { () throws(Errno) in try fileSystem.sync(descriptor) }
  }
}
