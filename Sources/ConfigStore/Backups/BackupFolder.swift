internal import ConfigDocument

/// `objects/` and `backups/`, wherever they are: in the state directory, or in another place that the user has chosen.
struct BackupFolder: Sendable {
  let location: BackupPlace.Location
  let directory: OpenDirectory
  let objects: ObjectStore
  let backups: OpenDirectory

  /// For readers: changes nothing.
  /// - Throws: `backup-place` where the location is another one than the state directory and is not there now.
  init(readingIn location: BackupPlace.Location, of state: OpenDirectory) throws(Diagnostic) {
    self.location = location
    directory = try location.open(from: state)
    backups = try directory.subdirectory(.backups)
    objects = ObjectStore(in: try directory.subdirectory(.objects), behindListsIn: backups)
  }

  /// For writers: makes what is missing. Nobody but the owner can look inside, for backups hold secrets.
  /// - Throws: `backup-place` where the location is another one than the state directory and is not there now.
  init(completing location: BackupPlace.Location, of state: OpenDirectory) throws(Diagnostic) {
    self.location = location
    directory = try location.open(from: state)
    let holder = try directory.makeSubdirectory(.objects, mode: 0o700)
    backups = try directory.makeSubdirectory(.backups, mode: 0o700)
    objects = ObjectStore(in: holder, behindListsIn: backups)
  }
}

extension FileName {
  static let objects = FileName(known: "objects")
  static let backups = FileName(known: "backups")
}
