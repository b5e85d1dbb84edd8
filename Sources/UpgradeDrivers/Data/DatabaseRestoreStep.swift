internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import DataMigration
internal import UpgradePipeline

/// Puts a database back to a backup. Nothing else in an upgrade does that: what was written since is lost, so a person
/// decides with the length of that time before their eyes.
///
/// ```yaml
/// - id: restore
///   approve: true
///   data: {database: {postgresql: orders}, restore: backups/2026-11-21-backup, accept-loss: true}
/// ```
struct DatabaseRestoreStep: UpgradeStep {
  let traits: StepTraits
  private let id: String
  private let place: SourcePlace
  private let database: DatabaseDeclaration
  private let backup: String
  private let acceptsLoss: Bool

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    (id, place) = (declaration.id, declaration.place)
    database = try DatabaseDeclaration(fields.required("database"), of: declaration.document)
    backup = try fields.text("restore")
    acceptsLoss = try fields.flag("accept-loss")
    try fields.finish()
    traits = StepTraits(effects: [.data], reversibility: .pivot, locks: [database.lock])
  }

  func validate() -> [Diagnostic] {
    guard !acceptsLoss else { return [] }
    return [
      Diagnostic(
        .restoreUnaccepted, "`\(id)` replaces \(database.name) by a backup: what was written since is lost", at: place,
        hint: "Write `accept-loss: true` and `approve: true` where that is meant")
    ]
  }

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    let taken = try DatabaseBackup(in: context.path(backup))
    let loss = taken.lossWindow(at: context.environment.now())
    return StepForecast(
      changes: ["\(database.name) is replaced by \(backup)", loss],
      risks: [Risk(.high, "data-loss", loss, mitigation: "Export what was written since, or go forward instead")])
  }

  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    let loss = try DatabaseBackup(in: context.path(backup)).lossWindow(at: context.environment.now())
    return [Diagnostic(.dataLoss, loss, severity: .warning, at: place)]
  }

  func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    try context.store.read(Self.doneName) == nil ? .notApplied : .applied
  }

  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    if let done = try context.store.read(Self.doneName), done == Array(token.text.utf8) { return ["restored": true] }
    let taken = try DatabaseBackup(in: context.path(backup))
    let loss = taken.lossWindow(at: context.environment.now())
    let database = try database.open(context)
    try taken.restore(
      into: database, environment: context.environment, programs: context.programs,
      isStopped: { context.stop.isRaised })
    try context.store.write(Array(token.text.utf8), as: Self.doneName)
    return ["restored": true, "loss": .string(loss)]
  }

  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value { ["stays": true] }

  private static let doneName = FileName(known: "restored")
}

extension Diagnostic.Code {
  /// A restore that does not say that what is lost is accepted.
  static let restoreUnaccepted: Self = "restore-unaccepted"
  static let dataLoss: Self = "data-loss"
}
