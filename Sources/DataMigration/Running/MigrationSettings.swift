internal import ConfigStore

/// How scripts are run.
package struct MigrationSettings: Sendable {
  package var history: HistoryTable
  /// Names the run in the history.
  package var run: String
  /// How long a statement waits for a lock before it stands back and lets others pass, in milliseconds.
  package var lockTimeout = 500
  /// How often it is tried again.
  package var attempts = 30
  /// The pause after the first attempt, in milliseconds; it doubles up to ``longestPause``.
  package var firstPause = 100
  package var longestPause = 5_000
  /// How long the lock of another migration is waited for, in milliseconds.
  package var lockWait = 60_000
  package var allowsOutOfOrder = false

  package init(history: HistoryTable, run: String) {
    self.history = history
    self.run = run
  }

  /// The pause behind an attempt, which counts from 1: half of it by chance, so that two who wait do not meet again.
  func pause(after attempt: Int, in environment: RunEnvironment) -> Int {
    let whole = min(longestPause, firstPause << min(attempt - 1, 16))
    return whole / 2 + Int(environment.random() % UInt32(whole / 2 + 1))
  }
}

/// What a script did.
package struct AppliedScript: Hashable, Sendable {
  package var script: String
  package var version: ScriptVersion?
  package var statements: Int
  package var milliseconds: Int
  /// How often it stood back because a lock was taken.
  package var retries: Int
  /// What was found out of an earlier attempt, a sentence each.
  package var notes: [String]
}
