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

  package init(
    _ root: OpenDirectory, environment: RunEnvironment, patience: Int = 0, manner: CommitManner = .inPlace
  ) {
    place = DirectoryPlace(root)
    self.environment = environment
    self.patience = patience
    self.manner = manner
  }

  /// The directory as it stands now; another one after an exchange.
  package var root: OpenDirectory { place.directory }

  /// Does `body` under the lock.
  func locked<Result>(
    _ body: (StateDirectory) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    while true {
      try followExchange()
      let state: StateDirectory
      do throws(Diagnostic) {
        state = try StateDirectory(makingIn: root)
      } catch {
        // The tree may have been put aside, and removed, while its state was being opened.
        if try wasPutAside() { continue }
        throw error
      }
      let lock = try DirectoryLock(in: state, for: environment, patience: patience)
      defer { withExtendedLifetime(lock) {} }
      // While this process waited, a run may have put another tree in the directory's place.
      if try !wasPutAside() { return try body(state) }
    }
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
    if try root.isRemoved() { return true }
    guard let name = DirectoryPlace(root).name else { return false }
    return RunID(ofStagedFile: name) != nil
  }

  /// An ID for a new run, later than that of every run before, whatever the clock says.
  func newRun(after ledger: Ledger, at time: Timestamp) -> RunID {
    var time = time
    let last = ledger.records.map(\.run).max()
    while true {
      let run = RunID(at: time, distinction: environment.random())
      guard let last, run < last else { return run }
      time = time.adding(milliseconds: 1)
    }
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
