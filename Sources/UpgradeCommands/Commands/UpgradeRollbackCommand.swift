internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct UpgradeRollbackCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Take back a run that is not over; one that runs in another terminal is told to do it now.",
    discussion: "It works by the copy of the spec that the run keeps, whatever became of the spec since.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var running: RunOptions
  @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text")) var reason = "no reason was given"
  @Flag(help: "Take back the newest run although it was completed.")
  var completed = false
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let current = try options.read()
    let (state, history) = try options.requireState(of: current)
    if try DirectoryLock.isHeld(in: state.root) {
      return try Request.leave(.rollback, options, reason: reason, in: state)
    }
    let spec = try options.keptSpec(of: history, in: state) ?? current
    let session = try EngineSession(options, spec, running, command: "rollback")
    let ending = try session.engine.rollBack(reason: reason, completed: completed)
    var outcome = session.outcome(of: ending)
    // It was asked for, and is no failure then.
    if case .rolledBack = ending { outcome.status = .done }
    return outcome
  }
}
