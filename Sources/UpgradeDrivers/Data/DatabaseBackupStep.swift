internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import DataMigration
internal import UpgradePipeline

/// Writes a database to a file by its server's own tool, and proves it by reading it into a scratch database.
///
/// ```yaml
/// - id: backup
///   data: {database: {postgresql: orders}, backup: backups}
/// ```
struct DatabaseBackupStep: UpgradeStep {
  let traits: StepTraits
  private let id: String
  private let database: DatabaseDeclaration
  private let place: String

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    id = declaration.id
    database = try DatabaseDeclaration(fields.required("database"), of: declaration.document, isForBackup: true)
    place = try fields.text("backup")
    try fields.finish()
    traits = StepTraits(effects: [.backup], reversibility: .additive, locks: [])
  }

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    StepForecast(changes: ["a backup of \(database.name) in \(place), read into a scratch database to prove it"])
  }

  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    try CopyPlace(context.path(place)).check()
    try database.openStore(context).reach()
    return []
  }

  func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    try taken(context) == nil ? .notApplied : .applied
  }

  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    if let backup = try taken(context) { return evidence(backup) }
    // An attempt that was cut off left no manifest: it is no backup.
    StandaloneFile("\(path(context))/dump").removeIfPresent()
    let database = try database.openStore(context)
    _ = try CopyPlace(context.path(place)).open()
    return evidence(
      try DatabaseBackup(
        of: database, named: name(context), in: context.path(place), environment: context.environment,
        programs: context.programs, isStopped: { context.stop.isRaised }))
  }

  func verify(_ context: StepContext) throws(Diagnostic) {
    guard let backup = try taken(context) else {
      throw Diagnostic(.dumpDamaged, "there is no backup in \(path(context))", hint: "Run the step again")
    }
    let (digest, _) = try Digest.ofFile(backup.dumpPath)
    guard digest == backup.manifest.digest else {
      throw Diagnostic(
        .dumpDamaged, "\(backup.dumpPath) is not what was written",
        hint: "Look for a failing disk, and take a new backup")
    }
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

  private func evidence(_ backup: DatabaseBackup) -> Value {
    [
      "directory": .string(backup.directory), "bytes": .number(Number(backup.manifest.size)),
      "digest": .string("\(backup.manifest.digest)"),
      "rows": .number(Number(backup.manifest.contents.rowsBefore.reduce(0) { $0 + $1.rows })),
    ]
  }
}
