internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct BackupPruneCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Remove all but the newest backups.",
    discussion: "Runs whose backups are gone cannot be taken back any more; the history still lists them.")
  static let path = "backup prune"

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("How many backups stay.", valueName: "count")) var keep: Int
  @OptionGroup var wait: WaitOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    guard keep >= 1 else { throw ValidationError("'--keep' takes a number from 1 on.") }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(
      directory, environment: CommandEnvironment.run(Self.path), patience: wait.milliseconds)
    HeldSignals.hold()
    let pruned = try history.prune(keeping: keep)
    return Outcome(
      result: {
        [
          "runs": .array(pruned.runs.map { .string($0.text) }), "objects": .number(Number(pruned.objects)),
          "bytes": .number(Number(pruned.bytes)),
        ]
      },
      show: { terminal in
        guard !pruned.runs.isEmpty || pruned.objects > 0 else {
          return terminal.print("Nothing to do: there are no more than \(Counted.of(keep, "backup")) in \(directory).")
        }
        terminal.print(
          "Removed \(Counted.of(pruned.runs.count, "backup")) and \(Counted.of(pruned.objects, "file")) that only \(pruned.runs.count == 1 ? "it" : "they") needed: \(Counted.of(pruned.bytes, "byte"))."
        )
        for run in pruned.runs { terminal.print("  \(run)") }
      })
  }
}
