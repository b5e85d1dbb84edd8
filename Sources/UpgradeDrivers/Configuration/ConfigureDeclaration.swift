internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// What a spec says of a configuration step.
struct ConfigureDeclaration: Sendable {
  var directories: [String] = []
  /// The version to go to.
  var target: String
  var from: String?
  var product: String?
  var registries: [String] = []
  var acknowledged: Set<String> = []
  var acceptsLoss = false
  /// Patterns of files that are no part of the set and go back with it.
  var kept: [FileGlob] = []
  var exporter: ConfigurationExchange?
  var importer: ConfigurationExchange?
  var effect: TookEffect?
  private let place: SourcePlace
  private let id: String

  var livesElsewhere: Bool { exporter != nil }

  init(_ declaration: Declaration) throws(Diagnostic) {
    let document = declaration.document
    var fields = try declaration.fields()
    id = declaration.id
    place = declaration.place
    if let directory = try fields.optionalText("directory") { directories.append(directory) }
    directories += try fields.texts("directories")
    target = try fields.optionalText("to") ?? declaration.upgrade.to
    from = try fields.optionalText("from")
    product = try fields.optionalText("product") ?? declaration.upgrade.product
    if let node = fields.optional("registry") {
      registries =
        document.kind(of: document.resolved(node)) == .sequence
        ? try document.requireTexts(node, field: "registry") : [try document.requireText(node, field: "registry")]
    }
    acknowledged = Set(try fields.texts("acknowledge"))
    acceptsLoss = try fields.flag("accept-loss")
    kept = try fields.texts("keep").map { FileGlob($0) }
    if let node = fields.optional("export") {
      exporter = try ConfigurationExchange(node, of: document, field: "export")
    }
    if let node = fields.optional("import") {
      importer = try ConfigurationExchange(node, of: document, field: "import")
    }
    if let node = fields.optional("took-effect") { effect = try TookEffect(node, of: document) }
    try fields.finish()
  }

  var faults: [Diagnostic] {
    func fault(_ message: String, _ hint: String) -> [Diagnostic] {
      [Diagnostic(.badValue, message, at: place, hint: hint)]
    }
    if (exporter == nil) != (importer == nil) {
      return fault(
        "`\(id)` has `export` without `import`, or the other way round", "What is fetched is put back: write both")
    }
    if exporter == nil, directories.isEmpty {
      return fault(
        "`\(id)` does not say where the configuration is", "Write `directory: PATH`, or `export` and `import`")
    }
    if exporter != nil, !directories.isEmpty {
      return fault(
        "`\(id)` has directories and `export`",
        "The exported configuration has a directory of its own: leave the others to another step")
    }
    return []
  }

  // MARK: The library

  func environment(_ context: StepContext) -> RunEnvironment {
    var environment = context.environment
    environment.command = "\(context.environment.command) (\(context.upgrade.name), step \(context.id))"
    return environment
  }

  func set(_ directory: String, _ context: StepContext) throws(Diagnostic) -> ConfigurationDirectory {
    try ConfigurationDirectory(
      context.path(directory), product: product,
      products: ProductPath.ofThisMachine(registries: registries.map { context.path($0) }),
      environment: environment(context), patience: 10_000)
  }

  func plan(_ set: ConfigurationDirectory) throws(Diagnostic) -> Plan {
    try namingVersion { (from) throws(Diagnostic) in try set.plan(to: target, from: from) }
  }

  func version(of set: ConfigurationDirectory) throws(Diagnostic) -> String {
    let files = try set.load()
    return try namingVersion { (from) throws(Diagnostic) in try set.version(of: files, named: from).version.label }
  }

  /// A set that has gone its way says its version, and `from` is for one that does not.
  private func namingVersion<Answer>(_ ask: (String?) throws(Diagnostic) -> Answer) throws(Diagnostic) -> Answer {
    do throws(Diagnostic) { return try ask(from) } catch {
      guard error.code == .versionMixed, from != nil else { throw error }
      return try ask(nil)
    }
  }
}
