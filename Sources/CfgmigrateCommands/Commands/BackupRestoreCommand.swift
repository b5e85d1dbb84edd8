internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupRestoreCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put the files of one backup back, whatever is there now.",
    discussion: "What it overwrites is backed up first. Files that came since stay. See also 'rollback'.")
  static let path = "backup restore"

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("The run whose backup it is.", valueName: "run")) var run: RunArgument
  @OptionGroup var writing: WriteOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try writing.history(directory, for: Self.path)
    let backup = try history.backup(of: run.id)
    HeldSignals.hold()
    let record = try history.restore(backup)
    return Outcome(
      result: { ["run": record?.value ?? .null] },
      show: { terminal in
        guard let record else {
          terminal.print("Nothing to do: every file is as it was backed up.")
          return
        }
        record.showDone(in: directory, &terminal)
      })
  }
}
