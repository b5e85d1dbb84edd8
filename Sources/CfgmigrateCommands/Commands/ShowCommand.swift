internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct ShowCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one run: its transformers, and each file before and after.")

  @Argument(help: "The run, as 'history' lists it.") var run: RunArgument
  @Argument(help: "The configuration directory.") var directory = "."
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let ledger = try DirectoryHistory(directory, environment: CommandEnvironment.run(Self.path)).ledger()
    guard let record = ledger.records.first(where: { $0.run == run.id }) else {
      throw Diagnostic(
        .unknownRun, "there is no run \(run.id) in \(directory)", hint: "`cfgmigrate history` lists the runs")
    }
    return Outcome(result: { record.value }, show: { record.show(&$0) })
  }
}
