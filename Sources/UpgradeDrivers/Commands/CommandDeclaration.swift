package import ConfigDocument
internal import ConfigMigration
package import ConfigStore
package import UpgradePipeline

/// A command of a spec: a list of words, or a mapping with `command` and what surrounds it.
package struct CommandDeclaration: Sendable {
  package var words: [String]
  /// From the directory of the spec; nil for that directory.
  package var directory: String?
  package var variables: [String: String] = [:]
  package var secrets: [String: SecretSource] = [:]
  /// In milliseconds.
  package var timeLimit: Int
  /// In bytes; more is an error.
  package var outputLimit = 1 << 20
  /// Whether of a long output only the last part is wanted.
  package var keepsTail = false

  package init(_ words: [String], directory: String? = nil, timeLimit: Int) {
    self.words = words
    self.directory = directory
    self.timeLimit = timeLimit
  }

  package init(_ declaration: Declaration, timeLimit: Int) throws(Diagnostic) {
    let document = declaration.document
    if document.kind(of: document.resolved(declaration.node)) == .sequence {
      self.init(try document.requireTexts(declaration.node, field: declaration.kind), timeLimit: timeLimit)
      return
    }
    var fields = try declaration.fields()
    self.init(
      try fields.command("command"), directory: try fields.optionalText("directory"),
      timeLimit: try fields.optionalDuration("timeout") ?? timeLimit)
    variables = try fields.textsByName("variables")
    secrets = try fields.secretsByName("secrets")
    try fields.finish()
  }

  /// The same, with only the last part of a long output.
  var keepingTail: CommandDeclaration {
    var copy = self
    copy.keepsTail = true
    return copy
  }

  /// The command as it is run: with its secrets, and with what says which upgrade it belongs to.
  package func command(
    in context: StepContext, input: [UInt8] = [], variables more: [String: String] = [:]
  ) throws(Diagnostic) -> Command {
    var all = variables
    for (name, source) in secrets { all[name] = try context.secrets.read(source, in: context.directory) }
    all["CFGMIGRATE_UPGRADE"] = context.upgrade.name
    all["CFGMIGRATE_FROM"] = context.upgrade.from
    all["CFGMIGRATE_TO"] = context.upgrade.to
    all["CFGMIGRATE_RUN"] = context.upgrade.run
    all["CFGMIGRATE_STEP"] = context.id
    all["CFGMIGRATE_ATTEMPT"] = String(context.attempt)
    all.merge(more) { _, new in new }
    var command = Command(
      words, in: directory.map { context.path($0) } ?? context.directory, variables: all, input: input,
      timeLimit: timeLimit, outputLimit: outputLimit)
    command.keepsTail = keepsTail
    return command
  }

  /// Runs it until it ends, its time is over, or the step is stopped.
  /// - Throws: what stopped the step; `command-missing`, `secret-missing`.
  package func run(
    in context: StepContext, input: [UInt8] = [], variables: [String: String] = [:]
  ) throws(Diagnostic) -> CommandResult {
    let stop = context.stop
    let result = try context.programs.run(try command(in: context, input: input, variables: variables)) {
      stop.isRaised
    }
    if result.ending == .stopped { try stop.check() }
    return result
  }

  /// - Throws: `command-failed` where it does not end with 0.
  package func requireSuccess(
    in context: StepContext, input: [UInt8] = [], variables: [String: String] = [:], place: SourcePlace? = nil
  ) throws(Diagnostic) -> CommandResult {
    let result = try run(in: context, input: input, variables: variables)
    guard result.succeeded else { throw failure(result, at: place) }
    return result
  }

  package func failure(_ result: CommandResult, at place: SourcePlace?) -> Diagnostic {
    let said = result.lastWords()
    let limit = result.ending == .timedOut ? " (\(timeLimit / 1_000) s)" : ""
    return Diagnostic(
      .commandFailed, "`\(Command(words).line)` \(result.ending)\(limit)\(said.isEmpty ? "" : ": \(said)")", at: place,
      hint: "Run it by hand in \(directory ?? "the directory of the spec") to see all that it says")
  }
}

extension Diagnostic.Code {
  /// A command of a spec ended with another status than 0, by a signal, or not in time.
  package static let commandFailed: Self = "command-failed"
}
