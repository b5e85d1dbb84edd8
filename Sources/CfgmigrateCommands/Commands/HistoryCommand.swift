internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct HistoryCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the runs that changed a directory, newest first.")

  @Argument(help: "The configuration directory.") var directory: String
  @Flag(help: "Follow the chain of the records, read every backup again, and compare the files with the last run.")
  var verify = false
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    if verify { return try verification() }
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

  private func verification() throws(Diagnostic) -> Outcome {
    let found = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path)).verify()
    let isWhole = !found.damage.contains { $0.severity == .error }
    return Outcome(
      status: isWhole ? .done : .failed, diagnostics: found.damage + found.edits,
      result: {
        [
          "runs": .number(Number(found.runs)), "backups": .number(Number(found.backups)), "intact": .bool(isWhole),
          "edited": .number(Number(found.edits.count)),
        ]
      },
      show: { terminal in
        for finding in found.damage + found.edits {
          terminal.print(finding)
          terminal.print()
        }
        let edits =
          found.edits.isEmpty ? "" : "; \(Counted.of(found.edits.count, "file")) edited since, which is no damage"
        terminal.print(
          "\(Counted.of(found.runs, "run")), \(Counted.of(found.backups, "backup")): \(isWhole ? "intact" : "damaged")\(edits)."
        )
      })
  }
}
