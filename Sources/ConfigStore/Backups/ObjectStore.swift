internal import ConfigDocument

/// `objects/`: bytes of files under their digest, each kept once.
struct ObjectStore: Sendable {
  let directory: OpenDirectory

  private func name(of digest: Digest) -> FileName { FileName(known: digest.hexadecimal) }

  /// Keeps the bytes, and reads them again. They are durable after the file system was synced.
  func store(_ bytes: [UInt8], as digest: Digest) throws(Diagnostic) {
    let name = name(of: digest)
    // What is there already may be torn, or damaged since; a backup must never rest on it unread.
    if let present = try directory.readIfPresent(name) {
      if Digest(of: present.bytes) == digest { return }
      try directory.removeFile(name)
    }
    try directory.create(name, bytes, durably: false)
    guard try directory.readIfPresent(name)?.bytes == bytes else {
      throw Diagnostic(
        .ioError, "\(directory.path(of: name)) was written, but does not read as what was written",
        hint: "Check the disk")
    }
  }

  /// The bytes that were stored.
  /// - Throws: `backup-damaged` where they are missing or are not those.
  func bytes(of digest: Digest) throws(Diagnostic) -> [UInt8] {
    let path = directory.path(of: name(of: digest))
    guard let contents = try directory.readIfPresent(name(of: digest)) else {
      throw Diagnostic(
        .backupDamaged, "\(path) is missing", hint: "Bring it back from a copy of the directory, if there is one")
    }
    guard Digest(of: contents.bytes) == digest else {
      throw Diagnostic(
        .backupDamaged, "\(path) is not what was backed up: its bytes have the digest \(Digest(of: contents.bytes))",
        hint: "Bring it back from a copy of the directory, if there is one")
    }
    return contents.bytes
  }

  /// Removes whatever no backup names.
  /// - Returns: how many objects, and how many bytes they had.
  @discardableResult
  func removeAll(unlessNamedBy manifests: [BackupManifest]) throws(Diagnostic) -> (objects: Int, bytes: Int) {
    let named = Set(manifests.reduce(into: Set<Digest>()) { $0.formUnion($1.digests) }.map { name(of: $0) })
    var removed = (objects: 0, bytes: 0)
    for entry in try directory.entries() where !named.contains(entry) {
      let size = try directory.status(of: entry)?.size ?? 0
      if try directory.removeFile(entry) { removed = (removed.objects + 1, removed.bytes + size) }
    }
    return removed
  }
}
