package import ConfigDocument
internal import ConfigStore

/// Asks a gate until it has a verdict, and records every answer.
struct GateWatch {
  let gate: DeclaredGate
  /// What the gate belongs to: a step's ID, or `watch`.
  let owner: String
  let context: StepContext
  let journal: UpgradeJournal

  enum Ending {
    case passed
    case failed(Diagnostic)
    /// Nobody could tell, and the spec wants the run to pause then.
    case undecided(String)
  }

  private var subject: String { "\(owner)/\(gate.id)" }

  /// - Parameter isOver: where given, the gate is asked until then, and a good end is a pass.
  /// - Throws: what stopped it, or what kept the journal from being written.
  func ask(until isOver: (@Sendable () -> Bool)? = nil) throws(Diagnostic) -> Ending {
    var (series, begin) = resumed()
    if begin == nil {
      try journal.record(.gateBegan, subject)
      begin = context.environment.now()
    }
    var isFirst = series.last == nil
    while true {
      let elapsed = context.environment.now().milliseconds(since: begin!)
      if let verdict = series.verdict(isOutOfTime: elapsed >= gate.timeLimit, isOpen: isOver != nil) {
        return try conclude(verdict, series)
      }
      if !isFirst { try pause(isOver) }
      isFirst = false
      if isOver?() == true { return try conclude(.pass, series) }
      try context.stop.check()
      let sample = gate.gate.sample(context)
      // An answer that came because the gate was stopped is none.
      try context.stop.check()
      series.add(sample)
      var details = Object()
      details["verdict"] = .string(sample.verdict.rawValue)
      details["evidence"] = .string(sample.evidence)
      details["value"] = sample.value.flatMap { Number("\($0)") }.map { .number($0) }
      try journal.record(.gateSample, subject, details)
    }
  }

  private func pause(_ isOver: (@Sendable () -> Bool)?) throws(Diagnostic) {
    var left = gate.interval
    while left > 0, isOver?() != true {
      let part = min(left, 200)
      try context.sleep(milliseconds: part)
      left -= part
    }
  }

  /// What was asked before the run was cut off, since the gate was last begun.
  private func resumed() -> (GateSeries, Timestamp?) {
    var series = GateSeries(of: gate)
    var begin: Timestamp?
    for record in journal.history.records {
      if record.kind == .intent, record.subject == owner, gate.moment != .before {
        (series, begin) = (GateSeries(of: gate), nil)
      }
      guard record.subject == subject else { continue }
      switch record.kind {
      case .gateBegan: (series, begin) = (GateSeries(of: gate), record.time)
      case .gateVerdict: (series, begin) = (GateSeries(of: gate), nil)
      case .gateSample:
        guard let verdict = record.details["verdict"]?.string.flatMap(GateSample.Verdict.init(rawValue:)) else {
          continue
        }
        series.add(GateSample(verdict, record.details["evidence"]?.string ?? ""))
      default: break
      }
    }
    return (series, begin)
  }

  private func conclude(_ verdict: GateSample.Verdict, _ series: GateSeries) throws(Diagnostic) -> Ending {
    var details = Object()
    details["verdict"] = .string(verdict.rawValue)
    details["summary"] = .string(series.summary)
    if gate.observes { details["observed"] = true }
    try journal.record(.gateVerdict, subject, details)
    if gate.observes { return .passed }
    switch verdict {
    case .pass: return .passed
    case .fail: return .failed(failure("failed: \(series.summary)"))
    case .inconclusive:
      let reason = "the gate `\(gate.id)` of `\(owner)` could not tell: \(series.summary)"
      switch gate.inconclusive {
      case .pass: return .passed
      case .fail: return .failed(failure("could not tell, which counts as failed: \(series.summary)"))
      case .pause: return .undecided(reason)
      }
    }
  }

  private func failure(_ what: String) -> Diagnostic {
    Diagnostic(.gateFailed, "the gate `\(gate.id)` of `\(owner)` \(what)", at: gate.place)
  }
}

extension Diagnostic.Code {
  /// A gate found that the upgrade must not go on.
  package static let gateFailed: Self = "gate-failed"
}
