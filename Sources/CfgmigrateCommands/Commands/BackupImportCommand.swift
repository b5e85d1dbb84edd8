internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupImportCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in a backup that 'backup export' wrote.",
    discussion: "Nothing is restored by it. It is listed once all its bytes are there and have the right digests.")
  static let path = "backup import"

  @Argument(help: "The configuration directory.") var directory: String
  @Argument(help: "The tar file.") var file: String
  @OptionGroup var wait: WaitOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(
      directory, environment: CommandEnvironment.run(Self.path), patience: wait.milliseconds)
    HeldSignals.hold()
    let backup = try history.importBackup(from: file)
    return Outcome(
      result: { backup.json },
      show: { terminal in
        terminal.print("Took in the backup of \(backup.run) with \(Counted.of(backup.files.count, "file")).")
        terminal.print(
          "To put it back: cfgmigrate backup restore \(ShellWord.of(directory)) --run \(backup.run)")
      })
  }
}
