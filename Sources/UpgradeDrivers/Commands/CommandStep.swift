internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// A step that commands do: `run`, and `deploy`, which is the same with another effect.
///
/// ```yaml
/// - id: workers
///   deploy:
///     capture: [cat, workers/VERSION]
///     apply: [./deploy.sh, 2.2.0]
///     probe: [./deployed.sh, 2.2.0]     # 0 it is there, 1 it is not, 2 a part of it is
///     verify: [curl, -fsS, http://127.0.0.1:8080/health]
///     undo: [./deploy.sh, --from-input] # gets what capture printed on its standard input
/// ```
struct CommandStep: UpgradeStep {
  let traits: StepTraits
  private let commands: [Role: CommandDeclaration]
  private let isRepeatable: Bool
  private let manual: [String]
  private let id: String
  private let place: SourcePlace

  private enum Role: String, CaseIterable { case apply, probe, check, capture, verify, undo, rehearse }

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    id = declaration.id
    place = declaration.place
    let directory = try fields.optionalText("directory")
    let variables = try fields.textsByName("variables")
    let secrets = try fields.secretsByName("secrets")
    var commands: [Role: CommandDeclaration] = [:]
    _ = try fields.required("apply")
    for role in Role.allCases {
      guard let words = try fields.optionalCommand(role.rawValue) else { continue }
      // The step's own time limit counts; a command needs none of its own.
      var command = CommandDeclaration(words, directory: directory, timeLimit: 7 * 86_400_000)
      (command.variables, command.secrets) = (variables, secrets)
      // What is captured is needed whole.
      command.keepsTail = role != .capture
      commands[role] = command
    }
    self.commands = commands
    isRepeatable = try fields.flag("repeatable")
    manual = try fields.texts("manual")
    var effects: Set<StepEffect> = []
    for node in try fields.optionalList("effects") ?? [] {
      effects.insert(try declaration.document.requireWord(node, field: "effects", StepEffect.self))
    }
    let way = try fields.word("way-back", WayBack.self)
    let locks = Set(try fields.texts("locks"))
    try fields.finish()
    traits = StepTraits(
      effects: effects.isEmpty ? [.deployment] : effects, reversibility: (way ?? .compensates).reversibility,
      locks: locks)
  }

  private enum WayBack: String, CaseIterable {
    case exact, compensates, stays, none

    var reversibility: Reversibility {
      switch self {
      case .exact: .reversible
      case .compensates: .compensable
      case .stays: .additive
      case .none: .pivot
      }
    }
  }

  func validate() -> [Diagnostic] {
    let needsUndo = traits.reversibility == .reversible || traits.reversibility == .compensable
    guard needsUndo, commands[.undo] == nil, traits.effects != [.backup] else { return [] }
    return [
      Diagnostic(
        .noUndo, "the step `\(id)` does not say how it is taken back", at: place,
        hint:
          "Write in it `undo: [command]`; or `way-back: stays` where the old version works beside it, or `way-back: none` where there is no way back"
      )
    ]
  }

  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    var risks: [Risk] = []
    if commands[.probe] == nil, !isRepeatable {
      risks.append(
        Risk(
          .medium, "no-probe", "nobody can see whether `\(id)` was done: cut off, it waits for a person",
          mitigation: "Give it `probe`, or `repeatable: true` where it may be run twice"))
    }
    if commands[.verify] == nil {
      risks.append(
        Risk(.low, "no-verification", "nothing looks whether `\(id)` had its effect", mitigation: "Give it `verify`"))
    }
    return StepForecast(changes: [commands[.apply].map { Command($0.words).line } ?? ""], risks: risks)
  }

  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for role in Role.allCases {
      guard let command = commands[role] else { continue }
      let directory = command.directory.map { context.path($0) } ?? context.directory
      if LocalCommandRunner.executable(of: Command(command.words, in: directory, variables: command.variables)) == nil {
        findings.append(
          Diagnostic(
            .commandMissing, "there is no program `\(command.words[0])`, which is the `\(role.rawValue)` of `\(id)`",
            at: place, hint: "Install it on PATH, or write its path from \(directory)"))
      }
    }
    if findings.isEmpty, let command = commands[.check] {
      let result = try command.run(in: context)
      if !result.succeeded { findings.append(command.failure(result, at: place)) }
    }
    return findings
  }

  func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    guard let command = commands[.probe] else {
      return isRepeatable
        ? .partial(evidence: "it may have been begun", isCompletable: true)
        : .unknown(reason: "the step has no `probe`")
    }
    let result = try command.run(in: context)
    switch result.ending {
    case .exited(0): return .applied
    case .exited(1): return .notApplied
    case .exited(2): return .partial(evidence: result.lastWords(), isCompletable: isRepeatable)
    default: return .unknown(reason: command.failure(result, at: nil).message)
    }
  }

  func capture(_ context: StepContext) throws(Diagnostic) -> Value {
    guard let command = commands[.capture] else { return .null }
    return .string(try command.requireSuccess(in: context, place: place).text)
  }

  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    guard let command = commands[.apply] else { return .null }
    let result = try command.run(in: context, variables: ["CFGMIGRATE_TOKEN": token.text])
    return try evidence(of: result, .apply, command, context)
  }

  func verify(_ context: StepContext) throws(Diagnostic) {
    _ = try commands[.verify]?.requireSuccess(in: context, place: place)
  }

  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value {
    guard let command = commands[.undo] else { return .null }
    let input = captured.string.map { Array("\($0)\n".utf8) } ?? []
    return try evidence(of: try command.run(in: context, input: input), .undo, command, context)
  }

  func rehearse(_ context: StepContext) throws(Diagnostic) -> Value? {
    guard let command = commands[.rehearse] else { return nil }
    return try evidence(of: try command.run(in: context), .rehearse, command, context)
  }

  func manualUndo(_ captured: Value) -> [String] {
    if !manual.isEmpty { return manual }
    return commands[.undo].map {
      ["Run `\(Command($0.words).line)`\(captured.string.map { " with \($0) on its standard input" } ?? "")"]
    } ?? []
  }

  /// Keeps what a command said in a file of the step's own, `apply-1.log`, without secrets. Where that cannot be written, the step
  /// has had its effect all the same.
  /// - Throws: `command-failed`.
  private func evidence(
    of result: CommandResult, _ role: Role, _ command: CommandDeclaration, _ context: StepContext
  ) throws(Diagnostic) -> Value {
    let said = [result.output, result.complaint].map { String(decoding: $0, as: UTF8.self) }.joined()
    if !said.isEmpty {
      let name = FileName(known: "\(role.rawValue)-\(context.attempt).log")
      try? context.store.write(Array(context.secrets.hiding(said).utf8), as: name)
    }
    guard result.succeeded else { throw command.failure(result, at: place) }
    return ["said": .string(result.lastWords(lines: 3))]
  }
}
