internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import UpgradePipeline

struct ResumeCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run that was paused or cut off: what is done is not done again.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var running: RunOptions
  @Option(
    help: ArgumentHelp(
      "Say what state a step is in that was cut off: STEP=applied or STEP=not-applied; may be repeated.",
      valueName: "step=state"))
  var assume: [String] = []
  @OptionGroup var form: OutputOptions

  func validate() throws {
    for text in assume where Self.assumption(text) == nil {
      throw ValidationError("'--assume' takes STEP=applied or STEP=not-applied, not '\(text)'.")
    }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var spec = try options.read()
    // On the way back, what the spec says by now is of no concern.
    if let state = try options.state(of: spec), let last = try state.newest(), last.isRollingBack, !last.isEnded {
      spec = try options.keptSpec(of: last, in: state) ?? spec
    }
    let session = try EngineSession(options, spec, running, command: "resume")
    let assumptions = Dictionary(assume.compactMap(Self.assumption)) { _, last in last }
    return session.outcome(of: try session.engine.resume(assuming: assumptions))
  }

  private static func assumption(_ text: String) -> (String, UpgradeEngine.Assumption)? {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let assumption = UpgradeEngine.Assumption(rawValue: String(parts[1])) else { return nil }
    return (String(parts[0]), assumption)
  }
}
