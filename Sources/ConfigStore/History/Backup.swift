package import ConfigDocument

/// The bytes from before a run, for all files that it changed.
public struct Backup: Hashable, Sendable {
  public var run: RunID
  public var time: Timestamp
  /// The files that were there before the run, in the order of their paths.
  public var files: [File]
  /// The files that the run created.
  public var created: [RelativePath]

  public struct File: Hashable, Sendable {
    public var path: RelativePath
    public var state: FileState
  }

  init(_ manifest: BackupManifest) {
    run = manifest.run
    time = manifest.time
    files = manifest.transitions.compactMap { transition in
      transition.before.map { File(path: transition.path, state: $0) }
    }.sorted { $0.path < $1.path }
    created = manifest.transitions.filter { $0.before == nil }.map(\.path).sorted()
  }
}

extension TransactionalDirectory {
  /// The ledger, its chain followed. Changes nothing.
  package func ledger() throws(Diagnostic) -> Ledger {
    guard let state = try StateDirectory(readingIn: root) else { return Ledger() }
    return try Ledger(in: state)
  }

  /// All backups, oldest first.
  package func backups() throws(Diagnostic) -> [Backup] {
    guard let state = try StateDirectory(readingIn: root) else { return [] }
    return try BackupManifest.all(in: state).map(Backup.init)
  }

  /// - Throws: `unknown-run`, `backup-damaged`.
  package func backup(of run: RunID) throws(Diagnostic) -> Backup {
    guard let state = try StateDirectory(readingIn: root) else {
      throw Diagnostic(
        .unknownRun, "there is no backup of a run \(run)", hint: "`cfgmigrate backup list` shows what there is")
    }
    return Backup(try BackupManifest(of: run, in: state))
  }

  /// Reads every byte of the backup again.
  /// - Returns: a `backup-damaged` for each file whose bytes are missing or are not those that were backed up.
  package func verify(_ backup: Backup) throws(Diagnostic) -> [Diagnostic] {
    guard let state = try StateDirectory(readingIn: root) else { return [] }
    var findings: [Diagnostic] = []
    for file in backup.files {
      do throws(Diagnostic) {
        _ = try ObjectStore(directory: state.objects).bytes(of: file.state.digest)
      } catch {
        guard error.code == .backupDamaged else { throw error }
        findings.append(Diagnostic(error.code, "\(file.path): \(error.message)", hint: error.hint))
      }
    }
    return findings
  }

  /// The bytes of one file from before the run.
  package func bytes(of file: Backup.File) throws(Diagnostic) -> [UInt8] {
    guard let state = try StateDirectory(readingIn: root) else {
      throw Diagnostic(
        .backupDamaged, "\(root.path) has no backups", hint: "`cfgmigrate backup list` shows what there is")
    }
    return try ObjectStore(directory: state.objects).bytes(of: file.state.digest)
  }

  /// Puts the files of a backup back, whatever is there now; that is backed up first, by this run. Files that came
  /// since stay.
  ///
  /// - Returns: what the ledger says of the run; nil where every file is as it was backed up.
  package func restore(_ backup: Backup) throws(Diagnostic) -> LedgerRecord? {
    try locked { (state) throws(Diagnostic) in
      _ = try recoverAll(in: state, .automatic)
      var targets: [FileTarget] = []
      for file in backup.files {
        _ = try ObjectStore(directory: state.objects).bytes(of: file.state.digest)
        let current = try root.contents(at: file.path).map { Digest(of: $0.bytes) }
        targets.append(.restoring(file.state, at: file.path, over: current))
      }
      let restored = try Ledger(in: state).record(of: backup.run)?.description
      return try commit(
        targets, RunDescription(.restore, to: restored?.fromVersion, reverts: backup.run), in: state)
    }
  }
}
