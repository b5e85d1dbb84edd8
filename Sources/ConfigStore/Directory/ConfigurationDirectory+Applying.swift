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
    try hidingSecrets(of: plan) { () throws(Diagnostic) in
      try commit(
        plan, acknowledging: acknowledgements,
        as: RunDescription(
          .apply, from: plan.from, to: plan.to,
          chain: plan.steps.map { .init(id: $0.id, checksum: "\(Digest(of: $0.canonicalForm))") }))
    }
  }

  /// Makes the directory what the plan says, in the name of a run.
  func commit(
    _ plan: Plan, acknowledging acknowledgements: Acknowledgements, as description: RunDescription
  ) throws(Diagnostic) -> LedgerRecord? {
    guard plan.changesAnything else { return nil }
    try check(plan, acknowledgements)
    let productCheck = ProductCheck(
      arguments: product.product.verify, directory: product.directory, isAllowed: !product.isNamedBySet)
    try productCheck.prepare()
    // A run that was cut off is finished or undone first: the digests then decide whether the plan still fits.
    if try history.interruptedRun() != nil { _ = try history.recover() }
    try history.transactions.followExchange()
    let (set, realPaths) = try read()
    if description.kind == .apply, var undecided = set.undecidedConflicts().first {
      (undecided.code, undecided.severity) = (.mergeConflict, .error)
      throw undecided
    }
    var changes: [FileChange] = []
    var scope = BackupScope(
      files: realPaths.values.sorted() + [RelativePath([FileName(known: "cfgmigrate.yaml")])],
      links: realPaths.keys.compactMap { RelativePath($0) }.sorted())
    for file in plan.files where file.isChanged {
      if let change = FileChange(file, at: file.oldPath.flatMap { realPaths[$0] }) { changes.append(change) }
      if file.fate != .removed, let path = realPaths[file.path] ?? RelativePath(file.path) {
        scope.attachments.append((Self.attachmentName(of: path), file.new))
      }
    }
    let provenance = Provenance(of: plan, product: product.product) { realPaths[$0]?.description ?? $0 }
    scope.attachments.append((Provenance.attachmentName, Array("\(provenance.value)\n".utf8)))
    var description = description
    description.plan = try save(plan).digest
    let record = try history.transactions.commit(changes, description, backingUp: scope) { () throws(Diagnostic) in
      try verify(plan)
      try productCheck.run(on: history.transactions.place.path ?? path)
    }
    if plan.hidesSecrets || !product.product.secrets.isEmpty { keepSecretKey() }
    return record
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
    if let first = plan.openConflicts.first {
      throw Diagnostic(
        .mergeConflict, "an edit since the upgrade and the older form differ: \(first.sentence)",
        hint:
          "Take the edits with --ours, the older form with --theirs, or leave a comment at each place with --markers",
        related: plan.openConflicts.dropFirst().map {
          .init($0.sentence, at: SourcePlace(file: $0.path, line: 1, column: 1))
        })
    }
    if !acknowledgements.acceptsLoss, let first = plan.losses.first {
      throw Diagnostic(
        .unacknowledged, first.sentence(isDown: plan.isDown), at: first.gap.place,
        hint: "`plan` lists what would be lost; --accept-loss agrees to it",
        related: plan.losses.dropFirst().compactMap { loss in
          loss.gap.place.map { .init(loss.sentence(isDown: plan.isDown), at: $0) }
        })
    }
    if !acknowledgements.acceptsLoss, let first = plan.excesses.first {
      throw Diagnostic(
        .unacknowledged, first.sentence(to: plan.to),
        hint: "`plan` lists what would be left out; --accept-loss agrees to it",
        related: plan.excesses.dropFirst().map {
          .init($0.sentence(to: plan.to), at: SourcePlace(file: $0.path, line: 1, column: 1))
        })
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
    let planned = plan.files.filter { $0.fate != .removed }
    if let stray = set.files.first(where: { found in !planned.contains { $0.path == found.path } }) {
      throw Diagnostic(
        .notTakenEffect, "\(stray.path) is there after the run, and the plan has no such file; everything was put back",
        hint: "Another program may be writing to the directory")
    }
    for file in planned {
      guard try bytes(of: file, in: set) == file.new else {
        throw Diagnostic(
          .notTakenEffect, "\(file.path) is not what the plan says, after it was written; everything was put back",
          hint: "Another program may be writing to the directory")
      }
    }
    // What is recorded now, and not what was when the directory was opened.
    let written = try rereadingSettings()
    let found = try written.version(of: set)
    let version = found.version
    // What only bounds the version does not contradict it.
    guard version.label == plan.to || found.isUpperBound else {
      throw Diagnostic(
        .notTakenEffect,
        "the set says version \(version.label) after it was written as \(plan.to); everything was put back")
    }
    guard let schema = try product.schema(for: version)?.schema else { return }
    let findings = try Planner(registry: product.registry, schemas: { _ in schema }).validate(set, as: version)
    if let first = findings.first(where: { $0.severity == .error }) { throw first }
  }
}

extension ConfigurationDirectory {
  private func bytes(of file: Plan.PlannedFile, in set: ConfigurationSet) throws(Diagnostic) -> [UInt8]? {
    guard file.layer == .record else { return set.files.first { $0.path == file.path }?.bytes }
    return try RelativePath(file.path).flatMap { path throws(Diagnostic) in
      try history.transactions.root.contents(at: path)?.bytes
    }
  }
}

extension FileChange {
  /// - Parameter realPath: of the file behind a link.
  fileprivate init?(_ file: Plan.PlannedFile, at realPath: RelativePath?) {
    guard let path = realPath ?? RelativePath(file.oldPath ?? file.path) else { return nil }
    let digest = Digest(of: file.old)
    switch file.fate {
    case .kept: self.init(.replace(file.new), at: path, expecting: digest)
    case .created: self.init(.create(file.new), at: path)
    case .removed: self.init(.remove, at: path, expecting: digest)
    case .renamed:
      guard let newPath = RelativePath(file.path) else { return nil }
      self.init(.rename(to: newPath, contents: file.old == file.new ? nil : file.new), at: path, expecting: digest)
    }
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
