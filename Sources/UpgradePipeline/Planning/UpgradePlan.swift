package import ConfigDocument
package import ConfigStore

/// What an upgrade will do, how long it takes, what may go wrong, and what is to be done around it.
package struct UpgradePlan: Sendable {
  package struct Item: Sendable {
    package var id: String
    package var title: String
    package var component: String?
    package var kind: String
    package var reversibility: Reversibility
    package var changes: [String]
    package var time: TimeEstimate
    /// Where the estimate is from.
    package var source: Source
    package var needsApproval: Bool
    package var details: Value
  }

  package enum Source: String, Sendable {
    /// Runs of before, on this machine.
    case history
    /// The spec's `estimate`.
    case spec
    /// The step's own idea.
    case step
    /// Nobody knows: a minute is taken.
    case guess
  }

  package var identity: UpgradeIdentity
  package var title: String
  package var digest: Digest
  package var items: [Item]
  package var preparation: TimeEstimate
  package var validation: TimeEstimate
  package var risks: [Risk]
  package var resources: [String]
  package var validations: [String]
  /// Why it may not begin at the moment that was asked for; nil where it may.
  package var objection: String?
  /// When it may begin next, where the window says.
  package var nextOpening: Timestamp?
  package var announcements: [Announcement]
  /// The steps in the order in which they would be taken back, before the first one without a way back.
  package var wayBack: [String]

  /// A share that is added to every length, in hundredths.
  package static let buffer = 30

  /// All of it, with the buffer.
  package var total: TimeEstimate {
    let times = [preparation, validation] + items.map(\.time)
    func buffered(_ sum: Int) -> Int { sum + sum * Self.buffer / 100 }
    return TimeEstimate(
      minimum: buffered(times.reduce(0) { $0 + $1.minimum }), likely: buffered(times.reduce(0) { $0 + $1.likely }),
      maximum: buffered(times.reduce(0) { $0 + $1.maximum }))
  }

  /// How long the way back takes from the worst moment: when the last step with a way back has just been done.
  package var timeToRollback: TimeEstimate {
    let reversible = items.filter { wayBack.contains($0.id) }
    return TimeEstimate(
      minimum: reversible.reduce(0) { $0 + $1.time.minimum }, likely: reversible.reduce(0) { $0 + $1.time.likely },
      maximum: reversible.reduce(0) { $0 + $1.time.maximum })
  }
}

extension UpgradePlan {
  /// Plans an upgrade. Reads this machine, asks no server, changes nothing.
  /// - Parameters:
  ///   - begin: when it is to begin.
  ///   - earlier: the runs of before, for their times.
  package init(
    _ spec: UpgradeSpec, _ surroundings: UpgradeEngine.Surroundings, at begin: Timestamp, earlier: [RunHistory]
  ) throws(Diagnostic) {
    let scratch = try OpenDirectory(spec.directory, in: surroundings.fileSystem)
    var items: [Item] = []
    var risks: [Risk] = []
    for step in spec.steps {
      let context = StepContext(
        upgrade: spec.identity, id: step.id, directory: spec.directory,
        store: StepStore(in: scratch, [.upgradeState, FileName(known: spec.identity.name), FileName(known: step.id)]),
        environment: surroundings.environment, programs: surroundings.programs, secrets: surroundings.secrets)
      let forecast = try step.step.plan(context)
      let (time, source) = Self.time(of: step, forecast, earlier)
      items.append(
        Item(
          id: step.id, title: step.title, component: step.component, kind: step.kind,
          reversibility: step.step.traits.reversibility, changes: forecast.changes, time: time, source: source,
          needsApproval: step.needsApproval, details: forecast.details))
      risks += forecast.risks
      if step.step.traits.reversibility == .pivot {
        risks.append(
          Risk(
            .high, "irreversible-step", "there is no way back from `\(step.id)` on",
            mitigation: "Let it come last, and have it approved (`approve: true`)"))
      }
      if step.step.traits.effects.contains(.traffic) && step.gates.isEmpty {
        risks.append(
          Risk(
            .medium, "ungated-traffic", "`\(step.id)` moves traffic, and no gate looks at what becomes of it",
            mitigation: "Give it a gate"))
      }
    }
    identity = spec.identity
    title = spec.title
    digest = spec.digest
    self.items = items
    preparation = spec.preparation ?? TimeEstimate(minimum: 0, likely: 0, maximum: 0)
    validation = spec.validation ?? TimeEstimate(minimum: 0, likely: 0, maximum: 0)
    resources = spec.resources
    validations = spec.validations
    wayBack = Self.wayBack(spec)
    announcements = []
    self.risks = []
    let length = total.maximum
    objection = spec.window?.objection(at: begin, for: length)
    nextOpening = objection == nil ? nil : spec.window?.nextOpening(from: begin, for: length)
    if let objection {
      risks.append(Risk(.medium, "off-window", objection, mitigation: nextOpening.map { "The next opening is \($0)" }))
    }
    if items.contains(where: { $0.source == .guess }) {
      risks.append(
        Risk(
          .low, "unknown-time", "for some steps nobody knows how long they take: a minute is taken for each",
          mitigation: "Give them an `estimate`, or rehearse"))
    }
    if spec.channels.isEmpty {
      risks.append(Risk(.low, "nobody-told", "nobody is told when it fails", mitigation: "Add `notify`"))
    }
    let order: [Risk.Level] = [.high, .medium, .low]
    self.risks = order.flatMap { level in risks.filter { $0.level == level } }
    announcements = Announcement.all(of: spec, begin: begin, length: length)
  }

  private static func time(
    of step: DeclaredStep, _ forecast: StepForecast, _ earlier: [RunHistory]
  ) -> (TimeEstimate, Source) {
    let known = earlier.compactMap { run in run.step(step.id).status == .done ? run.step(step.id).milliseconds : nil }
      .sorted()
    if known.count >= 3 {
      let share = { (percent: Int) in known[min(known.count - 1, known.count * percent / 100)] }
      return (TimeEstimate(minimum: known[0], likely: share(50), maximum: share(90)), .history)
    }
    if let estimate = step.estimate { return (estimate, .spec) }
    if let estimate = forecast.estimate { return (estimate, .step) }
    return (TimeEstimate(minimum: 1_000, likely: 60_000, maximum: 300_000), .guess)
  }

  private static func wayBack(_ spec: UpgradeSpec) -> [String] {
    var before: [DeclaredStep] = []
    for step in spec.steps {
      if step.step.traits.reversibility == .pivot { break }
      before.append(step)
    }
    let undone = before.filter { [.reversible, .compensable].contains($0.step.traits.reversibility) }.reversed()
    return undone.filter { $0.step.traits.effects.contains(.traffic) }.map(\.id)
      + undone.filter { !$0.step.traits.effects.contains(.traffic) }.map(\.id)
  }
}
