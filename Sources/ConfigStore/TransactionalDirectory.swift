internal import ConfigDocument

/// A directory whose files change only by transactions: all of them or none, recorded, and reversible.
///
/// Every method that changes something takes the lock and first finishes or undoes a run that was cut off.
package struct TransactionalDirectory: Sendable {
  package let root: OpenDirectory
  package let environment: RunEnvironment
  /// For how many milliseconds to wait for the lock.
  package var patience: Int

  package init(_ root: OpenDirectory, environment: RunEnvironment, patience: Int = 0) {
    self.root = root
    self.environment = environment
    self.patience = patience
  }

  /// Does `body` under the lock.
  func locked<Result>(
    _ body: (StateDirectory) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let state = try StateDirectory(makingIn: root)
    let lock = try DirectoryLock(in: state, for: environment, patience: patience)
    defer { withExtendedLifetime(lock) {} }
    return try body(state)
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
