public import ConfigDocument
public import ConfigMigration
internal import ConfigSchema

extension InstalledProduct {
  /// The golden pairs of a transformer, read from their directories.
  /// - Parameter showsSecrets: whether findings show values that are secrets; else tags stand for them.
  /// - Throws: `missing-pair` where a directory is not there.
  public func trial(
    of transformer: Transformer, showingSecrets showsSecrets: Bool = false
  ) throws(Diagnostic) -> GoldenTrial {
    var pairs: [GoldenTrial.Pair] = []
    for test in transformer.tests {
      pairs.append(
        GoldenTrial.Pair(
          name: test.name ?? test.before, at: test.place, before: try files(in: test.before, of: test),
          after: try files(in: test.after, of: test),
          afterFolder: ProductFiles.normalized(path(of: test.after)) + "/"))
    }
    var trial = GoldenTrial(
      transformer, of: product, pairs: pairs,
      planner: { [runtime = programsOfThisMachine] in Planner(registry: $0, runtime: runtime) })
    if !showsSecrets {
      trial.secrets = { [schemas = try allSchemas(), key = SecretKey.ofThisProcess] sets in
        // Of sets that cannot be read, findings show no values.
        (try? SetSecrets(of: sets, schemas: schemas, tag: { key.tag(of: $0) })) ?? nil
      }
    }
    return trial
  }

  private func files(
    in folder: String, of test: Transformer.GoldenPair
  ) throws(Diagnostic) -> [(path: String, bytes: [UInt8])] {
    guard try ProductFiles.namesIfPresent(in: path(of: folder)) != nil else {
      throw Diagnostic(
        .missingPair, "the test names the directory `\(folder)`, and there is none", at: test.place,
        hint: "it is looked for beside the transformer, as \(ProductFiles.normalized(path(of: folder)))")
    }
    return try Self.files(in: path(of: folder))
  }

  /// Draws sets of the versions that a transformer starts from.
  /// - Throws: `missing-schema` where there is none for them; `unsuited-product`.
  public func verification(from version: Version) throws(Diagnostic) -> Verification {
    guard let source = try schema(for: version)?.schema else {
      throw Diagnostic(
        .missingSchema, "`\(product.name)` declares no schemas, and sets are drawn from the one of version \(version)",
        hint: "show what the transformer does with golden pairs")
    }
    var schemas: [String: Schema] = [:]
    for target in registry.transformers.map(\.to) {
      guard let schema = try schemaIfPresent(for: target) else { continue }
      schemas[target.label] = schema
    }
    return try Verification(
      of: product, from: version, source: source,
      planner: { [schemas, runtime = programsOfThisMachine] registry in
        Planner(registry: registry, schemas: { schemas[$0] ?? Self.anything }, runtime: runtime)
      })
  }

  /// Programs of a product that only a set names are not trusted; see ``ConfigurationDirectory/plan(to:from:validatingEach:)``.
  private var programsOfThisMachine: TransformerRuntime { .ofThisMachine(runsPrograms: !isNamedBySet) }

  /// For versions without a schema, of which nothing is asked.
  private static let anything = try? Schema.compile(true)
}

extension InstalledProduct {
  /// For each promise that chains are equivalent, the smallest set found for which they are not.
  /// - Throws: as ``verification(from:)``.
  public func differingChains(_ options: Verification.Options) throws(Diagnostic) -> [Verification.Failure] {
    var found: [Verification.Failure] = []
    for equivalence in product.versions.equivalences {
      let chains = registry.chains(of: equivalence)
      guard let first = chains.first, chains.count > 1 else { continue }
      let verification = try verification(from: equivalence.from.oldest)
      for other in chains.dropFirst() {
        if let failure = verification.compare(first, other, at: equivalence.place, options) { found.append(failure) }
      }
    }
    return found
  }
}
