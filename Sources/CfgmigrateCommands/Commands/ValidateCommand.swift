internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct ValidateCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check a directory against the schema of its version.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let set = try products.directory(directory, for: Self.path, secrets: secrets)
    let findings = try set.validate()
    let version = try set.version(of: try set.load()).version.label
    let hasSchema = set.product.product.schemas != nil
    let isValid = !findings.contains { $0.severity == .error }
    return Outcome(
      status: isValid ? .done : .invalid, diagnostics: findings,
      result: { ["version": .string(version), "schema": .bool(hasSchema), "valid": .bool(isValid)] },
      show: { terminal in
        for finding in findings {
          terminal.print(finding)
          terminal.print()
        }
        let count = Counted.of(findings.count, "finding")
        terminal.print(
          !hasSchema
            ? "The product has no schemas: nothing was checked."
            : isValid
              ? "\(directory) fits the schema of \(version)."
              : "\(directory) does not fit the schema of \(version): \(count).")
      })
  }
}
