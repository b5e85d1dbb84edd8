package import ConfigDocument
private import Synchronization

/// A program that runs beside its caller: a server that is started to be asked a few things. It ends when ``end()`` is called, and
/// with this process, however that ends.
package final class BackgroundCommand: Sendable {
  private let isWanted = Mutex(true)
  private let outcome = Mutex<Result<CommandResult, Diagnostic>?>(nil)
  private let thread = Mutex<WorkThread?>(nil)

  /// Starts it at once.
  package init(_ command: Command, by programs: any CommandRunner) {
    let started = WorkThread { [self] in
      let result = Result { () throws(Diagnostic) in
        try programs.run(command, isStopped: { isWanted.withLock { !$0 } })
      }
      outcome.withLock { $0 = result }
    }
    thread.withLock { $0 = started }
  }

  /// What came of it; nil while it runs.
  /// - Throws: where it could not be started.
  package func result() throws(Diagnostic) -> CommandResult? { try outcome.withLock { $0 }?.get() }

  /// Asks it to end, and waits until it has; it is killed where it takes longer than its grace.
  package func end() {
    isWanted.withLock { $0 = false }
    thread.withLock { $0 }?.wait()
  }
}
