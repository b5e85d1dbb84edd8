internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "The bytes of before each run: list, verify, restore.",
    subcommands: [BackupListCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self])
}

extension Backup {
  var json: Value {
    [
      "run": .string(run.text), "time": .string("\(time)"),
      "files": .array(
        files.map {
          [
            "path": .string("\($0.path)"), "digest": .string("\($0.state.digest)"),
            "size": .number(Number($0.state.size)),
          ]
        }),
      "created": .array(created.map { .string("\($0)") }),
    ]
  }

  /// In bytes.
  var size: Int { files.reduce(0) { $0 + $1.state.size } }
}
