internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration

struct CheckCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Exit with 2 while changes are pending: the gate for CI.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var target: TargetOptions
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let plan = try target.plan(try products.directory(directory, for: Self.path, secrets: secrets))
    let sum = plan.summary
    return Outcome(
      status: plan.changesAnything ? .pending : .done, diagnostics: plan.findings, result: { plan.json },
      show: { terminal in
        guard plan.changesAnything else {
          terminal.print("\(directory) is at \(plan.from), and nothing is pending.")
          return
        }
        let files = Counted.of(sum.filesChanged, "file")
        terminal.print("\(directory) is at \(plan.from); going to \(plan.to) would change \(files):")
        for line in FileChanges(plan.files.filter(\.isChanged)).lines() { terminal.print(line) }
      })
  }
}
