internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct ValidateCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check a directory against the schema of its version, or files against theirs.",
    discussion: """
      One directory, and no option that speaks of schemas, is a configuration set. All else is files: each is checked by \
      --schema, else by what it names itself ('# yaml-language-server: $schema=…', a member '$schema'), else by a mapping file \
      or catalogue. Nothing is fetched.
      """)

  @Argument(help: "A configuration directory; or files, patterns, directories of files, '-' for standard input.")
  var paths: [String]
  @OptionGroup(title: "Files") var files: FileCheckOptions
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: ReportOptions

  func validate() throws {
    if files.fix, paths.contains("-") { throw ValidationError("'--fix' writes files, and standard input is none.") }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    guard paths.count == 1, !files.areUsed, StandaloneFile(paths[0]).isDirectory else { return try checkFiles() }
    return try checkSet(paths[0])
  }

  private func checkSet(_ directory: String) throws(Diagnostic) -> Outcome {
    let set = try products.directory(directory, for: Self.path, secrets: secrets)
    let findings = try set.validate()
    let version = try set.version(of: try set.load()).version.label
    let hasSchema = set.product.product.schemas != nil
    let report = ValidationReport(findings: findings, ofSetAt: version, isStrict: files.strict)
    let isValid = report.status == .done
    return Outcome(
      status: report.status, diagnostics: findings,
      result: { ["version": .string(version), "schema": .bool(hasSchema), "valid": .bool(isValid)] },
      show: { terminal in
        if form.quiet, findings.isEmpty { return }
        guard form.format == .text else { return report.print(as: form.format, to: &terminal) }
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

  private func checkFiles() throws(Diagnostic) -> Outcome {
    let isOutput = [.flag, .basic, .detailed, .verbose].contains(form.format)
    var check = try files.check(keepingOutputs: isOutput)
    check.showsSecrets = secrets.showSecrets
    let report = ValidationReport(
      files: try check.check(try FileSelection(paths).paths), isStrict: files.strict)
    let repairs = report.files.compactMap(\.repair)
    if !files.diff {
      for file in report.files { try file.repair?.write(to: file.path) }
    }
    let status = files.diff && report.status == .done && !repairs.isEmpty ? .pending : report.status
    return Outcome(
      status: status, diagnostics: report.findings, result: { report.json },
      show: { terminal in
        if form.quiet, report.findings.isEmpty, repairs.isEmpty { return }
        if files.diff {
          for file in report.files {
            guard let repair = file.repair else { continue }
            let changes = repair.diff(path: file.path, showingSecrets: secrets.showSecrets)
            terminal.print(bytes: DiffText.bytes(of: changes, palette: terminal.outPalette))
          }
        } else {
          report.print(as: form.format, to: &terminal)
        }
      })
  }
}
