internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration

struct DiffCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Print the unified diff of an upgrade, which 'git apply' and 'patch -p1' accept.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var target: TargetOptions
  @Flag(help: "Exit with 2 when changes are pending.") var exitCode = false
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let plan = try target.plan(try products.directory(directory, for: Self.path, secrets: secrets))
    return Outcome(
      status: exitCode && plan.changesAnything ? .pending : .done, diagnostics: plan.findings,
      result: {
        [
          "product": .string(plan.product), "from": .string(plan.from), "to": .string(plan.to),
          "masked": .bool(plan.hidesSecrets),
          "diff": .string(String(decoding: plan.diff, as: UTF8.self)),
        ]
      },
      show: { terminal in terminal.print(bytes: DiffText.bytes(of: plan.diff, palette: terminal.outPalette)) })
  }
}
