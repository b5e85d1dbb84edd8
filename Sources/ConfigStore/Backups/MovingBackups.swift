internal import ConfigDocument

extension StateDirectory {
  /// Moves every backup to another place: copied, read again, recorded, and only then removed where it was.
  ///
  /// Cut off before it is recorded, the backups are where they were; after it, the next writer removes the rest.
  ///
  /// - Parameter owner: the absolute path of the configuration directory.
  /// - Returns: the state, with its backups in the new place.
  /// - Throws: `backup-damaged`, `backup-place`, what the file system says: then nothing has moved.
  func movingBackups(to target: BackupPlace.Location, of owner: String?) throws(Diagnostic) -> StateDirectory {
    let place = try BackupPlace(recordedIn: directory)
    let new = try BackupFolder(completing: target, of: directory)
    if case .folder = target, let owner { try BackupOwner(folder: new.directory, path: owner).claim() }
    let from = try objects
    for manifest in try BackupManifest.all(in: self) {
      let pack = PackWriter(for: manifest.run, in: new.objects)
      for digest in manifest.digests.sorted() { try pack.store(try from.bytes(of: digest), as: digest) }
      try pack.finish()
      guard let list = try listIfPresent(of: manifest.run) else { continue }
      try new.backups.replace(.of(manifest.run), with: list, durably: false)
    }
    try new.directory.syncFileSystem()
    try BackupPlace(current: target, former: place.current).record(in: directory)
    try removeFormerBackups(of: owner)
    return try StateDirectory(completing: directory)
  }

  /// Removes what is left of backups in the place where they were before, if there is such a place.
  func removeFormerBackups(of owner: String?) throws(Diagnostic) {
    var place = try BackupPlace(recordedIn: directory)
    guard let former = place.former else { return }
    // A place that is not there any more has nothing that could be removed.
    if former != place.current, let old = try? former.open(from: directory) { try Self.remove(former, old, of: owner) }
    place.former = nil
    try place.record(in: directory)
  }

  private static func remove(
    _ location: BackupPlace.Location, _ old: OpenDirectory, of owner: String?
  ) throws(Diagnostic) {
    let isFolder = location != .stateDirectory
    if isFolder, let owner, try !BackupOwner(folder: old, path: owner).isOwn() { return }
    for name in [FileName.backups, .objects] {
      guard let holder = try old.subdirectoryIfPresent(name) else { continue }
      for entry in try holder.entries() { try holder.removeFile(entry) }
      try holder.sync()
      if isFolder { try old.removeEmptySubdirectory(name) }
    }
    guard isFolder else { return }
    for name in [FileName.belongsTo, .lock] { try old.removeFile(name) }
    guard let (parent, name) = try DirectoryPlace(old).parent() else { return }
    try parent.removeEmptySubdirectory(name)
  }
}
