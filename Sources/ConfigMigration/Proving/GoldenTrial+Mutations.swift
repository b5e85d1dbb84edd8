public import ConfigDocument

extension GoldenTrial {
  /// What came of the mutations.
  public struct MutationReport: Sendable {
    /// How many mutations were tried: those that still read as a transformer.
    public var tried: Int
    /// Those that no pair noticed, at the operations that they were made in.
    public var survivors: [Diagnostic]
  }

  /// Makes one small fault after the other in the transformer, and sees whether a pair notices: by another result, another
  /// note, or a failure. Complexity: that of ``run()`` for each mutation.
  public func mutate() -> MutationReport {
    var report = MutationReport(tried: 0, survivors: [])
    guard let operations = transformer.operations, !pairs.isEmpty else { return report }
    let baseline = pairs.map { result(of: $0, by: transformer) }
    for mutation in OperationMutation.all(of: operations) {
      guard let mutant = transformer.replacing(mutation.operations, product: product) else { continue }
      report.tried += 1
      if zip(pairs, baseline).contains(where: { result(of: $0, by: mutant) != $1 }) { continue }
      report.survivors.append(
        Diagnostic(
          .mutationSurvived, "`\(mutation.operation.name)` \(mutation.summary): no pair notices", severity: .warning,
          at: mutation.operation.place, hint: "extend a pair so that it matters"))
    }
    return report
  }

  /// All that an operator sees of a run.
  private struct Result: Equatable {
    var files: [[UInt8]] = []
    var notes: [String] = []
    var failure: Diagnostic.Code?
  }

  private func result(of pair: Pair, by transformer: Transformer) -> Result {
    do throws(Diagnostic) {
      let plan = try plan(pair, by: transformer)
      return Result(
        files: plan.files.map(\.new),
        notes: plan.notes.map { "\($0.level) \($0.code ?? "") \($0.message) \($0.places.count)" })
    } catch {
      return Result(failure: error.code)
    }
  }
}

extension Transformer {
  /// This transformer with other operations; nil where they do not read as some.
  package func replacing(_ operations: [Value], product: Product) -> Transformer? {
    let head: Value = [
      "transformer": 1, "product": .string(productName), "from": .string(from.label), "to": .string(to.label),
      "summary": .string(summary), "operations": .array(operations),
    ]
    guard let document = try? Document(Array(head.description.utf8), as: .json, named: "mutation.json") else {
      return nil
    }
    return try? Transformer(document, product: product)
  }
}
