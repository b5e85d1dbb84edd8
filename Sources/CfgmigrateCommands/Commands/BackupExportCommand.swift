internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupExportCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write one backup to a tar file, for another machine.",
    discussion: "The file holds what the configuration held, secrets included, and is readable by its owner alone.")
  static let path = "backup export"

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("The run whose backup it is.", valueName: "run")) var run: RunArgument
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file")) var output: String
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path))
    try history.export(run.id, to: output)
    return Outcome(
      result: { ["run": .string(run.id.text), "file": .string(output)] },
      show: { terminal in
        terminal.print("Wrote the backup of \(run.id) to \(output).")
        terminal.print("To take it in: cfgmigrate backup import DIRECTORY \(ShellWord.of(output))")
      })
  }
}
