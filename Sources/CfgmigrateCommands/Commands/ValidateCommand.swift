internal import ArgumentParser
internal import ConfigDocument

struct ValidateCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check a directory against the schema of its version.")

  @Argument(help: "The configuration directory.") var directory: String
  @OptionGroup var products: ProductOptions
  @OptionGroup var output: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let set = try products.directory(directory, for: Self.path)
    let findings = try set.validate()
    let version = try set.status().version
    let isValid = !findings.contains { $0.severity == .error }
    return Outcome(
      status: isValid ? .done : .invalid, diagnostics: findings,
      result: { ["version": version.map(Value.string) ?? .null, "valid": .bool(isValid)] },
      show: { terminal in
        for finding in findings {
          terminal.print(finding)
          terminal.print()
        }
        let schema = version.map { "the schema of \($0)" } ?? "its schema"
        terminal.print(
          isValid
            ? "\(directory) fits \(schema)."
            : "\(directory) does not fit \(schema): \(Counted.of(findings.count, "finding")).")
      })
  }
}
