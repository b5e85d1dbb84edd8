internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct ApproveCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approve a step that waits for it.",
    usage: "cfgmigrate upgrade approve <step> [<spec>] [<options>]")

  @Argument(help: "The step.") var step: String
  @OptionGroup var options: SpecOptions
  @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text")) var reason: String?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    guard let known = spec.step(step) else {
      throw Diagnostic(
        .unknownReference, "there is no step `\(step)`",
        hint: SpellingSuggestion.didYouMean(step, among: spec.steps.map(\.id)))
    }
    guard known.needsApproval else {
      throw Diagnostic(
        .unknownReference, "the step `\(step)` needs no approval", hint: "`approve: true` would ask for one")
    }
    let (state, history) = try options.requireState(of: spec)
    guard !history.isEnded else {
      throw Diagnostic(.noRun, "run \(history.run) is over", hint: "`cfgmigrate upgrade run` begins another one")
    }
    return try Request.leave(.approve, options, step: step, reason: reason, in: state)
  }
}

struct PauseCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Let a run finish the step that it does, and stop.")

  @OptionGroup var options: SpecOptions
  @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text")) var reason: String?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    try Request.leaveForRunning(.pause, options, reason: reason)
  }
}

struct AbortCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "abort", abstract: "End the step that runs now, and stop; what was done stays.")

  @OptionGroup var options: SpecOptions
  @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text")) var reason: String?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    try Request.leaveForRunning(.abort, options, reason: reason)
  }
}

/// Leaves what somebody asks of a run for the process that does it.
enum Request {
  static func leaveForRunning(
    _ kind: OperatorRequest.Kind, _ options: SpecOptions, reason: String?
  ) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let (state, _) = try options.requireState(of: spec)
    guard try DirectoryLock.isHeld(in: state.root) else {
      throw Diagnostic(
        .noRun, "no process runs `\(spec.identity.name)` now",
        hint: "`cfgmigrate upgrade status` says where it stands")
    }
    return try leave(kind, options, reason: reason, in: state)
  }

  static func leave(
    _ kind: OperatorRequest.Kind, _ options: SpecOptions, step: String? = nil, reason: String?, in state: UpgradeState
  ) throws(Diagnostic) -> Outcome {
    let environment = options.surroundings(for: kind.rawValue).environment
    let request = OperatorRequest(
      kind, step: step, user: environment.user, reason: reason, time: environment.now())
    try RequestBox(of: state).put(request, environment: environment)
    return Outcome(
      result: { ["request": .string(kind.rawValue)] },
      show: { $0.print("Asked: \(request.description)\(step.map { ", step \($0)" } ?? "").") })
  }
}
