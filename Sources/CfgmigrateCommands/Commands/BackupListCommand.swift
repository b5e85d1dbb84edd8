internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupListCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the backups of a directory, newest first.")
  static let path = "backup list"

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path))
    let backups = Array(try history.backups().reversed())
    return Outcome(
      result: { ["backups": .array(backups.map(\.json))] },
      show: { terminal in
        if backups.isEmpty { terminal.print("There is no backup in \(directory).") }
        var columns = Columns()
        columns.rightAligned = [4]
        for backup in backups {
          columns.add(
            backup.run.text, "\(backup.time)", Counted.of(backup.files.count, "file"),
            "\(backup.files.count(where: \.isChanged)) changed",
            Counted.of(backup.size, "byte"))
        }
        for line in columns.lines(indent: 0) { terminal.print(line) }
      })
  }
}
