internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerLintCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find what is questionable about transformers and their graph, without running them."
  )
  static let path = "transformer lint"

  @OptionGroup var choice: TransformerChoice
  @Flag(help: "Fail on warnings too.") var strict = false
  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var findings: [Diagnostic] = []
    var count = 0
    for (product, transformers) in try choice.transformers(of: products) {
      count += transformers.count
      if choice.name == nil {
        findings += try product.lint()
      } else {
        for transformer in transformers { findings += try product.lint(transformer) }
      }
    }
    let errors = findings.count { $0.severity == .error }
    let isGood = strict ? findings.isEmpty : errors == 0
    return Outcome(
      status: isGood ? .done : .failed, diagnostics: findings,
      result: { ["transformers": .number(Number(count)), "findings": .number(Number(findings.count))] },
      show: { [findings] terminal in
        for finding in findings {
          terminal.print(finding)
          terminal.print()
        }
        terminal.print(
          "\(Counted.of(count, "transformer")): \(Counted.of(errors, "error")), \(Counted.of(findings.count - errors, "warning"))."
        )
      })
  }
}
