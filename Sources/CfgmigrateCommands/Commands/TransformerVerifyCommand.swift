internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerVerifyCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Try transformers on sets that are drawn from the schema of their source version.",
    discussion: """
      Each set is migrated and validated against the schema of the target version. What fails is made as small as it can \
      be, and shown. Chains that the product declares equivalent must give the same result.
      """)
  static let path = "transformer verify"

  @OptionGroup var choice: TransformerChoice
  @Option(help: ArgumentHelp("How many sets are drawn.", valueName: "number")) var count = 200
  @Option(help: ArgumentHelp("Draws other sets; the same seed draws the same ones.", valueName: "number")) var seed = 1
  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    guard (1...1_000_000).contains(count) else { throw ValidationError("'--count' takes a number from 1 to 1000000.") }
    guard seed >= 0 else { throw ValidationError("'--seed' takes a number that is not negative.") }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var options = Verification.Options()
    options.count = count
    options.seed = UInt64(seed)
    var results: [VerificationResult] = []
    var differing: [Verification.Failure] = []
    for (product, transformers) in try choice.transformers(of: products) {
      for transformer in transformers where transformer.operations != nil {
        let verification = try product.verification(from: transformer.from.oldest)
        results.append(VerificationResult(transformer: transformer, report: verification.run(transformer, options)))
      }
      if choice.name == nil { differing += try product.differingChains(options) }
    }
    let failures = results.flatMap(\.report.failures) + differing
    return Outcome(
      status: failures.contains { $0.finding.severity == .error } ? .failed : .done,
      diagnostics: failures.map(\.finding),
      result: { ["transformers": .array(results.map(\.json))] },
      show: { [differing] terminal in
        for result in results { result.show(&terminal) }
        for failure in differing { failure.show(&terminal) }
      })
  }
}

/// What came of one transformer, as text and as JSON.
private struct VerificationResult {
  var transformer: Transformer
  var report: Verification.Report

  func show(_ terminal: inout Terminal) {
    terminal.print(terminal.outPalette.paint(SafeText.of(transformer.id), .heading))
    for failure in report.failures { failure.show(&terminal) }
    for operation in report.unexercised {
      terminal.print("  never found anything: \(operation.name) \(SafeText.of(operation.subject))")
    }
    let refused = report.refused > 0 ? ", \(report.refused) refused by `require`" : ""
    let wrong = report.failures.count { $0.finding.severity == .error }
    let stops = report.failures.count - wrong
    terminal.print(
      "  \(Counted.of(report.migrated, "set")) migrated\(refused), \(report.returned) came back as they were; \(report.coverage.drawn) of \(Counted.of(report.coverage.of, "part")) of the schema drawn from; \(Counted.of(wrong, "kind")) of wrong results, \(Counted.of(stops, "kind")) of values that it stops at."
    )
  }

  var json: Value {
    [
      "id": .string(transformer.id), "migrated": .number(Number(report.migrated)),
      "refused": .number(Number(report.refused)), "returned": .number(Number(report.returned)),
      "schema_parts": .number(Number(report.coverage.of)),
      "schema_parts_drawn": .number(Number(report.coverage.drawn)),
      "unexercised": .array(report.unexercised.map { .string($0.place?.description ?? $0.name) }),
      "failures": .array(
        report.failures.map {
          [
            "code": .string($0.finding.code.rawValue), "message": .string($0.finding.message),
            "example": .string($0.example),
          ]
        }),
    ]
  }
}

extension Verification.Failure {
  fileprivate func show(_ terminal: inout Terminal) {
    terminal.print(finding)
    terminal.print("  The smallest set for it:")
    for line in example.split(separator: "\n") { terminal.print("    \(SafeText.of(String(line)))") }
    terminal.print()
  }
}
