internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import DataMigration

/// What a database has seen of scripts, and what a person says of it where the program cannot know.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Look at a database's history of scripts, and settle what only a person knows.",
    subcommands: [DataHistoryCommand.self, DataRepairCommand.self, DataSettleCommand.self])
}

struct DataHistoryCommand: UpgradeSubcommand {
  static var path: String { "upgrade data history" }
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show which scripts a database has seen, and where one stopped.")

  @OptionGroup var options: DataStepOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let entries = try options.migrator(for: Self.path).history()
    return Outcome(
      result: { ["entries": .array(entries.map(Self.json))] },
      show: { terminal in
        var columns = Columns()
        for entry in entries {
          let stopped = entry.state == .done || entry.state == .undone ? "" : "behind statement \(entry.position)"
          columns.add(entry.version?.text ?? "", entry.script, entry.state.rawValue, stopped)
        }
        for line in columns.lines(indent: 0) { terminal.print(line) }
        if entries.isEmpty { terminal.print("No script ran here yet.") }
      })
  }

  private static func json(_ entry: HistoryEntry) -> Value {
    [
      "version": entry.version.map { .string($0.text) } ?? .null, "script": .string(entry.script),
      "kind": .string(entry.kind.rawValue), "phase": .string(entry.phase.rawValue),
      "state": .string(entry.state.rawValue), "position": .number(Number(entry.position)),
      "run": .string(entry.run), "user": .string(entry.user), "started_at": .string(entry.startedAt),
      "milliseconds": .number(Number(entry.milliseconds)),
    ]
  }
}

struct DataRepairCommand: UpgradeSubcommand {
  static var path: String { "upgrade data repair" }
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Take the texts of the folder for those that ran, where only their look has changed. Runs nothing.")

  @OptionGroup var options: DataStepOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let accepted = try options.migrator(for: Self.path).acceptChangedScripts()
    return Outcome(
      result: { ["accepted": .array(accepted.map { .string($0) })] },
      show: { terminal in
        for script in accepted {
          terminal.print(SafeText.of("\(script): its text of now is taken for the one that ran"))
        }
        if accepted.isEmpty { terminal.print("Every script is the one that ran.") }
      })
  }
}

struct DataSettleCommand: UpgradeSubcommand {
  static var path: String { "upgrade data settle" }
  static let configuration = CommandConfiguration(
    commandName: "settle", abstract: "Say what became of the statement at which a script stopped.",
    usage: "cfgmigrate upgrade data settle <version> <done|absent> [<spec>] [<options>]")

  @Argument(help: "The script's version.") var version: String
  @Argument(help: "done: its whole effect is there. absent: nothing of it is there.") var finding: Migrator.Finding
  @OptionGroup var options: DataStepOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    guard let version = ScriptVersion(version) else {
      throw Diagnostic(
        .nothingToSettle, "`\(version)` is no version of a script", hint: "`upgrade data history` shows them")
    }
    try options.migrator(for: Self.path).settle(version, as: finding)
    return Outcome(
      result: { ["version": .string(version.text), "finding": .string(finding.rawValue)] },
      show: { terminal in
        terminal.print(
          finding == .done
            ? "\(version) goes on behind that statement." : "\(version) goes on with that statement.")
      })
  }
}

extension Migrator.Finding: ExpressibleByArgument {}
