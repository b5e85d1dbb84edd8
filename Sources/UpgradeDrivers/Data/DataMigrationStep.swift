package import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
package import DataMigration
package import UpgradePipeline

/// Runs the scripts of a directory on a database.
///
/// ```yaml
/// - id: schema
///   data:
///     database: {postgresql: orders}
///     scripts: sql/2.2
///     phase: expand            # or contract, when the old version is gone
///     to: 2.2.0
///     undo: scripts            # by U scripts; without it what was added stays
/// ```
package struct DataMigrationStep: UpgradeStep {
  package let traits: StepTraits
  private let id: String
  private let place: SourcePlace
  private let database: DatabaseDeclaration
  private let scripts: String
  private let phase: ScriptHeader.Phase
  private let target: ScriptVersion?
  private let baseline: ScriptVersion?
  private let undoesByScripts: Bool
  private let history: HistoryTable
  private let lockTimeout: Int?
  private let isOutOfOrder: Bool
  private let queries: [String: String]

  private enum Undo: String, CaseIterable { case scripts, stays }

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    let document = declaration.document
    (id, place) = (declaration.id, declaration.place)
    database = try DatabaseDeclaration(fields.required("database"), of: document)
    scripts = try fields.text("scripts")
    phase = try fields.word("phase", ScriptHeader.Phase.self) ?? .expand
    target = try Self.version("to", &fields, document)
    baseline = try Self.version("baseline", &fields, document)
    undoesByScripts = try fields.word("undo", Undo.self) == .scripts
    let name = try fields.optionalText("history") ?? HistoryTable.defaultName
    guard let history = HistoryTable(name) else {
      throw Diagnostic(
        .badValue, "`history` is `\(name)`, which is no plain name of a table", at: place,
        hint: "Use letters, digits and `_`")
    }
    self.history = history
    lockTimeout = try fields.optionalDuration("lock-timeout")
    isOutOfOrder = try fields.flag("out-of-order")
    queries = try fields.textsByName("queries")
    try fields.finish()
    traits = StepTraits(
      effects: [.data],
      reversibility: phase == .contract ? .pivot : undoesByScripts ? .compensable : .additive,
      locks: [database.lock])
  }

  private static func version(
    _ field: String, _ fields: inout FieldReader, _ document: Document
  ) throws(Diagnostic) -> ScriptVersion? {
    guard let node = fields.optional(field) else { return nil }
    let text = try document.requireText(node, field: field)
    if let version = ScriptVersion(text) { return version }
    throw document.wrongType(node, field: field, wanted: "a version such as 2.1.0")
  }

  // MARK: Looking

  package func validate() -> [Diagnostic] {
    guard phase == .contract, undoesByScripts else { return [] }
    return [
      Diagnostic(
        .badValue, "the contract phase of `\(id)` has no way back, and `undo` asks for one", at: place,
        hint: "Take `undo` out: what the old version needed is gone then")
    ]
  }

  package func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    let folder = try ScriptFolder(context.path(scripts))
    let path = try MigrationPath(from: [], through: folder, to: target, phases: [phase])
    var risks: [Risk] = []
    if phase == .contract {
      risks.append(
        Risk(
          .high, "irreversible-step", "the contract phase takes away what only the old version used",
          mitigation: "Let the new version run alone for a while before it"))
    }
    return StepForecast(
      changes: path.stages.map(\.script).filter { isBehindBaseline($0) }.map(\.name.file)
        + ["on \(database.name): those of the \(phase.rawValue) phase that it has not seen"],
      risks: risks, fingerprint: Self.fingerprint(of: folder))
  }

  package func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    let migrator = try migrator(context)
    if baseline != nil, try migrator.history().isEmpty { return [] }
    _ = try migrator.path(to: target, phases: [phase])
    return []
  }

  package func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    let migrator = try migrator(context)
    let history = try migrator.history()
    if history.isEmpty { return .notApplied }
    let pending = try migrator.path(to: target, phases: [phase]).stages
    guard let next = pending.first else { return .applied }
    if let begun = next.begun {
      return .partial(
        evidence: "\(begun.script) stopped behind statement \(begun.position)", isCompletable: true)
    }
    // What earlier runs did is no part of this one.
    let ours = history.filter { $0.run == migrator.settings.run && $0.state == .done && $0.kind != .undo }
    guard !ours.isEmpty else { return .notApplied }
    return .partial(evidence: "\(ours.count) scripts ran, \(next.script.name.file) did not", isCompletable: true)
  }

  // MARK: Doing

  /// The versions that are there before.
  package func capture(_ context: StepContext) throws(Diagnostic) -> Value {
    let done = try migrator(context).history().filter { $0.kind == .versioned && $0.state == .done }
    return ["done": .array(done.compactMap { $0.version.map { .string($0.text) } })]
  }

  package func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    let migrator = try migrator(context)
    if let baseline, try migrator.history().isEmpty { try migrator.baseline(at: baseline) }
    return Self.evidence(try migrator.migrate(to: target, phases: [phase]))
  }

  package func verify(_ context: StepContext) throws(Diagnostic) {
    let pending = try migrator(context).path(to: target, phases: [phase]).stages
    guard let next = pending.first else { return }
    throw Diagnostic(
      .scriptPending, "\(next.script.name.file) has not run on \(database.name)", at: next.script.place(of: 0),
      hint: "Run the step again")
  }

  package func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value {
    guard undoesByScripts else { return ["stays": true] }
    let before = (captured.object?["done"]?.array ?? []).compactMap { $0.string.flatMap { ScriptVersion($0) } }
    let migrator = try migrator(context)
    let now = try migrator.history().filter { $0.kind == .versioned && $0.state == .done && $0.phase == phase }
    return Self.evidence(try migrator.undo(now.compactMap(\.version).filter { !before.contains($0) }))
  }

  package func rehearse(_ context: StepContext) throws(Diagnostic) -> Value? {
    let migrator = try migrator(context)
    let rehearsal = Rehearsal(
      migrator, baseline: try migrator.history().isEmpty ? baseline : nil, to: target, phases: [phase],
      queries: queries.sorted { $0.key < $1.key }.map { (name: $0.key, sql: $0.value) })
    let outcome = try rehearsal.run(
      in: context.store.open().path, programs: context.programs, isStopped: { context.stop.isRaised })
    return [
      "rows": .number(Number(outcome.rows)), "applied": Self.evidence(outcome.applied),
      "undone": Self.evidence(outcome.undone),
    ]
  }

  package func manualUndo(_ captured: Value) -> [String] {
    [
      "Look at the table \(history.name) of \(database.name), and run the U scripts of \(scripts) that are missing, newest first"
    ]
  }

  // MARK: Parts

  /// Of every script, those of the way back too: they decide what the step does.
  private static func fingerprint(of folder: ScriptFolder) -> String {
    let lines = (folder.versioned + folder.repeatable + folder.undo).map { "\($0.name.file) \($0.checksum)\n" }
    return "\(Digest(of: Array(lines.joined().utf8)))"
  }

  private func isBehindBaseline(_ script: MigrationScript) -> Bool {
    guard let baseline, let version = script.version else { return true }
    return version > baseline
  }

  /// What runs the scripts, for those who look at the history or settle it.
  package func migrator(_ context: StepContext) throws(Diagnostic) -> Migrator {
    var settings = MigrationSettings(history: history, run: "\(context.upgrade.run)/\(id)")
    if let lockTimeout { settings.lockTimeout = lockTimeout }
    settings.allowsOutOfOrder = isOutOfOrder
    var migrator = Migrator(
      database: try database.open(context), folder: try ScriptFolder(context.path(scripts)), settings: settings,
      environment: context.environment)
    migrator.report = { context.report(StepProgress($0, fraction: $1)) }
    migrator.isStopped = { context.stop.isRaised }
    return migrator
  }

  private static func evidence(_ applied: [AppliedScript]) -> Value {
    .array(
      applied.map { script in
        var object = Object()
        object["script"] = .string(script.script)
        object["statements"] = .number(Number(script.statements))
        object["milliseconds"] = .number(Number(script.milliseconds))
        if script.retries > 0 { object["retries"] = .number(Number(script.retries)) }
        if !script.notes.isEmpty { object["notes"] = .array(script.notes.map { .string($0) }) }
        return .object(object)
      })
  }
}

extension Diagnostic.Code {
  /// A script that a step was to run, and that is not in the history afterwards.
  static let scriptPending: Self = "script-pending"
}
