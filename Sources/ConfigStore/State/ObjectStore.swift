internal import ConfigDocument

/// `objects/`: bytes of files under their digest, each kept once.
struct ObjectStore: Sendable {
  let directory: OpenDirectory

  private func name(of digest: Digest) -> FileName { FileName(known: digest.hexadecimal) }

  /// Keeps the bytes. They are durable after the file system was synced.
  func store(_ bytes: [UInt8], as digest: Digest) throws(Diagnostic) {
    let name = name(of: digest)
    // What is there already may be torn, or damaged since; a backup must never rest on it unread.
    if let present = try directory.readIfPresent(name) {
      if Digest(of: present.bytes) == digest { return }
      try directory.removeFile(name)
    }
    try directory.create(name, bytes, durably: false)
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

  /// Removes those of `digests` that no backup names.
  func remove(_ digests: Set<Digest>, unlessNamedBy manifests: [BackupManifest]) throws(Diagnostic) {
    let named = Set(manifests.flatMap(\.transitions).compactMap(\.before?.digest))
    for digest in digests.subtracting(named).sorted(by: { $0.hexadecimal < $1.hexadecimal }) {
      try directory.removeFile(name(of: digest))
    }
  }
}
