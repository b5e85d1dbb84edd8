internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct EmergencyCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "emergency", abstract: "Do a named emergency procedure of the spec; also while an upgrade runs.",
    usage: "cfgmigrate upgrade emergency [<procedure>] [<spec>] [<options>]",
    discussion: "Without a name, the procedures are listed.")

  @Argument(help: "The procedure.") var procedure: String?
  @OptionGroup var options: SpecOptions
  @OptionGroup var running: RunOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    guard let procedure else {
      return Outcome(
        result: {
          ["procedures": .array(spec.emergencies.map { ["id": .string($0.id), "title": .string($0.title)] })]
        },
        show: { terminal in
          var columns = Columns()
          for procedure in spec.emergencies { columns.add(procedure.id, procedure.title) }
          for line in columns.lines(indent: 0) { terminal.print(line) }
        })
    }
    let emergency = try spec.emergency(procedure)
    let session = try EngineSession(
      options, emergency.spec, running, command: "emergency \(procedure)",
      goesOn: emergency.goesOn)
    return session.outcome(of: try session.engine.beginOrResume())
  }
}
