internal import ConfigDocument

/// A directory whose files change only by transactions: all of them or none, recorded, and reversible.
///
/// Every method that changes something takes the lock and first finishes or undoes a run that was cut off.
package struct TransactionalDirectory: Sendable {
  package let place: DirectoryPlace
  package let environment: RunEnvironment
  /// For how many milliseconds to wait for the lock.
  package var patience: Int
  package var manner: CommitManner
  /// Where the backups are to be; nil for where they are.
  package var backupDirectory: String?

  package init(
    _ root: OpenDirectory, environment: RunEnvironment, patience: Int = 0, manner: CommitManner = .inPlace,
    backupDirectory: String? = nil
  ) {
    place = DirectoryPlace(root)
    self.environment = environment
    self.patience = patience
    self.manner = manner
    self.backupDirectory = backupDirectory
  }

  /// The directory as it stands now; another one after an exchange.
  package var root: OpenDirectory { place.directory }

  /// Does `body` under the lock.
  func locked<Result>(
    _ body: (StateDirectory) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    while true {
      try followExchange()
      let lock: DirectoryLock
      let directory: OpenDirectory
      do throws(Diagnostic) {
        directory = try StateDirectory.directory(makingIn: root)
        lock = try DirectoryLock(in: directory, for: environment, patience: patience)
      } catch {
        // The tree may have been put aside, and removed, while its state was being opened.
        if try wasPutAside() { continue }
        throw error
      }
      defer { withExtendedLifetime(lock) {} }
      // While this process waited, a run may have put another tree in the directory's place.
      if try !wasPutAside() { return try withBackups(in: directory, body) }
    }
  }

  /// Does `body` with the backups where they are to be. In another place they have a lock of their own: who copies the
  /// directory copies its lock, but not theirs.
  private func withBackups<Result>(
    in directory: OpenDirectory, _ body: (StateDirectory) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    var state = try StateDirectory(completing: directory)
    var lock = try lockBackups(of: state)
    try state.removeFormerBackups(of: place.path)
    let wanted = try backupDirectory.map { chosen throws(Diagnostic) in
      try BackupPlace.Location(in: chosen, for: place.path, with: state.directory)
    }
    if let wanted, try state.folder.get().location != wanted {
      // A copy of the directory takes copies of the backups along; a run that was cut off in it is not told apart.
      if try !Journal.all(in: state).isEmpty { try claimBackups(of: state) }
      _ = try recoverAll(in: state, .automatic)
      state = try state.movingBackups(to: wanted, of: place.path)
      lock = try lockBackups(of: state)
    }
    try claimBackups(of: state)
    let result = try body(state)
    _ = consume lock
    return result
  }

  private func claimBackups(of state: StateDirectory) throws(Diagnostic) {
    let folder = try state.folder.get()
    guard case .folder = folder.location, let path = place.path else { return }
    try BackupOwner(folder: folder.directory, path: path).claim()
  }

  private func lockBackups(of state: StateDirectory) throws(Diagnostic) -> DirectoryLock? {
    let folder = try state.folder.get()
    guard case .folder = folder.location else { return nil }
    return try DirectoryLock(in: folder.directory, for: environment, patience: patience)
  }

  /// Goes on in the tree that took the directory's place, if one did.
  /// - Throws: `old-tree` where the directory was named by the name that a run has given it.
  func followExchange() throws(Diagnostic) {
    while try wasPutAside() {
      guard try place.reopen() else {
        throw Diagnostic(
          .oldTreeNamed, "\(root.path) is a directory that a run has put aside, kept for those who still read it",
          hint: "Name the configuration directory itself")
      }
    }
  }

  /// Whether the directory is the old one of two trees that were exchanged: it has such a name now, or none any more.
  private func wasPutAside() throws(Diagnostic) -> Bool {
    if let name = place.name, RunID(ofStagedFile: name) == nil, try place.leadsToDirectory() { return false }
    if try root.isRemoved() { return true }
    guard let name = DirectoryPlace(root).name else { return false }
    return RunID(ofStagedFile: name) != nil
  }

  /// An ID for a new run, later than that of the run before, whatever the clock says.
  func newRun(after last: RunID?, at time: Timestamp) -> RunID {
    let run = RunID(at: time, distinction: environment.random())
    guard let last, run < last else { return run }
    return RunID(at: (last.time ?? time).adding(milliseconds: 1), distinction: environment.random())
  }
}

/// How the files of a run take their places.
public enum CommitManner: String, Hashable, Sendable {
  /// Each file by itself: a reader can see some new and some old, each whole.
  case inPlace
  /// All at once: a new tree is built beside the directory and exchanged with it. A reader who holds the directory open
  /// sees the old tree as long as it likes; it is removed by the next run.
  case exchange
}
