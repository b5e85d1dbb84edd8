internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupVerifyCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Read every byte of the backups again, and compare.")
  static let path = "backup verify"

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("The backup of this run only.", valueName: "run")) var run: RunArgument?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path))
    let backups = if let run { [try history.backup(of: run.id)] } else { try history.backups() }
    var findings: [Diagnostic] = []
    for backup in backups { findings += try history.verify(backup) }
    return Outcome(
      status: findings.isEmpty ? .done : .failed, diagnostics: findings,
      result: { [findings] in
        ["backups": .array(backups.map { .string($0.run.text) }), "intact": .bool(findings.isEmpty)]
      },
      show: { [findings] terminal in
        for finding in findings { terminal.print(finding) }
        if backups.isEmpty { return terminal.print("There is no backup in \(directory).") }
        let files = Counted.of(backups.reduce(0) { $0 + $1.files.count }, "file")
        if findings.isEmpty { terminal.print("\(Counted.of(backups.count, "backup")) with \(files): intact.") }
      })
  }
}
