package import ConfigDocument
package import ConfigStore

/// The records of one run, and what they add up to.
package struct RunHistory: Sendable {
  package let run: RunID
  package private(set) var records: [JournalRecord] = []
  /// By ID, in the order in which they first occurred.
  package private(set) var steps: [String: StepHistory] = [:]
  package private(set) var order: [String] = []
  package private(set) var approvals: Set<String> = []
  package private(set) var phase = Phase.running
  /// Why the run is where it is: why it was paused, or is rolled back, or how it ended.
  package private(set) var reason: String?
  package private(set) var isRollingBack = false

  package enum Phase: Hashable, Sendable {
    /// It runs, or was cut off.
    case running
    /// It was stopped and waits for `resume`.
    case paused
    case ended(Outcome)
  }

  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    case completed
    case rolledBack = "rolled-back"
    /// Something could not be taken back, and somebody said that it stays so.
    case abandoned
  }

  /// - Throws: `log-damaged` for a line that is no record.
  init(run: RunID, _ objects: [Object]) throws(Diagnostic) {
    self.run = run
    for (index, object) in objects.enumerated() {
      guard let record = JournalRecord(object) else {
        throw Diagnostic(
          .logDamaged, "this line is no record of a run",
          at: SourcePlace(file: "journal.jsonl of \(run)", line: index + 1, column: 1),
          hint: "A newer version of this program may have written it")
      }
      add(record)
    }
  }

  init(run: RunID) { self.run = run }

  /// The first record: what was to be done.
  package var beginning: JournalRecord? { records.first }
  package var begin: Timestamp? { records.first?.time }
  package var isEnded: Bool { if case .ended = phase { true } else { false } }

  package func step(_ id: String) -> StepHistory { steps[id] ?? StepHistory() }

  /// Takes one more record in.
  mutating func add(_ record: JournalRecord) {
    records.append(record)
    switch record.kind {
    case .began, .resumed: phase = .running
    case .approved: if let id = record.subject { approvals.insert(id) }
    case .rollingBack:
      isRollingBack = true
      reason = record.details["reason"]?.string
    case .paused:
      phase = .paused
      reason = record.details["reason"]?.string
    case .ended:
      phase = .ended(record.details["outcome"]?.string.flatMap(Outcome.init(rawValue:)) ?? .abandoned)
    case .intent, .done, .failed, .probed, .undoIntent, .undone, .kept, .undoFailed:
      guard let id = record.subject else { return }
      if steps[id] == nil { order.append(id) }
      steps[id, default: StepHistory()].add(record)
    case .preflight, .gateBegan, .gateSample, .gateVerdict, .awaiting, .notified: break
    }
  }
}

/// What the records say of one step.
package struct StepHistory: Sendable {
  package enum Status: String, Hashable, Sendable {
    case pending
    /// The intent is recorded and no end: it runs, or was cut off.
    case running
    case done
    /// Its last attempt failed; what it left is not known.
    case failed
    case undoing
    case undone
    case kept
    case undoFailed = "undo-failed"
  }

  package private(set) var status = Status.pending
  package private(set) var attempts = 0
  /// What was captured before the first attempt.
  package private(set) var captured = Value.null
  package private(set) var evidence = Value.null
  package private(set) var failure: String?
  package private(set) var failureCode: String?
  package private(set) var begin: Timestamp?
  package private(set) var end: Timestamp?
  /// When the attempt that runs, or ran last, began.
  package private(set) var attemptBegin: Timestamp?
  package private(set) var manualSteps: [String] = []

  /// Whether something of it may be there.
  package var mayHaveEffect: Bool {
    switch status {
    case .running, .done, .failed, .undoing, .undoFailed: true
    case .pending, .undone, .kept: false
    }
  }

  package var milliseconds: Int? {
    guard let begin, let end else { return nil }
    return end.milliseconds(since: begin)
  }

  fileprivate mutating func add(_ record: JournalRecord) {
    switch record.kind {
    case .intent:
      status = .running
      attempts = record.details["attempt"]?.int ?? attempts + 1
      if begin == nil {
        begin = record.time
        captured = record.details["captured"] ?? .null
      }
      attemptBegin = record.time
      failure = nil
      failureCode = nil
      end = nil
    case .done:
      status = .done
      evidence = record.details["evidence"] ?? .null
      failure = nil
      failureCode = nil
      end = record.time
    case .failed:
      status = .failed
      failure = record.details["message"]?.string
      failureCode = record.details["code"]?.string
      end = record.time
    case .probed:
      // What the operator said counts as if it had been seen.
      if record.details["state"]?.string == "not applied" { status = .pending }
    case .undoIntent: status = .undoing
    case .undone: status = .undone
    case .kept: status = .kept
    case .undoFailed:
      status = .undoFailed
      failure = record.details["message"]?.string
      failureCode = record.details["code"]?.string
      manualSteps = (record.details["manual"]?.array ?? []).compactMap(\.string)
    default: break
    }
  }
}
