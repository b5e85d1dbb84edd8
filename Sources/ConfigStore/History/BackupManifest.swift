internal import ConfigDocument

/// `backups/<run>.json`: every file that a run changed, as it was before and after.
struct BackupManifest: Hashable {
  var run: RunID
  var time: Timestamp
  var transitions: [FileTransition]
  /// Directories that the run made, outer ones first.
  var createdDirectories: [RelativePath]
}

extension BackupManifest {
  var value: Value {
    [
      "cfgmigrate": .number(Number(StateDirectory.format)), "run": .string(run.text), "time": .string("\(time)"),
      "files": .array(transitions.map(\.value)),
      "created_directories": .array(createdDirectories.map { .object(Object($0.members)) }),
    ]
  }

  private init?(_ value: Value) {
    guard let object = value.object, let run = object["run"]?.string.flatMap({ RunID($0) }),
      let time = object["time"]?.string.flatMap({ Timestamp($0) }),
      let files = object["files"]?.array?.map({ FileTransition($0) }), !files.contains(nil),
      let directories = object["created_directories"]?.array?.map({ $0.object.flatMap { RelativePath($0) } }),
      !directories.contains(nil)
    else { return nil }
    self.init(
      run: run, time: time, transitions: files.compactMap { $0 }, createdDirectories: directories.compactMap { $0 })
  }

  /// Durable after the file system was synced.
  func write(in state: StateDirectory) throws(Diagnostic) {
    try state.backups.replace(.of(run), with: Array("\(value)\n".utf8), durably: false)
  }

  /// - Throws: `unknown-run` where there is no backup of it, `backup-damaged` where it cannot be read.
  init(of run: RunID, in state: StateDirectory) throws(Diagnostic) {
    let path = state.backups.path(of: .of(run))
    guard let contents = try state.backups.readIfPresent(.of(run)) else {
      throw Diagnostic(
        .unknownRun, "there is no backup of a run \(run)", hint: "`cfgmigrate backup list` shows what there is")
    }
    guard let value = try? readJSON(contents.bytes, named: path), let manifest = BackupManifest(value) else {
      throw Diagnostic(
        .backupDamaged, "\(path) does not read as the list of a backup's files",
        hint: "Bring it back from a copy of the directory, if there is one")
    }
    self = manifest
  }

  /// All backups, oldest first.
  static func all(in state: StateDirectory) throws(Diagnostic) -> [BackupManifest] {
    var manifests: [BackupManifest] = []
    for run in try state.backups.entries().compactMap(\.run) {
      manifests.append(try BackupManifest(of: run, in: state))
    }
    return manifests
  }
}
