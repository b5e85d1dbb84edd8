internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct HistoryCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the runs that changed a directory, newest first.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let ledger = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path)).ledger()
    let runs = Array(ledger.records.reversed())
    return Outcome(
      status: ledger.problems.contains { $0.severity == .error } ? .failed : .done, diagnostics: ledger.problems,
      result: { ["runs": .array(runs.map(\.value))] },
      show: { terminal in
        if runs.isEmpty { terminal.print("No run has changed \(directory).") }
        var columns = Columns()
        for run in runs {
          columns.add(run.run.text, "\(run.time)", run.user, Counted.of(run.files.count, "file"), run.deed)
        }
        for line in columns.lines(indent: 0) { terminal.print(line) }
        for problem in ledger.problems {
          terminal.print()
          terminal.print(problem)
        }
      })
  }
}
