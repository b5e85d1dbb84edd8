package import ConfigDocument
package import ConfigStore

/// The facts of a run, for those who ask afterwards what happened: nothing is judged, everything is from the journal.
package struct UpgradeReport: Sendable {
  package struct Event: Sendable {
    package var time: Timestamp
    package var text: String
  }
  package struct Step: Sendable {
    package var id: String
    package var title: String
    package var status: StepHistory.Status
    package var attempts: Int
    package var milliseconds: Int?
    package var evidence: Value
    package var failure: String?
  }
  package struct GateLine: Sendable {
    package var gate: String
    package var verdict: String
    package var samples: [(time: Timestamp, verdict: String, evidence: String)]
  }

  package var title: String
  package var identity: UpgradeIdentity
  package var outcome: String
  package var begin: Timestamp?
  package var end: Timestamp?
  package var user: String
  package var cause: String?
  package var preflight: [(id: String, verdict: String, found: String)]
  package var accepted: [String]
  package var windowReason: String?
  package var steps: [Step]
  package var timeline: [Event]
  package var gates: [GateLine]
  package var undone: [String]
  package var kept: [String]
  /// What a person still has to do, a sentence each.
  package var remaining: [String]

  package init(_ history: RunHistory, spec: UpgradeSpec) {
    title = spec.title
    identity = spec.identity
    identity.run = history.run.text
    begin = history.begin
    end = history.records.last?.time
    user = history.beginning?.details["user"]?.string ?? ""
    windowReason = history.beginning?.details["window-reason"]?.string
    let firstFailure = history.records.first {
      $0.kind == .failed || ($0.kind == .gateVerdict && $0.details["verdict"] == "fail")
    }
    cause = firstFailure.map {
      "\($0.subject ?? ""): \($0.details["message"]?.string ?? $0.details["summary"]?.string ?? "")"
    }
    outcome =
      switch history.phase {
      case .ended(let outcome): outcome.rawValue
      case .paused: "paused"
      case .running: history.isRollingBack ? "rolling back" : "running, or cut off"
      }
    let checked = history.records.first { $0.kind == .preflight }?.details
    preflight = (checked?["results"]?.array ?? []).map { entry in
      let object = entry.object
      return (object?["id"]?.string ?? "", object?["verdict"]?.string ?? "", object?["found"]?.string ?? "")
    }
    accepted = (checked?["accepted"]?.array ?? []).compactMap(\.string)
    steps = spec.steps.map { step in
      let known = history.step(step.id)
      return Step(
        id: step.id, title: step.title, status: known.status, attempts: known.attempts,
        milliseconds: known.milliseconds,
        evidence: known.evidence, failure: known.failure)
    }
    timeline = history.records.compactMap { record in Self.text(of: record).map { Event(time: record.time, text: $0) } }
    gates = Self.gates(history)
    undone = history.order.filter { history.step($0).status == .undone }
    kept = history.order.filter { history.step($0).status == .kept }
    remaining = Self.remaining(history, spec)
  }

  private static func gates(_ history: RunHistory) -> [GateLine] {
    var out: [GateLine] = []
    for record in history.records {
      guard let gate = record.subject else { continue }
      switch record.kind {
      case .gateBegan: out.append(GateLine(gate: gate, verdict: "none yet", samples: []))
      case .gateSample:
        guard let index = out.lastIndex(where: { $0.gate == gate }) else { continue }
        out[index].samples.append(
          (record.time, record.details["verdict"]?.string ?? "", record.details["evidence"]?.string ?? ""))
      case .gateVerdict:
        guard let index = out.lastIndex(where: { $0.gate == gate }) else { continue }
        out[index].verdict = record.details["verdict"]?.string ?? ""
      default: break
      }
    }
    return out
  }

  private static func remaining(_ history: RunHistory, _ spec: UpgradeSpec) -> [String] {
    var out: [String] = []
    for step in spec.steps {
      let known = history.step(step.id)
      switch known.status {
      case .undoFailed:
        out.append("`\(step.id)` could not be taken back: \(known.failure ?? "")")
        out += known.manualSteps
      case .running where history.phase != .running: out.append("See what state `\(step.id)` is in")
      default: break
      }
    }
    switch history.phase {
    case .ended(.completed): out += spec.validations
    case .ended: break
    case .paused, .running:
      out.append("Go on (`cfgmigrate upgrade resume`) or take it back (`cfgmigrate upgrade rollback`)")
    }
    return out
  }

  private static func text(of record: JournalRecord) -> String? {
    let subject = record.subject ?? ""
    let detail = { (key: String) in record.details[key]?.string ?? "" }
    switch record.kind {
    case .began: return "begun by \(detail("user"))"
    case .resumed: return "gone on with by \(detail("user"))"
    case .preflight: return "checks passed"
    case .intent: return "\(subject): attempt \(record.details["attempt"]?.int ?? 1)"
    case .done: return "\(subject): done"
    case .failed: return "\(subject): failed: \(detail("message"))"
    case .probed:
      return "\(subject): found \(detail("state"))\(record.details["said-by"]?.string.map { ", says \($0)" } ?? "")"
    case .gateVerdict: return "gate \(subject): \(detail("verdict")): \(detail("summary"))"
    case .awaiting: return "\(subject): waits for approval"
    case .approved: return "\(subject): approved by \(detail("user"))"
    case .rollingBack: return "taken back from here: \(detail("reason"))"
    case .undone: return "\(subject): taken back"
    case .kept: return "\(subject): stays"
    case .undoFailed: return "\(subject): could not be taken back: \(detail("message"))"
    case .notified:
      return record.details["failure"]?.string.map { "\(subject): could not be told (\(detail("event"))): \($0)" }
        ?? "\(subject): told (\(detail("event")))"
    case .paused: return "paused: \(detail("reason"))"
    case .ended: return "over: \(detail("outcome"))"
    case .gateBegan, .gateSample, .undoIntent: return nil
    }
  }
}
