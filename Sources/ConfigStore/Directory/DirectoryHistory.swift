public import ConfigDocument

/// What was done to a directory, and the ways back. Needs no product: the bytes of before are enough.
///
/// Every method that changes something takes the lock, and first finishes or undoes a run that was cut off.
public struct DirectoryHistory: Sendable {
  let transactions: TransactionalDirectory

  /// - Parameter patience: for how many milliseconds to wait while another process writes.
  /// - Parameter manner: how the files of a run take their places.
  /// - Parameter backupDirectory: where the backups are to be; those that there are move along with the next run. nil for
  ///   where they are.
  /// - Throws: `io-error` where the directory cannot be opened.
  public init(
    _ path: String, environment: RunEnvironment, patience: Int = 0, manner: CommitManner = .inPlace,
    backupDirectory: String? = nil
  ) throws(Diagnostic) {
    transactions = TransactionalDirectory(
      try OpenDirectory(path), environment: environment, patience: patience, manner: manner,
      backupDirectory: backupDirectory)
  }

  /// Changes files as one run: all of them or none, recorded, and reversible.
  ///
  /// - Returns: the record of the run; nil where there was nothing to change.
  /// - Throws: `drift`, `outside-directory`, `conflicting-changes`, `locked`, or what the file system says: then nothing
  ///   has changed.
  @discardableResult
  public func commit(_ changes: [FileChange], _ description: RunDescription) throws(Diagnostic) -> LedgerRecord? {
    try transactions.commit(changes, description)
  }

  /// Puts back the bytes, modes and times of before a run; the newest one that is in effect, if none is named.
  ///
  /// - Parameter force: also over files that were edited since.
  /// - Returns: the record of the rollback, a run of its own; nil where everything is as it was before already.
  /// - Throws: `unknown-run`, `drift` where files were edited since, `locked`, or what the file system says.
  public func rollback(_ run: RunID? = nil, force: Bool = false) throws(Diagnostic) -> LedgerRecord? {
    try transactions.rollback(run, force: force)
  }

  /// Finishes or undoes a run that was cut off. Does nothing where there is none.
  public func recover(_ direction: RecoveryDirection = .automatic) throws(Diagnostic) -> [RecoveredRun] {
    try transactions.recover(direction)
  }

  /// The run that was cut off, if one was. Changes nothing.
  public func interruptedRun() throws(Diagnostic) -> InterruptedRun? { try transactions.interruptedRun() }

  /// The runs of this directory, oldest first, with what is wrong with the record of them.
  public func ledger() throws(Diagnostic) -> Ledger { try transactions.ledger() }

  /// Follows the ledger's chain, reads every byte of every backup, and compares the files with what the last run left.
  public func verify() throws(Diagnostic) -> HistoryVerification { try transactions.verifyHistory() }

  public func backups() throws(Diagnostic) -> [Backup] { try transactions.backups() }

  /// - Throws: `unknown-run`, `backup-damaged`.
  public func backup(of run: RunID) throws(Diagnostic) -> Backup { try transactions.backup(of: run) }

  /// What is wrong with a backup: bytes that are missing or are not those that were backed up.
  public func verify(_ backup: Backup) throws(Diagnostic) -> [Diagnostic] { try transactions.verify(backup) }

  /// The backed-up bytes of a file. Throws: `backup-damaged`.
  public func bytes(of file: Backup.File) throws(Diagnostic) -> [UInt8] { try transactions.bytes(of: file) }

  /// The bytes of something that travels with a backup. Throws: `backup-damaged`.
  public func bytes(of attachment: BackupAttachment) throws(Diagnostic) -> [UInt8] {
    try transactions.bytes(of: attachment)
  }

  /// Puts the bytes of a backup back, whatever is there now.
  ///
  /// - Parameter paths: only these files; all where none are given.
  /// - Returns: nil where they are there already.
  /// - Throws: `unknown-file`, `backup-damaged`: then nothing is restored.
  public func restore(_ backup: Backup, only paths: [RelativePath] = []) throws(Diagnostic) -> LedgerRecord? {
    try transactions.restore(backup, only: paths)
  }

  /// Removes all but the newest backups. The runs whose backups go cannot be taken back any more.
  public func prune(keeping count: Int) throws(Diagnostic) -> PrunedBackups { try transactions.prune(keeping: count) }

  /// Writes a backup to one file, for another machine. Throws: `unknown-run`, `backup-damaged`.
  public func export(_ run: RunID, to path: String) throws(Diagnostic) { try transactions.export(run, to: path) }

  /// Takes in a backup that was exported.
  /// - Throws: `bad-archive`, `outside-directory`, `backup-exists`, `backup-damaged`: then nothing is taken in.
  public func importBackup(from path: String) throws(Diagnostic) -> Backup {
    try transactions.importBackup(from: path)
  }

  /// - Throws: `interrupted-run`, for commands that only read.
  func requireWhole(_ path: String) throws(Diagnostic) {
    if let run = try interruptedRun() { throw run.diagnostic(in: path) }
  }
}
