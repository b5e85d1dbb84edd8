internal import ConfigDocument
internal import ConfigStore

extension UpgradeRun {
  /// Tells those who want to know. What cannot be delivered is recorded, and stops nothing.
  func announce(_ event: Notice.Event, _ what: String) throws(Diagnostic) {
    for channel in spec.channels where channel.events.contains(event) {
      // A run that was cut off behind the delivery does not deliver again, while nothing else has happened since.
      if journal.history.records.last.map({
        $0.kind == .notified && $0.subject == channel.id && $0.details["event"] == .string(event.rawValue)
      }) == true {
        continue
      }
      let notice = Notice(
        event, subject: "\(spec.title) \(what)", body: body(event), details: details(event, what))
      var record = Object()
      record["event"] = .string(event.rawValue)
      let delivered = Result { () throws(Diagnostic) in
        try channel.channel.deliver(
          notice, try engine.context(for: channel.id, run: journal.history.run, stop: StopSignal()))
      }
      if case .failure(let error) = delivered {
        record["failure"] = .string(engine.surroundings.secrets.hiding(error).message)
      }
      try journal.record(.notified, channel.id, record)
    }
  }

  private func body(_ event: Notice.Event) -> String {
    let history = journal.history
    var lines = ["Run \(history.run) of \(spec.identity.name), \(spec.identity.from) → \(spec.identity.to)."]
    for step in spec.steps {
      let known = history.step(step.id)
      lines.append("- \(step.title): \(known.status.rawValue)\(known.failure.map { ": \($0)" } ?? "")")
    }
    return lines.joined(separator: "\n")
  }

  private func details(_ event: Notice.Event, _ what: String) -> Value {
    let history = journal.history
    return [
      "upgrade": .string(spec.identity.name), "from": .string(spec.identity.from), "to": .string(spec.identity.to),
      "run": .string(history.run.text), "event": .string(event.rawValue),
      "steps": .object(
        Object(spec.steps.map { (key: $0.id, value: .string(history.step($0.id).status.rawValue)) })),
    ]
  }
}
