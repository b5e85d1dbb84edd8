internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// Takes configuration sets to their new version: as one transaction each, with a backup, and with the way back.
///
/// ```yaml
/// - id: config
///   configure:
///     directory: config
///     registry: transformers
///     keep: ["settings/*.py"]                   # backed up, and restored as they are
///     took-effect: {http: "http://127.0.0.1:8080/version", contains: "2.2.0", within: 30s}
/// ```
///
/// With `export` and `import` the configuration lives elsewhere: it is fetched, transformed and validated here, and put back.
struct ConfigureStep: UpgradeStep {
  let declared: ConfigureDeclaration

  init(_ declaration: Declaration) throws(Diagnostic) { declared = try ConfigureDeclaration(declaration) }

  var traits: StepTraits {
    StepTraits(
      effects: [.configuration], reversibility: .reversible,
      locks: Set(declared.directories.map { "directory:\($0)" }))
  }

  func validate() -> [Diagnostic] { declared.faults }

  // MARK: Before

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    guard !declared.livesElsewhere else {
      return StepForecast(
        changes: ["what `\(declared.exporter?.summary ?? "")` gives, to \(declared.target)"],
        risks: [
          Risk(
            .low, "exported-configuration", "what changes is known only when the configuration is fetched",
            mitigation: "`cfgmigrate upgrade rehearse` fetches it and shows the changes")
        ])
    }
    var forecast = StepForecast()
    var bound = ""
    var details: [Value] = []
    for directory in declared.directories {
      let set = try declared.set(directory, context)
      let plan = try declared.plan(set)
      let changed = plan.summary.filesChanged
      if changed > 0 {
        forecast.changes.append(
          "\(directory): \(changed) of \(plan.summary.files) files, \(plan.from) → \(plan.to), +\(plan.summary.linesAdded) −\(plan.summary.linesRemoved) lines"
        )
      }
      forecast.risks += Self.risks(of: plan, in: directory)
      let saved = try set.save(plan)
      bound += "\(directory) \(Digest(of: Array("\(saved.value)".utf8)))\n"
      details.append([
        "directory": .string(directory), "from": .string(plan.from), "to": .string(plan.to),
        "files": .number(Number(changed)),
      ])
    }
    forecast.estimate = TimeEstimate(minimum: 500, likely: 2_000, maximum: 30_000)
    forecast.fingerprint = "\(Digest(of: Array(bound.utf8)))"
    forecast.details = .array(details)
    return forecast
  }

  /// The files of before are kept, and those of afterwards are written beside them before they take their places.
  func space(_ context: StepContext) throws(Diagnostic) -> [String: Int] {
    guard !declared.livesElsewhere else { return [:] }
    var wanted: [String: Int] = [:]
    for directory in declared.directories {
      let changed = try declared.plan(try declared.set(directory, context)).files.filter(\.isChanged)
      wanted[context.path(directory)] = changed.reduce(0) { $0 + $1.old.count + $1.new.count }
    }
    return wanted
  }

  private static func risks(of plan: Plan, in directory: String) -> [Risk] {
    var risks: [Risk] = []
    if let first = plan.validation.target.first {
      risks.append(
        Risk(.high, "invalid-configuration", "\(directory): the result would not be valid: \(first.message)"))
    }
    if let first = plan.losses.first {
      risks.append(
        Risk(
          .medium, "configuration-loss", "\(directory): \(first.sentence(isDown: plan.isDown))",
          mitigation: "The backup has it; `accept-loss: true` agrees to it"))
    }
    return risks
  }

  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for source in try directories(fetchedAs: "checked", context) {
      let directory = declared.livesElsewhere ? "the exported configuration" : source
      let plan = try declared.plan(try declared.set(source, context))
      findings += plan.validation.target.prefix(1)
      for note in plan.notes where note.level == .action && !declared.acknowledged.contains(note.code ?? "") {
        findings.append(
          Diagnostic(
            .unacknowledged, "\(directory): the plan asks for something that only you can do: \(note.message)",
            at: note.places.first, hint: "When it is done, add `acknowledge: [\(note.code ?? "")]` to the step"))
      }
      if let first = plan.losses.first, !declared.acceptsLoss {
        findings.append(
          Diagnostic(
            .unacknowledged, "\(directory): \(first.sentence(isDown: plan.isDown))", at: first.gap.place,
            hint: "`accept-loss: true` agrees to it"))
      }
    }
    return findings
  }

  func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    if declared.livesElsewhere {
      let live = try fetch("live", context)
      return try version(of: live, context) == declared.target ? .applied : .notApplied
    }
    var done: [String] = []
    var open: [String] = []
    for directory in declared.directories {
      let version = try version(of: directory, context)
      if version == declared.target { done.append(directory) } else { open.append("\(directory) is \(version)") }
    }
    if open.isEmpty { return .applied }
    if done.isEmpty { return .notApplied }
    // Each directory is a transaction of its own, and one that is done is passed over.
    return .partial(evidence: open.joined(separator: ", "), isCompletable: true)
  }

  // MARK: There

  func capture(_ context: StepContext) throws(Diagnostic) -> Value {
    if declared.livesElsewhere { try OpenDirectory(try fetch("before", context)).syncFileSystem() }
    var directories: [Value] = []
    for directory in declared.directories where !declared.livesElsewhere {
      let set = try declared.set(directory, context)
      let last = try set.history.ledger().records.last?.run.text
      let kept = try KeptFiles(declared.kept, in: context.path(directory)).save(in: context.store, as: directory)
      var object = Object()
      object["directory"] = .string(directory)
      object["version"] = .string(try version(of: directory, context))
      object["last-run"] = last.map { .string($0) }
      object["kept"] = kept
      directories.append(.object(object))
    }
    return ["directories": .array(directories)]
  }

  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    var done: [Value] = []
    if declared.livesElsewhere { return .array([try exchange(context)]) }
    for (index, directory) in declared.directories.enumerated() {
      try context.stop.check()
      context.report(StepProgress(directory, fraction: Double(index) / Double(declared.directories.count)))
      done.append(try transform(directory, named: directory, context))
    }
    return .array(done)
  }

  /// Puts the transformed configuration where it lives, if what lives there is still what it was made from.
  private func exchange(_ context: StepContext) throws(Diagnostic) -> Value {
    let store = try context.store.open().path
    let (before, work) = ("\(store)/before", "\(store)/work")
    if !StandaloneFile(before).isDirectory { _ = try fetch("before", context) }
    try DirectoryCopy.replace(work, with: before, context)
    let done = try transform(work, named: "the exported configuration", context)
    try FetchedConfiguration(in: try fetch("live", context)).checkIsMadeOf(
      FetchedConfiguration.known(to: store), hint: "Nothing was written. Take the upgrade back, and run it again")
    try declared.importer?.put(work, context)
    // Where it lives it may be kept in other words.
    _ = try fetch("after", context)
    return done
  }

  private func transform(_ directory: String, named name: String, _ context: StepContext) throws(Diagnostic) -> Value {
    let set = try declared.set(directory, context)
    _ = try set.history.recover()
    let plan = try declared.plan(set)
    let record = try set.apply(
      plan, acknowledging: Acknowledgements(codes: declared.acknowledged, acceptsLoss: declared.acceptsLoss))
    var object = Object()
    object["directory"] = .string(name)
    object["from"] = .string(plan.from)
    object["to"] = .string(plan.to)
    object["run"] = record.map { .string($0.run.text) }
    object["files"] = .number(Number(record?.files.count ?? 0))
    return .object(object)
  }

  func verify(_ context: StepContext) throws(Diagnostic) {
    for directory in try directories(fetchedAs: "live", context) {
      let found = try version(of: directory, context)
      guard found == declared.target else {
        throw Diagnostic(
          .notTakenEffect, "\(directory) is at version \(found), and not at \(declared.target)",
          hint: "Another program may be writing to it")
      }
      if let first = try declared.set(directory, context).validate().first(where: { $0.severity == .error }) {
        throw first
      }
    }
    try declared.effect?.wait(context)
  }

  // MARK: Back

  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value {
    if declared.livesElsewhere {
      let store = try context.store.open().path
      let before = "\(store)/before"
      guard StandaloneFile(before).isDirectory else { return .null }
      let live = try FetchedConfiguration(in: try fetch("live", context))
      let known = try FetchedConfiguration.known(to: store)
      if live == known.first { return ["restored": "nothing: it is what it was before"] }
      try live.checkIsMadeOf(
        known,
        hint: "Put back by hand what is to go: \(before) has the configuration of before the upgrade")
      try declared.importer?.put(before, context)
      return ["restored": "the configuration of before"]
    }
    var undone: [Value] = []
    for entry in (captured.object?["directories"]?.array ?? []).reversed() {
      guard let directory = entry.object?["directory"]?.string else { continue }
      let last = entry.object?["last-run"]?.string.flatMap { RunID($0) }
      let history = try declared.set(directory, context).history
      _ = try history.recover()
      let newer = try history.ledger().effective.filter { record in last.map { record.run > $0 } ?? true }
      for record in newer.reversed() where record.description.kind == .apply {
        let rolledBack = try declared.set(directory, context).rollback(record.run)
        undone.append([
          "directory": .string(directory), "run": .string(record.run.text),
          "back-to": .string(rolledBack.record?.description.toVersion ?? ""),
        ])
      }
      try KeptFiles(declared.kept, in: context.path(directory))
        .restore(entry.object?["kept"] ?? .null, from: context.store, environment: declared.environment(context))
    }
    return .array(undone)
  }

  func rehearse(_ context: StepContext) throws(Diagnostic) -> Value? {
    let store = try context.store.open()
    var done: [Value] = []
    for (index, directory) in try directories(fetchedAs: "rehearsal", context).enumerated() {
      var copy = directory
      if !declared.livesElsewhere {
        copy = "\(store.path)/rehearsal-\(index)"
        try DirectoryCopy.replace(copy, with: context.path(directory), context)
      }
      done.append(try transform(copy, named: directory, context))
      let findings = try declared.set(copy, context).validate().filter { $0.severity == .error }
      if let first = findings.first { throw first }
      // A way back that does not work is found here, and not when it is needed.
      _ = try declared.set(copy, context).rollback(nil)
    }
    return .array(done)
  }

  func manualUndo(_ captured: Value) -> [String] {
    declared.livesElsewhere
      ? ["Put back what is in the step's folder `before` of the run"]
      : declared.directories.map { "Run `cfgmigrate rollback \($0)`" }
  }

  // MARK: Parts

  private func version(of directory: String, _ context: StepContext) throws(Diagnostic) -> String {
    try declared.version(of: try declared.set(directory, context))
  }

  /// The directories to look at: those of the step, or the one that the configuration is fetched into.
  private func directories(fetchedAs name: String, _ context: StepContext) throws(Diagnostic) -> [String] {
    declared.livesElsewhere ? [try fetch(name, context)] : declared.directories
  }

  /// Fetches the configuration into a folder of the step's store.
  private func fetch(_ name: String, _ context: StepContext) throws(Diagnostic) -> String {
    let store = try context.store.open()
    let directory = "\(store.path)/\(name)"
    try DirectoryCopy.empty(directory, context)
    try declared.exporter?.get(directory, context)
    return directory
  }
}
