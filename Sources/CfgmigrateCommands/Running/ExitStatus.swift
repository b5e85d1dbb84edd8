package import ConfigDocument

/// What a command tells the shell, the same table for all commands.
package enum ExitStatus: Int32, CaseIterable {
  /// Done, or nothing to do.
  case done = 0
  case failed = 1
  /// Changes are pending: `check`; `plan` and `diff` with `--exit-code`.
  case pending = 2
  /// A document fails its schema.
  case invalid = 3
  /// Something that a saved plan binds has changed.
  case drift = 4
  /// A loss, or a note that asks for an action, was not acknowledged.
  case unacknowledged = 5
  /// Another process writes to the directory.
  case locked = 6
  /// A run was cut off, and the directory needs `recover`.
  case interruptedRun = 7
  /// The version is unknown or newer than known, or there is no path, or more than one.
  case noPath = 8
  /// The product's own check did not accept the new configuration, which was taken back.
  case verifyFailed = 9
  /// The command line cannot be meant.
  case usage = 64
  /// Interrupted by the user.
  case interrupted = 130
}

extension ExitStatus {
  /// The status of a command that this diagnostic stopped.
  package init(stoppedBy diagnostic: Diagnostic) {
    self = Self.byCode[diagnostic.code] ?? .failed
  }

  /// Codes that mean more than "failed".
  private static let byCode: [Diagnostic.Code: ExitStatus] = [
    "plan-drift": .drift,
    "invalid-result": .invalid,
    "unacknowledged": .unacknowledged,
    "merge-conflict": .unacknowledged,
    "locked": .locked,
    "interrupted-run": .interruptedRun,
    "version-unknown": .noPath,
    "version-newer": .noPath,
    "version-mixed": .noPath,
    "no-path": .noPath,
    "ambiguous-path": .noPath,
    "version-cycle": .noPath,
    "verify-failed": .verifyFailed,
  ]
}
