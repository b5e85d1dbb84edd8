internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct RollbackCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Put back what was there before a run, byte for byte.",
    usage: "cfgmigrate rollback <directory> [--run <run>] [--force] [<options>]",
    discussion: "What was edited since is carried along, by the inverse of the run's transformers.")

  @Argument(help: "The configuration directory.") var directory: String
  @Option(help: ArgumentHelp("The run; the newest whose effect is still there, where none is given.", valueName: "run"))
  var run: RunArgument?
  @Flag(help: "Put the old bytes back over files that were edited since; the edits are backed up.") var force = false
  @OptionGroup var sides: SideOptions
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var writing: WriteOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try writing.history(directory, for: Self.path)
    HeldSignals.hold()
    let done = try rollBack(history)
    return Outcome(
      diagnostics: done.findings,
      result: { ["run": done.record?.value ?? .null] },
      show: { terminal in
        for finding in done.findings {
          terminal.print(finding)
          terminal.print()
        }
        guard let record = done.record else {
          terminal.print("Nothing to do: every file is as it was before the run.")
          return
        }
        record.showDone(in: directory, &terminal)
      })
  }

  /// The bytes of before need no product; edits since do, to be carried along.
  private func rollBack(_ history: DirectoryHistory) throws(Diagnostic) -> RolledBack {
    do throws(Diagnostic) {
      return RolledBack(record: try history.rollback(run?.id, force: force), findings: [])
    } catch {
      guard error.code == .drift, !force,
        let set = try? products.directory(directory, for: Self.path, writing: writing, secrets: secrets)
      else { throw error }
      return try set.rollback(run?.id, preferring: sides.choice)
    }
  }
}
