internal import ConfigDocument

/// `belongs-to.json`, in a folder of backups in another place: the directory whose backups they are.
///
/// Who copies a configuration directory copies the record of its place too. Two that write to one folder would prune
/// each other's backups.
struct BackupOwner {
  let folder: OpenDirectory
  /// The absolute path of the directory that uses the folder now.
  let path: String

  /// Makes the folder this directory's, unless another one still uses it.
  /// - Throws: `backup-place` where that is so.
  func claim() throws(Diagnostic) {
    let recorded = try recordedPath()
    guard recorded != path else { return }
    if let recorded, try isUsed(by: recorded) {
      throw Diagnostic(
        .backupPlace, "the backups in \(folder.path) are those of \(recorded), of which \(path) is a copy",
        hint: "Give the copy a folder of its own there, or elsewhere: name the place again with --backup-dir")
    }
    let value: Value = ["cfgmigrate": .number(Number(StateDirectory.format)), "directory": .string(path)]
    try folder.replaceDurably(.belongsTo, with: Array("\(value)\n".utf8))
  }

  /// Whether nothing says that the folder is another directory's.
  func isOwn() throws(Diagnostic) -> Bool {
    let recorded = try recordedPath()
    return recorded == nil || recorded == path
  }

  private func recordedPath() throws(Diagnostic) -> String? {
    guard let contents = try folder.readIfPresent(.belongsTo) else { return nil }
    return (try? readJSON(contents.bytes, named: folder.path(of: .belongsTo)))?.object?["directory"]?.string
  }

  /// Whether a directory is there and says that its backups are in this folder.
  private func isUsed(by directory: String) throws(Diagnostic) -> Bool {
    guard let root = try? OpenDirectory(directory, in: folder.fileSystem),
      let state = try? StateDirectory(readingIn: root),
      case .folder(let path) = try BackupPlace(recordedIn: state.directory).current,
      let other = try? OpenDirectory(path, in: folder.fileSystem)
    else { return false }
    return try other.identity() == folder.identity()
  }
}

extension FileName {
  static let belongsTo = FileName(known: "belongs-to.json")
}
