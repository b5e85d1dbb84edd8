package import ConfigDocument

/// The bytes from before a run, for all files of the set.
public struct Backup: Hashable, Sendable {
  public var run: RunID
  public var time: Timestamp
  /// The files that were there before the run, in the order of their paths.
  public var files: [File]
  /// The files that the run created.
  public var created: [RelativePath]
  /// The symbolic links of the set, and what is written in them.
  public var links: [Link]
  /// What travels with the backup beside the files.
  public var attachments: [BackupAttachment]

  public struct File: Hashable, Sendable {
    public var path: RelativePath
    public var state: FileState
    /// Whether the run changed or removed it.
    public var isChanged: Bool
  }

  public struct Link: Hashable, Sendable {
    public var path: RelativePath
    public var target: [UInt8]
  }

  init(_ manifest: BackupManifest) {
    run = manifest.run
    time = manifest.time
    let changed = Set(manifest.transitions.map(\.path))
    files = manifest.files.map { File(path: $0.path, state: $0.state, isChanged: changed.contains($0.path)) }
    created = manifest.transitions.filter { $0.before == nil }.map(\.path).sorted()
    links = manifest.links.map { Link(path: $0.path, target: $0.target) }
    attachments = manifest.attachments
  }

  /// In bytes, each file counted.
  public var size: Int { files.reduce(0) { $0 + $1.state.size } }
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
    Backup(try BackupManifest(of: run, in: try stateWithBackups(run)))
  }

  /// Reads every byte of the backup again.
  /// - Returns: a `backup-damaged` for each file whose bytes are missing or are not those that were backed up, and for a
  ///   list that is not the one that the ledger speaks of.
  package func verify(_ backup: Backup) throws(Diagnostic) -> [Diagnostic] {
    guard let state = try StateDirectory(readingIn: root) else { return [] }
    var findings: [Diagnostic] = []
    if let digest = try Ledger(in: state).record(of: backup.run)?.backup,
      let found = try state.listIfPresent(of: backup.run).map({ Digest(of: $0) }), found != digest
    {
      findings.append(
        Diagnostic(
          .backupDamaged,
          "\(try state.backups.path(of: .of(backup.run))) is not what the ledger says: its digest is \(found)",
          hint: "Bring it back from a copy of the directory, if there is one"))
    }
    let objects = try state.objects
    let wanted =
      backup.files.map { (name: $0.path.description, digest: $0.state.digest) }
      + backup.attachments.map { (name: $0.name, digest: $0.digest) }
    findings += try ConcurrentWork.map(wanted.count) { (range) throws(Diagnostic) in
      var findings: [Diagnostic] = []
      for (name, digest) in wanted[range] {
        do throws(Diagnostic) {
          _ = try objects.bytes(of: digest)
        } catch {
          guard error.code == .backupDamaged else { throw error }
          findings.append(Diagnostic(error.code, "\(name): \(error.message)", hint: error.hint))
        }
      }
      return findings
    }
    return findings
  }

  /// The bytes of one file from before the run.
  package func bytes(of file: Backup.File) throws(Diagnostic) -> [UInt8] { try object(file.state.digest) }

  /// The bytes of something that travels with a backup.
  package func bytes(of attachment: BackupAttachment) throws(Diagnostic) -> [UInt8] { try object(attachment.digest) }

  private func object(_ digest: Digest) throws(Diagnostic) -> [UInt8] {
    guard let state = try StateDirectory(readingIn: root) else {
      throw Diagnostic(
        .backupDamaged, "\(root.path) has no backups", hint: "`cfgmigrate backup list` shows what there is")
    }
    return try state.objects.bytes(of: digest)
  }

  func stateWithBackups(_ run: RunID) throws(Diagnostic) -> StateDirectory {
    guard let state = try StateDirectory(readingIn: root) else {
      throw Diagnostic(
        .unknownRun, "there is no backup of a run \(run)", hint: "`cfgmigrate backup list` shows what there is")
    }
    return state
  }
}
