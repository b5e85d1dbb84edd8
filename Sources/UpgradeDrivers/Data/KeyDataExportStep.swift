internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import DataMigration
internal import UpgradePipeline

/// Keeps what named queries and commands give beside the backups, counted.
///
/// ```yaml
/// - id: key-data
///   data:
///     database: {postgresql: orders}
///     export: exports
///     queries: {permissions: "SELECT role, object, action FROM permissions ORDER BY 1, 2, 3"}
///     commands: {dashboards: {run: [./dashboards.sh], count: [./dashboards.sh, --count]}}
/// ```
struct KeyDataExportStep: UpgradeStep {
  let traits: StepTraits
  private let id: String
  /// Whose the queries are.
  private let database: DatabaseDeclaration
  private let place: String
  private let queries: [String: String]
  private let commands: [KeyDataCommand]

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    id = declaration.id
    database = try DatabaseDeclaration(fields.required("database"), of: declaration.document)
    place = try fields.text("export")
    queries = try fields.textsByName("queries")
    commands = try KeyDataCommand.all("commands", &fields)
    try fields.finish()
    let names = queries.keys + commands.map(\.name)
    guard !names.isEmpty, Set(names).count == names.count else {
      throw Diagnostic(
        .badValue, names.isEmpty ? "`\(id)` exports nothing" : "two exports of `\(id)` have one name",
        at: declaration.place, hint: "Name what is kept in `queries` and `commands`, each once")
    }
    traits = StepTraits(effects: [.backup], reversibility: .additive)
  }

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    StepForecast(
      changes: queries.keys.sorted().map { "\(place)/…/\($0).jsonl from \(database.name)" }
        + commands.map { "\(place)/…/\($0.name).jsonl from \($0.line)" })
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
    var export = KeyDataExport()
    let opened = try database.open(context)
    try export.add(
      queries.sorted { $0.key < $1.key }.map { (name: $0.key, sql: $0.value) }, from: opened,
      isStopped: { context.stop.isRaised })
    for command in commands { export.parts.append(try command.part(context)) }
    try export.write(to: directory, from: opened.name, at: context.environment.now())
    return .object(Object(export.parts.map { ($0.name, .number(Number($0.count))) }))
  }

  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value { ["stays": true] }

  private func name(_ context: StepContext) -> FileName { DatabaseBackupStep.folder(of: context, id: id) }
}
