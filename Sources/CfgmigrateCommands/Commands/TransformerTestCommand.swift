internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerTestCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the golden pairs of transformers, and say what they do not show.",
    discussion: """
      A pair is migrated and must come out byte for byte. With --mutate, each operation is left out and each of its values \
      changed, one at a time, and a pair must notice.
      """)
  static let path = "transformer test"

  @OptionGroup var choice: TransformerChoice
  @Flag(help: "Make small faults in the transformers, and list those that no pair notices.") var mutate = false
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var results: [GoldenResult] = []
    for (product, transformers) in try choice.transformers(of: products) {
      for transformer in transformers {
        let trial = try product.trial(of: transformer, showingSecrets: secrets.showSecrets)
        results.append(
          GoldenResult(transformer: transformer, report: trial.run(), mutations: mutate ? trial.mutate() : nil))
      }
    }
    let isGood = results.allSatisfy { $0.report.holds && $0.mutations?.survivors.isEmpty ?? true }
    return Outcome(
      status: isGood ? .done : .failed, diagnostics: results.flatMap(\.findings),
      result: { ["transformers": .array(results.map(\.json))] },
      show: { terminal in for result in results { result.show(&terminal) } })
  }
}

/// What came of the pairs of one transformer, as text and as JSON.
private struct GoldenResult {
  var transformer: Transformer
  var report: GoldenTrial.Report
  var mutations: GoldenTrial.MutationReport?

  var findings: [Diagnostic] {
    report.outcomes.flatMap(\.findings) + report.unexercised.map(\.unexercisedFinding)
      + (mutations?.survivors ?? [])
  }

  func show(_ terminal: inout Terminal) {
    let held = report.outcomes.count(where: \.holds)
    terminal.print(terminal.outPalette.paint(SafeText.of(transformer.id), .heading))
    if report.outcomes.isEmpty { terminal.print("  It has no golden pairs.") }
    for outcome in report.outcomes {
      let word = outcome.holds ? "holds" : terminal.outPalette.paint("differs", .error)
      terminal.print("  \(word)  \(SafeText.of(outcome.name))")
      for finding in outcome.findings { terminal.print(finding) }
    }
    for operation in report.unexercised { terminal.print(operation.unexercisedFinding) }
    if let mutations {
      for survivor in mutations.survivors { terminal.print(survivor) }
      terminal.print(
        "  \(Counted.of(mutations.tried, "mutation")), \(mutations.tried - mutations.survivors.count) noticed.")
    }
    terminal.print(
      "  \(held) of \(Counted.of(report.outcomes.count, "pair")) \(report.outcomes.count == 1 ? "holds" : "hold").")
  }

  var json: Value {
    var object = Object()
    object["id"] = .string(transformer.id)
    object["pairs"] = .array(
      report.outcomes.map { ["name": .string($0.name), "holds": .bool($0.holds)] })
    object["unexercised"] = .array(report.unexercised.map { .string($0.place?.description ?? $0.name) })
    if let mutations {
      object["mutations"] = .number(Number(mutations.tried))
      object["survivors"] = .number(Number(mutations.survivors.count))
    }
    return .object(object)
  }
}

extension Operation {
  fileprivate var unexercisedFinding: Diagnostic {
    Diagnostic(
      .unexercised, "no golden pair exercises `\(name)`: it finds nothing in any of them", severity: .warning,
      at: place, hint: "extend a pair, or add one")
  }
}
