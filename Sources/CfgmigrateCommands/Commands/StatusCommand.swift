internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct StatusCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show where a directory stands: version, files, what is pending, what is odd.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let set = try products.directory(directory, for: Self.path, secrets: secrets)
    let status = try set.status()
    let newest = set.product.registry.newest?.label
    var outcome = Outcome(
      diagnostics: status.findings, result: { status.json(newest: newest) },
      show: { StatusText(status: status, directory: directory, newest: newest).show(&$0) })
    if let run = status.interruptedRun {
      outcome.status = .interruptedRun
      outcome.diagnostics.insert(run.diagnostic(in: directory), at: 0)
    } else if let problem = status.problem {
      outcome.status = ExitStatus(stoppedBy: problem)
      outcome.diagnostics.insert(problem, at: 0)
    }
    return outcome
  }
}
