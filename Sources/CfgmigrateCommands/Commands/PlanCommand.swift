internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct PlanCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what an upgrade would do, and write nothing.",
    discussion: "With -o, the plan is also written to a file; 'apply' of that file does this and nothing else.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var target: TargetOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("Write the plan to a file, for 'apply'.", valueName: "file"))
  var output: String?
  @Flag(help: "Exit with 2 when changes are pending.") var exitCode = false
  @Flag(help: "Name each value that does not stay as it is, with the operation that did it.") var values = false
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let directory = try products.directory(directory, for: Self.path, secrets: secrets)
    let plan = try target.plan(directory)
    if let output { try PlanFile.write(try directory.save(plan), of: self.directory, to: output) }
    let status: ExitStatus =
      !plan.validation.target.isEmpty ? .invalid : exitCode && plan.changesAnything ? .pending : .done
    return Outcome(
      status: status, diagnostics: plan.findings, result: { plan.json },
      show: { terminal in
        PlanText(plan: plan, showsValues: values).show(&terminal)
        if let output {
          terminal.print("The plan is in \(output). To do it: cfgmigrate apply \(ShellWord.of(output))")
        }
      })
  }
}
