internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import DataMigration
internal import UpgradePipeline

/// Keeps the rows of named queries beside the backups, counted.
///
/// ```yaml
/// - id: key-data
///   data:
///     database: {postgresql: orders}
///     export: exports
///     queries: {permissions: "SELECT role, object, action FROM permissions ORDER BY 1, 2, 3"}
/// ```
struct KeyDataExportStep: UpgradeStep {
  let traits: StepTraits
  private let id: String
  private let database: DatabaseDeclaration
  private let place: String
  private let queries: [String: String]

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    id = declaration.id
    database = try DatabaseDeclaration(fields.required("database"), of: declaration.document)
    place = try fields.text("export")
    _ = try fields.required("queries")
    queries = try fields.textsByName("queries")
    try fields.finish()
    traits = StepTraits(effects: [.backup], reversibility: .additive)
  }

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    StepForecast(changes: queries.keys.sorted().map { "\(place)/…/\($0).jsonl from \(database.name)" })
  }

  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    try CopyPlace(context.path(place)).check()
    try database.open(context).reach()
    return []
  }

  func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    let manifest = "\(context.path(place))/\(name(context))/manifest.json"
    return StandaloneFile(manifest).isFile ? .applied : .notApplied
  }

  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    guard try probe(context) != .applied else { return ["there": true] }
    let directory = try CopyPlace(context.path(place)).open().makeSubdirectory(name(context), mode: 0o700)
    let counts = try KeyDataExport(queries.sorted { $0.key < $1.key }.map { (name: $0.key, sql: $0.value) }).write(
      from: database.open(context), to: directory, at: context.environment.now(),
      isStopped: { context.stop.isRaised })
    return .object(Object(counts.map { ($0.table, .number(Number($0.rows))) }))
  }

  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value { ["stays": true] }

  private func name(_ context: StepContext) -> FileName { DatabaseBackupStep.folder(of: context, id: id) }
}
