internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupRestoreCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put the files of one backup back, or some of them, whatever is there now.",
    discussion: "What it overwrites is backed up first. Files that came since stay. See also 'rollback'.")
  static let path = "backup restore"

  @Argument(help: "The configuration directory.") var directory: String
  @Argument(help: ArgumentHelp("Only these files, as 'backup show' lists them.", valueName: "file")) var files:
    [String] = []
  @Option(help: ArgumentHelp("The run whose backup it is.", valueName: "run")) var run: RunArgument
  @OptionGroup var writing: WriteOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try writing.history(directory, for: Self.path)
    let backup = try history.backup(of: run.id)
    var paths: [RelativePath] = []
    for file in files {
      guard let path = RelativePath(file) else {
        throw Diagnostic(
          .outsideDirectory, "\(file) is no path inside \(directory)",
          hint: "Name the file as `cfgmigrate backup show` lists it")
      }
      paths.append(path)
    }
    HeldSignals.hold()
    let record = try history.restore(backup, only: paths)
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
