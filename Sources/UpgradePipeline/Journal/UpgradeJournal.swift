internal import ConfigDocument
internal import ConfigStore
private import Synchronization

/// The journal of the run that this process does: written by several threads, one record after the other.
final class UpgradeJournal: Sendable {
  private struct State {
    var log: ChainedLog
    var history: RunHistory
    /// Why nothing can be written any more.
    var failure: Diagnostic?
  }

  private let state: Mutex<State>
  private let clock: @Sendable () -> Timestamp
  private let secrets: SecretReader
  /// Told of every record once it is durable.
  private let listener: @Sendable (JournalRecord, RunHistory) -> Void

  init(
    of run: RunID, in directory: OpenDirectory, environment: RunEnvironment, secrets: SecretReader,
    listener: @escaping @Sendable (JournalRecord, RunHistory) -> Void
  ) throws(Diagnostic) {
    let log = try ChainedLog(.journalLog, in: directory)
    state = Mutex(State(log: log, history: try RunHistory(run: run, log.records)))
    clock = environment.now
    self.secrets = secrets
    self.listener = listener
  }

  /// Why nothing can be recorded any more; nil while all is well.
  var failure: Diagnostic? { state.withLock { $0.failure } }

  var history: RunHistory { state.withLock { $0.history } }

  /// Records that something is so. When it returns, the record is durable.
  ///
  /// - Throws: what the disk says. From then on nothing can be recorded, so nothing may be done.
  func record(
    _ kind: JournalRecord.Kind, _ subject: String? = nil, _ details: Object = Object()
  ) throws(Diagnostic) {
    let shown = secrets.hiding(.object(details)).object ?? details
    let result = state.withLock { state -> Result<(JournalRecord, RunHistory), Diagnostic> in
      if let failure = state.failure { return .failure(failure) }
      let record = JournalRecord(kind, at: clock(), subject, shown)
      do throws(Diagnostic) {
        try state.log.append(record.object)
      } catch {
        state.failure = error
        return .failure(error)
      }
      state.history.add(record)
      return .success((record, state.history))
    }
    let (record, history) = try result.get()
    listener(record, history)
  }
}
