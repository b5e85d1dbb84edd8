internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct RollbackCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Put back what was there before a run, byte for byte.")

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("The run; the newest whose effect is still there, where none is given.", valueName: "run"))
  var run: RunArgument?
  @Flag(help: "Put the old bytes back over files that were edited since; the edits are backed up.") var force = false
  @OptionGroup var writing: WriteOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try writing.history(directory, for: Self.path)
    HeldSignals.hold()
    let record = try history.rollback(run?.id, force: force)
    return Outcome(
      result: { ["run": record?.value ?? .null] },
      show: { terminal in
        guard let record else {
          terminal.print("Nothing to do: every file is as it was before the run.")
          return
        }
        record.showDone(in: directory, &terminal)
      })
  }
}
