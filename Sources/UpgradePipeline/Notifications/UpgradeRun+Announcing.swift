internal import ConfigDocument
internal import ConfigStore

extension UpgradeRun {
  /// Tells those who want to know, more than once where the first try fails. What cannot be delivered is recorded, and stops
  /// nothing.
  ///
  /// - Parameter kind: what a notice speaks of: a channel that was told since the last record of this kind is not told again
  ///   by the process that goes on. Nil for what happens once in a run.
  func announce(_ event: Notice.Event, _ what: String, since kind: JournalRecord.Kind?) throws(Diagnostic) {
    for channel in spec.channels where channel.events.contains(event) && !wasTold(channel, event, since: kind) {
      let notice = Notice(event, subject: "\(spec.title) \(what)", body: body, details: details(event))
      var record = Object()
      record["event"] = .string(event.rawValue)
      if let failure = try undelivered(notice, by: channel) {
        record["failure"] = .string(engine.surroundings.secrets.hiding(failure).message)
      }
      try journal.record(.notified, channel.id, record)
    }
  }

  private func wasTold(_ channel: DeclaredChannel, _ event: Notice.Event, since kind: JournalRecord.Kind?) -> Bool {
    let records = journal.history.records
    let start = kind.flatMap { kind in records.lastIndex { $0.kind == kind } } ?? 0
    return records[start...].contains {
      $0.kind == .notified && $0.subject == channel.id && $0.details["event"]?.string == event.rawValue
    }
  }

  /// - Returns: why the notice could not be delivered; nil where it was.
  private func undelivered(_ notice: Notice, by channel: DeclaredChannel) throws(Diagnostic) -> Diagnostic? {
    let environment = engine.surroundings.environment
    var context = try engine.context(for: channel.id, run: journal.history.run, stop: StopSignal())
    while true {
      do throws(Diagnostic) {
        try channel.channel.deliver(notice, context)
        return nil
      } catch {
        guard context.attempt < channel.retry.attempts else { return error }
        context.attempt += 1
        environment.sleep(channel.retry.pause(before: context.attempt, chance: environment.random()))
      }
    }
  }

  private var body: String {
    let history = journal.history
    var lines = ["Run \(history.run) of \(spec.identity.name), \(spec.identity.from) → \(spec.identity.to)."]
    for step in spec.steps {
      let known = history.step(step.id)
      lines.append("- \(step.title): \(known.status.rawValue)\(known.failure.map { ": \($0)" } ?? "")")
    }
    return lines.joined(separator: "\n")
  }

  private func details(_ event: Notice.Event) -> Value {
    let history = journal.history
    return [
      "upgrade": .string(spec.identity.name), "from": .string(spec.identity.from), "to": .string(spec.identity.to),
      "run": .string(history.run.text), "event": .string(event.rawValue),
      "steps": .object(
        Object(spec.steps.map { (key: $0.id, value: .string(history.step($0.id).status.rawValue)) })),
    ]
  }
}
