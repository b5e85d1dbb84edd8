package import ConfigDocument
package import ConfigStore

/// Where a run stands, from its journal and the times of its steps.
package struct UpgradeStatus: Sendable {
  package struct Line: Sendable {
    package var id: String
    package var title: String
    package var status: StepHistory.Status
    /// How long it has taken, in milliseconds; nil where it has not begun.
    package var milliseconds: Int?
    package var failure: String?
  }

  package var run: RunID
  package var phase: RunHistory.Phase
  package var isRollingBack: Bool
  package var reason: String?
  package var lines: [Line]
  /// Of a hundred, by the times of the steps.
  package var percent: Int
  /// The steps that run now.
  package var current: [String]
  /// How long it still takes, in milliseconds, side by side where steps run so; nil where it does not run.
  package var remaining: Int?
  /// What the running step last said of itself.
  package var note: String?

  /// - Parameters:
  ///   - times: how long each step takes, from the plan.
  ///   - progress: how far a running step is.
  package init(
    _ history: RunHistory, of spec: UpgradeSpec, times: [String: TimeEstimate], progress: StepProgressRecord?,
    now: Timestamp
  ) {
    run = history.run
    phase = history.phase
    isRollingBack = history.isRollingBack
    reason = history.reason
    var total = 0
    var passed = 0
    var left: [String: Int] = [:]
    var over: Set<String> = []
    var lines: [Line] = []
    for step in spec.steps {
      let known = history.step(step.id)
      let time = max(1, times[step.id]?.likely ?? 60_000)
      var taken: Int?
      if let begin = known.begin { taken = (known.end ?? now).milliseconds(since: begin) }
      var done = 0
      switch known.status {
      case .done, .kept:
        done = time
        over.insert(step.id)
      case .running:
        let share = progress.flatMap { $0.step == step.id ? $0.fraction : nil }
        // A step that takes longer than it should is never nearly done.
        done = min(time * 95 / 100, share.map { Int($0 * Double(time)) } ?? taken ?? 0)
      case .pending, .failed, .undoing, .undone, .undoFailed: break
      }
      total += time
      passed += done
      left[step.id] = time - done
      lines.append(
        Line(id: step.id, title: step.title, status: known.status, milliseconds: taken, failure: known.failure))
    }
    self.lines = lines
    current = lines.filter { $0.status == .running || $0.status == .undoing }.map(\.id)
    percent = history.phase == .ended(.completed) ? 100 : total == 0 ? 0 : min(99, passed * 100 / total)
    note = current.isEmpty ? nil : progress.flatMap { current.contains($0.step) ? $0.note : nil }
    guard history.phase == .running, !history.isRollingBack else { return }
    remaining =
      StepTimeline(spec.steps, over: over, running: current, parallelism: spec.parallelism) { left[$0] ?? 0 }.length
  }

  package var json: Value {
    var object = Object()
    object["run"] = .string(run.text)
    object["phase"] = .string(phaseName)
    object["rolling-back"] = .bool(isRollingBack)
    object["reason"] = reason.map { .string($0) }
    object["percent"] = .number(Number(percent))
    object["current"] = .array(current.map { .string($0) })
    object["remaining"] = remaining.map { .number(Number($0)) }
    object["note"] = note.map { .string($0) }
    object["steps"] = .array(
      lines.map { line in
        var object = Object()
        object["id"] = .string(line.id)
        object["title"] = .string(line.title)
        object["status"] = .string(line.status.rawValue)
        object["milliseconds"] = line.milliseconds.map { .number(Number($0)) }
        object["failure"] = line.failure.map { .string($0) }
        return .object(object)
      })
    return .object(object)
  }

  /// `running`, `paused`, `completed`, `rolled-back`, `abandoned`.
  package var phaseName: String {
    switch phase {
    case .running: isRollingBack ? "rolling-back" : "running"
    case .paused: "paused"
    case .ended(let outcome): outcome.rawValue
    }
  }
}

/// How far a running step is, for those who look from another terminal. It may be lost, and nothing depends on it.
package struct StepProgressRecord: Sendable {
  package var step: String
  package var note: String
  package var fraction: Double?

  package init(step: String, _ progress: StepProgress) {
    self.step = step
    note = progress.note
    fraction = progress.fraction
  }

  package init?(in state: UpgradeState, of run: RunID) {
    guard let directory = try? state.directoryIfPresent(of: run),
      let bytes = try? directory.readIfPresent(.progress)?.bytes,
      let object = (try? readJSON(bytes, named: "progress.json"))?.object, let step = object["step"]?.string
    else { return nil }
    self.step = step
    note = object["note"]?.string ?? ""
    fraction = object["fraction"]?.number.flatMap { Double($0.spelling) }
  }

  /// Leaves it for those who look. What fails is of no consequence.
  package func write(in state: UpgradeState, of run: RunID) {
    var object = Object()
    object["step"] = .string(step)
    object["note"] = .string(note)
    object["fraction"] = fraction.flatMap { Number("\($0)") }.map { .number($0) }
    guard let directory = try? state.directoryIfPresent(of: run) else { return }
    try? directory.replace(.progress, with: Array("\(Value.object(object))\n".utf8), durably: false)
  }
}
