public import ConfigDocument
public import ConfigMigration

/// What the operator has seen and agreed to.
public struct Acknowledgements: Sendable {
  /// The codes of notes of level `action`.
  public var codes: Set<String>
  /// Whether changes that cannot be taken back without a backup are agreed to.
  public var acceptsLoss: Bool

  public init(codes: Set<String> = [], acceptsLoss: Bool = false) {
    self.codes = codes
    self.acceptsLoss = acceptsLoss
  }
}

extension ConfigurationDirectory {
  /// Makes the directory what the plan says, as one transaction: back up, write, read again, compare, validate, let the
  /// product's own check look, record. What any of them does not accept is taken back.
  ///
  /// - Returns: the record of the run; nil where the plan changes nothing.
  /// - Throws: `invalid-result` where the schemas find errors in the plan, `unacknowledged`, `drift` where a file is not
  ///   what the plan was made of, `verify-failed`, `locked`, or what the file system says. Then nothing has changed.
  @discardableResult
  public func apply(
    _ plan: Plan, acknowledging acknowledgements: Acknowledgements = Acknowledgements()
  ) throws(Diagnostic) -> LedgerRecord? {
    guard plan.changesAnything else { return nil }
    try check(plan, acknowledgements)
    let productCheck = ProductCheck(
      arguments: product.product.verify, directory: product.directory, isAllowed: !product.isNamedBySet)
    try productCheck.prepare()
    // A run that was cut off is finished or undone first: the digests then decide whether the plan still fits.
    if try history.interruptedRun() != nil { _ = try history.recover() }
    try history.transactions.followExchange()
    let realPaths = try read().realPaths
    var changes: [FileChange] = []
    for file in plan.files where file.isChanged {
      guard let path = realPaths[file.path] ?? RelativePath(file.path) else { continue }
      changes.append(FileChange(.replace(file.new), at: path, expecting: Digest(of: file.old)))
    }
    let description = RunDescription(
      .apply, from: plan.from, to: plan.to,
      chain: plan.steps.map { .init(id: $0.id, checksum: "\(Digest(of: $0.canonicalForm))") },
      plan: try save(plan).digest)
    let scope = BackupScope(
      files: realPaths.values.sorted() + [RelativePath([FileName(known: "cfgmigrate.yaml")])],
      links: realPaths.keys.compactMap { RelativePath($0) }.sorted())
    return try history.transactions.commit(changes, description, backingUp: scope) { () throws(Diagnostic) in
      try verify(plan)
      try productCheck.run(on: history.transactions.place.path ?? path)
    }
  }

  private func check(_ plan: Plan, _ acknowledgements: Acknowledgements) throws(Diagnostic) {
    let errors = plan.validation.target + plan.validation.between
    if let first = errors.first {
      throw Diagnostic(
        .invalidResult,
        "the result would not be valid by its schema (\(errors.count) error\(errors.count == 1 ? "" : "s")), so nothing is written",
        at: first.place, hint: first.hint,
        related: errors.compactMap { error in error.place.map { .init(error.message, at: $0) } })
    }
    let open = plan.notes.filter { $0.level == .action && !acknowledgements.codes.contains($0.code ?? "") }
    if let first = open.first {
      let codes = open.compactMap(\.code)
      throw Diagnostic(
        .unacknowledged, "the plan asks for something that only you can do: \(first.message)", at: first.places.first,
        hint: "When it is done or planned, say so: \(codes.map { "--acknowledge \($0)" }.joined(separator: " "))")
    }
  }

  /// Reads everything from disk again, and compares it with the plan.
  private func verify(_ plan: Plan) throws(Diagnostic) {
    let (set, _) = try read()
    for file in plan.files {
      guard let found = set.files.first(where: { $0.path == file.path }), found.bytes == file.new else {
        throw Diagnostic(
          .notTakenEffect, "\(file.path) is not what the plan says, after it was written; everything was put back",
          hint: "Another program may be writing to the directory")
      }
    }
    let version = try set.version().version
    guard version.label == plan.to else {
      throw Diagnostic(
        .notTakenEffect,
        "the set says version \(version.label) after it was written as \(plan.to); everything was put back")
    }
    guard let schema = try product.schema(for: version)?.schema else { return }
    let findings = try Planner(registry: product.registry, schemas: { _ in schema }).validate(set)
    if let first = findings.first(where: { $0.severity == .error }) { throw first }
  }
}

extension Diagnostic.Code {
  /// The result of a plan fails its schema.
  public static let invalidResult: Self = "invalid-result"
  /// A note of level `action`, or a loss, that nobody has agreed to.
  public static let unacknowledged: Self = "unacknowledged"
  /// What is on disk after the write is not what was planned.
  public static let notTakenEffect: Self = "not-taken-effect"
}
