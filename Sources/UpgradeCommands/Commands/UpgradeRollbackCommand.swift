internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct UpgradeRollbackCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Take back a run that is not over; one that runs in another terminal is told to do it now.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var running: RunOptions
  @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text")) var reason = "no reason was given"
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let (state, _) = try options.requireState(of: spec)
    if try DirectoryLock.isHeld(in: state.root) {
      return try Request.leave(.rollback, options, reason: reason, in: state)
    }
    let session = try EngineSession(options, spec, running, command: "rollback", palette: terminal.talkPalette)
    let ending = try session.engine.rollBack(reason: reason)
    var outcome = session.outcome(of: ending)
    // It was asked for, and is no failure then.
    if case .rolledBack = ending { outcome.status = .done }
    return outcome
  }
}
