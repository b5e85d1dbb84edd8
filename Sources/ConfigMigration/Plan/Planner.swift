public import ConfigDocument
public import ConfigSchema

/// Makes plans: finds the chain, runs it in memory, renders what changed and checks the result.
public struct Planner: Sendable {
  public let registry: Registry
  /// The schema of a version, by its label; nil where nothing is to be validated.
  public let schemas: (@Sendable (String) -> Schema?)?
  /// What runs the code that transformers name.
  public let runtime: TransformerRuntime

  /// - Parameters:
  ///   - schemas: the schema of a version, by its label, or nil where there is none. Left out, nothing is validated.
  ///   - runtime: what evaluates jq; needed only where a transformer of the chain has an expression.
  public init(
    registry: Registry, schemas: (@Sendable (String) -> Schema?)? = nil,
    runtime: TransformerRuntime = TransformerRuntime()
  ) {
    self.registry = registry
    self.schemas = schemas
    self.runtime = runtime
  }

  /// Plans the way of a set to a version. Nothing is written.
  ///
  /// - Parameters:
  ///   - target: a label, also with its last parts left out; nil for the newest version that can be reached.
  ///   - source: the set's version, where it is known better than the set says it.
  ///   - validatesEach: whether the versions between are checked too.
  ///   - records: the runs that brought the set up, newest first; they make the way back of an older version whole.
  ///   - choice: what is taken where an edit since then and the way back differ: `ours` is the edit. Without it, such places
  ///     are the plan's ``Plan/conflicts``, to be decided.
  /// - Throws: an error of the set or the chain, or the first error of an operation; `schema-missing` for the target.
  ///   What the schemas find is no error here, but a part of the plan.
  /// - Complexity: linear in the size of the set for each operation with wildcards; each changed file is rendered once.
  public func plan(
    _ set: ConfigurationSet, to target: String? = nil, from source: Version? = nil, validatesEach: Bool = false,
    records: [RecordedRun] = [], preferring choice: ConflictChoice? = nil
  ) throws(Diagnostic) -> Plan {
    var original = WorkingSet(set, runtime: runtime)
    let detected =
      if let source { SetVersion(version: source, places: [], findings: []) } else { try original.version() }
    let way = try registry.way(from: detected.version, to: target, at: detected.places.first)
    if way.isDown { return try plan(down: way, set, at: detected, records: records, choice: choice) }
    let chain = way.transformers
    try runtime.prepare(chain)
    original.findings = detected.findings
    var validation = Plan.Validation()
    var sourceSchema: Schema?
    do { sourceSchema = try schema(for: detected.version) } catch {
      var warning = error
      warning.severity = .warning
      original.findings.append(warning)
    }
    validation.hasSourceSchema = sourceSchema != nil
    var (working, steps): (WorkingSet, [Plan.Step])
    (working, steps, validation.source) = try begun(
      validatesEach ? [] : chain, on: original, judgedBy: sourceSchema)
    for (index, transformer) in chain.enumerated().dropFirst(steps.count) {
      steps.append(try working.run(transformer))
      if validatesEach, index < chain.count - 1, let schema = try schema(for: transformer.to) {
        validation.between += try working.violations(of: schema, severity: .error)
      }
    }
    try working.checkVersionIsSaid(since: detected)
    let goal = chain.last?.to ?? detected.version
    let (files, target) = try finished(working, from: set, judgedFor: chain.isEmpty ? nil : goal)
    if files.contains(where: \.isChanged) {
      working.findings += LayerLaw(set: set, chain: chain, migrated: working).findings()
    }
    if let target {
      validation.hasTargetSchema = true
      validation.target = target.violations
      // The places are to be those of the new text.
      if !validation.target.isEmpty {
        let result = try ConfigurationSet(
          product: set.product, files: files.compactMap { file in file.newPath.map { ($0, file.new) } })
        validation.target = try WorkingSet(result).violations(of: target.schema, severity: .error)
      }
    }
    var plan = Plan(
      product: set.product.name, from: detected.version.label, to: goal.label, steps: steps, files: files,
      notes: working.notes, warnings: working.findings, validation: validation, authors: working.authors)
    plan.losses = chain.flatMap { transformer in
      transformer.gaps.filter(\.isWhole).map { Plan.Loss(transformer: transformer.id, gap: $0) }
    }
    return plan
  }

  /// What the schema of a version finds; nil where there is none.
  func validate(
    _ set: ConfigurationSet, at version: Version, severity: Diagnostic.Severity
  ) throws(Diagnostic) -> [Diagnostic]? {
    guard let schema = try? schema(for: version) else { return nil }
    return try WorkingSet(set).violations(of: schema, severity: severity)
  }

  /// What the schema of the set's version finds in its effective configurations; empty where there is no schema.
  /// - Throws: what keeps the version from being known; `schema-missing`.
  ///
  /// - Parameter known: the set's version, where it is known better than the set says it.
  public func validate(_ set: ConfigurationSet, as known: Version? = nil) throws(Diagnostic) -> [Diagnostic] {
    let version = if let known { known } else { try set.version().version }
    guard let schema = try schema(for: version) else { return [] }
    return try WorkingSet(set).violations(of: schema, severity: .error)
  }

  /// - Throws: `schema-missing` where the product names schemas and this version has none.
  func schema(for version: Version) throws(Diagnostic) -> Schema? {
    guard let schemas, let path = registry.product.schemaPath(for: version.label) else { return nil }
    if let schema = schemas(version.label) { return schema }
    throw Diagnostic(
      .schemaMissing, "there is no schema for version \(version), so the set cannot be validated",
      hint: "the product says that it is `\(path)`, beside `product.yaml`")
  }
}

extension WorkingSet {
  /// Runs one transformer, and writes the version that it leads to.
  mutating func run(_ transformer: Transformer) throws(Diagnostic) -> Plan.Step {
    Plan.Step(transformer, outcomes: try outcomes(of: transformer))
  }

  /// Runs one transformer, and writes the version that it leads to.
  /// - Returns: what each of its operations found.
  mutating func outcomes(of transformer: Transformer) throws(Diagnostic) -> [Plan.OperationOutcome] {
    self.transformer = transformer.description
    emptied = []
    authorsByPlace = [:]
    var outcomes: [Plan.OperationOutcome] = []
    switch transformer.steps {
    case .operations(let operations):
      try runAll(operations)
      outcomes = operations.map { outcome(of: $0) }
    case .program(let program):
      let author = newAuthor("swift", at: nil)
      current = CurrentOperation(name: "swift", place: nil, author: author)
      try program.migrate(&self)
    }
    current = nil
    try writeVersion(transformer.to)
    return outcomes
  }

  private func outcome(of operation: Operation) -> Plan.OperationOutcome {
    Plan.OperationOutcome(
      name: operation.name, subject: operation.subject, place: operation.place, matches: tally(of: operation),
      author: operation.place.flatMap { authorsByPlace[$0] }, inner: operation.inner.map { outcome(of: $0) })
  }
}

extension Plan.Step {
  init(_ transformer: Transformer, outcomes: [Plan.OperationOutcome]) {
    self.init(
      id: transformer.id, from: transformer.from.label, to: transformer.to.label, summary: transformer.summary,
      file: transformer.file, canonicalForm: transformer.canonicalForm, operations: outcomes)
  }
}
