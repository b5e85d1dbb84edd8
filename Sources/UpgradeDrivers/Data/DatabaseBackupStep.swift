internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import DataMigration
internal import UpgradePipeline

/// Writes a database to a file by its server's own tool, and proves it by reading it into a scratch database.
///
/// ```yaml
/// - id: backup
///   data: {database: {postgresql: orders}, backup: backups, increments: 6, keep: 14}
/// ```
struct DatabaseBackupStep: UpgradeStep {
  let traits: StepTraits
  private let id: String
  private let database: DatabaseDeclaration
  private let place: String
  /// How many increments may stand on a whole copy of the server; nil where each backup is a dump of the database.
  private let increments: Int?
  /// How many backups stay; nil where all do.
  private let keep: Int?

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    id = declaration.id
    database = try DatabaseDeclaration(fields.required("database"), of: declaration.document, isForBackup: true)
    place = try fields.text("backup")
    increments = try fields.optionalInteger("increments", in: 1...1_000)
    keep = try fields.optionalInteger("keep", in: 1...10_000)
    try fields.finish()
    if increments != nil, let reason = database.whyNoIncrements {
      throw Diagnostic(
        .badValue, "`\(id)` wants `increments` of \(database.name): \(reason)", at: declaration.place,
        hint: "Take `increments` out: each backup is whole then")
    }
    traits = StepTraits(effects: [.backup], reversibility: .additive, locks: [])
  }

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    var changes = ["a backup of \(database.name) in \(place), read into a scratch database to prove it"]
    if let increments {
      changes = [
        "what changed on the server of \(database.name) since the newest backup in \(place), or all of it behind \(increments) of those, proved by a server that runs on it"
      ]
    }
    if let keep {
      changes.append("backups of it in \(place) but the newest \(keep), and what those rest on, are removed")
    }
    return StepForecast(changes: changes)
  }

  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    try CopyPlace(context.path(place)).check()
    let database = try database.openStore(context)
    try database.reach()
    guard let server = database as? any IncrementalDatabase, increments != nil else { return [] }
    let findings = try server.checkCopying(by: context.programs)
    do throws(Diagnostic) { _ = try BackupChain.newest(of: database.name, in: context.path(place)) } catch {
      guard error.code == .dumpPartMissing || error.code == .dumpDamaged else { return findings }
      var finding = error
      finding.severity = .warning
      return [finding] + findings
    }
    return findings
  }

  func space(_ context: StepContext) throws(Diagnostic) -> [String: Int] {
    [context.path(place): try database.openStore(context).size(ofServer: increments != nil)]
  }

  func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    try taken(context) == nil ? .notApplied : .applied
  }

  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    if let backup = try taken(context) { return .object(evidence(backup)) }
    // An attempt that was cut off left no manifest: it is no backup.
    StandaloneFile("\(path(context))/dump").removeIfPresent()
    let database = try database.openStore(context)
    _ = try CopyPlace(context.path(place)).open()
    let backup = try take(of: database, context)
    var seen = evidence(backup)
    if let keep {
      let removed = try BackupRetention(keeping: keep).apply(to: context.path(place), of: database.name)
      seen["removed"] = .array(removed.map { .string($0) })
    }
    return .object(seen)
  }

  private func take(of database: any DumpableStore, _ context: StepContext) throws(Diagnostic) -> DatabaseBackup {
    let isStopped = { context.stop.isRaised }
    if let increments, let server = database as? any IncrementalDatabase {
      return try DatabaseBackup(
        ofServerOf: server, increments: increments, named: name(context), in: context.path(place),
        environment: context.environment, programs: context.programs, isStopped: isStopped)
    }
    return try DatabaseBackup(
      of: database, named: name(context), in: context.path(place), environment: context.environment,
      programs: context.programs, isStopped: isStopped)
  }

  func verify(_ context: StepContext) throws(Diagnostic) {
    guard let backup = try taken(context) else {
      throw Diagnostic(.dumpDamaged, "there is no backup in \(path(context))", hint: "Run the step again")
    }
    try BackupChain(endingWith: backup).checkDigests()
  }

  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value { ["stays": true] }

  // MARK: Parts

  private func name(_ context: StepContext) -> FileName { Self.folder(of: context, id: id) }

  /// The folder of a run's step, wherever copies are kept.
  static func folder(of context: StepContext, id: String) -> FileName {
    let run = context.upgrade.run.isEmpty ? "no-run" : context.upgrade.run
    return FileName("\(run)-\(id)".utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "-") : $0 })
      ?? FileName(known: "backup")
  }

  private func path(_ context: StepContext) -> String { "\(context.path(place))/\(name(context))" }

  private func taken(_ context: StepContext) throws(Diagnostic) -> DatabaseBackup? {
    guard StandaloneFile("\(path(context))/manifest.json").isFile else { return nil }
    return try DatabaseBackup(in: path(context))
  }

  private func evidence(_ backup: DatabaseBackup) -> Object {
    var object = Object()
    object["directory"] = .string(backup.directory)
    object["bytes"] = .number(Number(backup.manifest.size))
    object["digest"] = .string("\(backup.manifest.digest)")
    object["rows"] = .number(Number(backup.manifest.contents.rowsBefore.reduce(0) { $0 + $1.rows }))
    object["since"] = backup.manifest.link?.predecessor.map { .string($0.name) }
    object["whole-because"] = backup.manifest.link?.reason.map { .string($0) }
    return object
  }
}
