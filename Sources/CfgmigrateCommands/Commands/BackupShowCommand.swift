internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupShowCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the files of one backup, with what they had beside their bytes.")
  static let path = "backup show"

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("The run whose backup it is.", valueName: "run")) var run: RunArgument
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path))
    let backup = try history.backup(of: run.id)
    return Outcome(
      result: { backup.json },
      show: { terminal in
        terminal.print("Backup of \(backup.run), \(backup.time)")
        var columns = Columns()
        columns.rightAligned = [2]
        for file in backup.files {
          let attributes = file.state.attributes
          columns.add(
            String(attributes.mode, radix: 8), "\(attributes.owner):\(attributes.group)",
            Counted.of(file.state.size, "byte"), "\(attributes.modified)", "\(file.path)",
            file.isChanged ? "changed by the run" : "")
        }
        for path in backup.created { columns.add("", "", "", "", "\(path)", "created by the run") }
        for link in backup.links {
          columns.add("", "", "", "", "\(link.path)", "→ \(String(decoding: link.target, as: UTF8.self))")
        }
        for line in columns.lines() { terminal.print(line) }
        for attachment in backup.attachments {
          terminal.print("With it: \(attachment.name), \(Counted.of(attachment.size, "byte"))")
        }
      })
  }
}
