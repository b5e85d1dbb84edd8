internal import ConfigDocument

/// `objects/` and `backups/`, wherever they are: in the state directory, or in another place that the user has chosen.
struct BackupFolder: Sendable {
  let directory: OpenDirectory
  let objects: ObjectStore
  let backups: OpenDirectory

  /// For readers: changes nothing.
  init(readingIn directory: OpenDirectory) throws(Diagnostic) {
    self.directory = directory
    objects = ObjectStore(in: try directory.subdirectory(.objects))
    backups = try directory.subdirectory(.backups)
  }

  /// For writers: makes what is missing. Nobody but the owner can look inside, for backups hold secrets.
  init(completing directory: OpenDirectory) throws(Diagnostic) {
    self.directory = directory
    objects = ObjectStore(in: try directory.makeSubdirectory(.objects, mode: 0o700))
    backups = try directory.makeSubdirectory(.backups, mode: 0o700)
  }
}

extension FileName {
  static let objects = FileName(known: "objects")
  static let backups = FileName(known: "backups")
}
