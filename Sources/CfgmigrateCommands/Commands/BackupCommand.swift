internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "The bytes of before each run: list, show, verify, restore, prune, export, import.",
    subcommands: [
      BackupListCommand.self, BackupShowCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self,
      BackupPruneCommand.self, BackupExportCommand.self, BackupImportCommand.self,
    ])
}

extension Backup {
  var json: Value {
    [
      "run": .string(run.text), "time": .string("\(time)"),
      "files": .array(
        files.map {
          [
            "path": .string("\($0.path)"), "digest": .string("\($0.state.digest)"),
            "size": .number(Number($0.state.size)), "changed": .bool($0.isChanged),
          ]
        }),
      "created": .array(created.map { .string("\($0)") }),
    ]
  }
}
