internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
private import Glibc
internal import Synchronization
internal import UpgradePipeline

/// Tells what a run does, line by line as it happens; on a terminal with a last line that says how far it is, what runs now, and
/// how long it still takes.
final class LiveView: Sendable {
  private struct State {
    var history: RunHistory?
    var last: StepProgressRecord?
    /// When progress was last left for other terminals, in seconds.
    var written = 0
  }

  private let spec: UpgradeSpec
  private let times: [String: TimeEstimate]
  private let printsEvents: Bool
  private let clock: @Sendable () -> Timestamp
  private let state = Mutex(State())
  private static let cells = 20

  init(
    _ spec: UpgradeSpec, times: [String: TimeEstimate], printsEvents: Bool, clock: @escaping @Sendable () -> Timestamp
  ) {
    self.spec = spec
    self.times = times
    self.printsEvents = printsEvents
    self.clock = clock
    ProgressBar.describe { [self] in caption }
  }

  /// Tells of a record. Events are data, on standard output; else it is talk.
  func show(_ record: JournalRecord, _ history: RunHistory) {
    state.withLock { $0.history = history }
    if printsEvents {
      Self.write(JSONOutput.line(of: record.json) + "\n", to: STDOUT_FILENO)
      return
    }
    guard let line = line(for: record, history) else { return }
    ProgressBar.say(SafeText.of(line))
  }

  /// `[███████░░░░░░░░░░░░░] 35%  Configuration, Workers: table users  about 4 min left`.
  private var caption: String {
    let (history, last) = state.withLock { ($0.history, $0.last) }
    guard let history else { return "" }
    let status = UpgradeStatus(
      history, of: spec, times: times, progress: last, now: clock())
    let done = status.percent * Self.cells / 100
    let bar = String(repeating: "█", count: done) + String(repeating: "░", count: Self.cells - done)
    let titles = status.current.map { spec.step($0)?.title ?? $0 }.joined(separator: ", ")
    let note = status.note.map { ": \($0)" } ?? ""
    let left = status.remaining.map { "  about \(DurationText.of($0)) left" } ?? ""
    return SafeText.of("[\(bar)] \(status.percent)%  \(titles)\(note)\(left)")
  }

  /// Keeps how far a step is, for those who look from another terminal: not more than once a second.
  func progress(_ step: String, _ progress: StepProgress, in state: UpgradeState?, of run: RunID?) {
    let record = StepProgressRecord(step: step, progress)
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let isDue = self.state.withLock { held in
      held.last = record
      guard now.tv_sec > held.written else { return false }
      held.written = now.tv_sec
      return true
    }
    if isDue, let state, let run { record.write(in: state, of: run) }
  }

  private func line(for record: JournalRecord, _ history: RunHistory) -> String? {
    let id = record.subject ?? ""
    let title = spec.step(id)?.title ?? id
    let message = record.details["message"]?.string ?? ""
    switch record.kind {
    case .began: return "run \(history.run) of \(spec.identity.name): \(spec.identity.from) → \(spec.identity.to)"
    case .resumed: return "run \(history.run) goes on"
    case .intent:
      let attempt = record.details["attempt"]?.int ?? 1
      return "\(title) …\(attempt > 1 ? " (attempt \(attempt))" : "")"
    case .done: return "\(title): done in \(DurationText.of(history.step(id).milliseconds ?? 0))"
    case .failed: return "\(title): failed: \(message)"
    case .probed: return "\(title): looked: \(record.details["found"]?.string ?? record.details["state"]?.string ?? "")"
    case .gateVerdict:
      return "gate \(id): \(record.details["verdict"]?.string ?? ""): \(record.details["summary"]?.string ?? "")"
    case .awaiting: return "\(title) waits for `cfgmigrate upgrade approve \(id)`"
    case .approved: return "\(title) was approved by \(record.details["user"]?.string ?? "someone")"
    case .rollingBack: return "everything is taken back: \(record.details["reason"]?.string ?? "")"
    case .undone: return "\(title): taken back"
    case .kept: return "\(title): stays; the old version works beside it"
    case .undoFailed: return "\(title): could not be taken back: \(message)"
    case .notified:
      return record.details["failure"]?.string.map { "\(id) could not be told: \($0)" }
    case .paused, .ended, .preflight, .gateBegan, .gateSample, .undoIntent: return nil
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
    }
  }
}
