internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// A way to where the configuration really lives: a command that reads or fills a directory, or a ConfigMap by kubectl.
enum ConfigurationExchange: Sendable {
  case command(CommandDeclaration)
  case configMap(ConfigMapAddress)

  init(_ node: NodeID, of document: Document, field: String) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "`\(field)`")
    let timeLimit = try fields.optionalDuration("timeout") ?? 120_000
    let words = try fields.optionalCommand("run")
    let name = try fields.optionalText("config-map")
    let (namespace, cluster) = (try fields.optionalText("namespace"), try fields.optionalText("context"))
    let secrets = try fields.secretsByName("secrets")
    try fields.finish()
    switch (words, name) {
    case (let words?, nil):
      var command = CommandDeclaration(words, timeLimit: timeLimit)
      command.secrets = secrets
      self = .command(command)
    case (nil, let name?):
      self = .configMap(ConfigMapAddress(name: name, namespace: namespace, cluster: cluster, timeLimit: timeLimit))
    default:
      throw Diagnostic(
        .badValue, "`\(field)` has either `run` or `config-map`", at: document.place(of: node),
        hint: "Write `run: [program, \"{dir}\"]`, or `config-map: NAME`")
    }
  }

  var summary: String {
    switch self {
    case .command(let command): Command(command.words).line
    case .configMap(let address): "ConfigMap \(address.name)"
    }
  }

  /// Fills an empty directory with the configuration.
  func get(_ directory: String, _ context: StepContext) throws(Diagnostic) {
    switch self {
    case .command(let command): try Self.run(command, on: directory, context)
    case .configMap(let address): try address.get(directory, context)
    }
  }

  /// Puts a directory's configuration where it lives.
  func put(_ directory: String, _ context: StepContext) throws(Diagnostic) {
    switch self {
    case .command(let command): try Self.run(command, on: directory, context)
    case .configMap(let address): try address.put(directory, context)
    }
  }

  private static func run(_ command: CommandDeclaration, on directory: String, _ context: StepContext)
    throws(Diagnostic)
  {
    var command = command
    command.words = command.words.map { word in
      word.split(separator: "{dir}", omittingEmptySubsequences: false).joined(separator: directory)
    }
    _ = try command.requireSuccess(in: context, variables: ["CFGMIGRATE_DIRECTORY": directory])
  }
}

/// A ConfigMap whose keys are the files of a configuration set.
struct ConfigMapAddress: Sendable {
  var name: String
  var namespace: String?
  var cluster: String?
  var timeLimit: Int

  func get(_ directory: String, _ context: StepContext) throws(Diagnostic) {
    let object = try read(context)
    let folder = try OpenDirectory(directory)
    for (key, value) in object["data"]?.object?.members ?? [] {
      guard let name = FileName(key.utf8), let text = value.string else { continue }
      try folder.replaceDurably(name, with: Array(text.utf8))
    }
  }

  /// Replaces what the ConfigMap holds; the server refuses it where somebody changed it in between.
  func put(_ directory: String, _ context: StepContext) throws(Diagnostic) {
    var object = try read(context)
    var data = Object()
    let folder = try OpenDirectory(directory)
    for path in try folder.listing().files where path.names.count == 1 {
      guard let bytes = try folder.contents(at: path)?.bytes, let text = String(validating: bytes, as: UTF8.self) else {
        continue
      }
      data["\(path)"] = .string(text)
    }
    object["data"] = .object(data)
    let command = Command(
      ["kubectl"] + scope + ["replace", "-f", "-"], input: Array("\(Value.object(object))".utf8), timeLimit: timeLimit)
    _ = try run(command, context)
  }

  private var scope: [String] {
    (cluster.map { ["--context", $0] } ?? []) + (namespace.map { ["--namespace", $0] } ?? [])
  }

  private func read(_ context: StepContext) throws(Diagnostic) -> Object {
    let command = Command(
      ["kubectl"] + scope + ["get", "configmap", name, "-o", "json"], timeLimit: timeLimit, outputLimit: 4 << 20)
    let result = try run(command, context)
    guard let object = try readJSON(result.output, named: "ConfigMap \(name)").object else {
      throw Diagnostic(.commandFailed, "kubectl gave no object for the ConfigMap \(name)")
    }
    return object
  }

  private func run(_ command: Command, _ context: StepContext) throws(Diagnostic) -> CommandResult {
    let stop = context.stop
    let result = try context.programs.run(command) { stop.isRaised }
    if result.ending == .stopped { try stop.check() }
    guard result.succeeded else {
      throw Diagnostic(
        .commandFailed, "`\(command.line)` \(result.ending): \(result.lastWords())",
        hint: "Look whether kubectl reaches the cluster, and whether this user may change the ConfigMap")
    }
    return result
  }
}
