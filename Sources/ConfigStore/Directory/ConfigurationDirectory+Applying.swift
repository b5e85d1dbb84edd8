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
    let listing = try list()
    let realPaths = listing.realPaths
    if description.kind == .apply { try requireDecided(listing) }
    var targets: [FileTarget] = []
    var scope = BackupScope(
      files: realPaths.values.sorted() + [RelativePath([FileName(known: "cfgmigrate.yaml")])],
      links: listing.links)
    for file in plan.files where file.isChanged {
      targets += FileTarget.targets(of: file, at: file.oldPath.flatMap { realPaths[$0] })
      if file.fate != .removed, let path = realPaths[file.path] ?? RelativePath(file.path) {
        scope.attachments.append((Self.attachmentName(of: path), NewBytes(of: file)))
      }
    }
    let provenance = Provenance(of: plan, product: product.product) { realPaths[$0]?.description ?? $0 }
    scope.attachments.append((Provenance.attachmentName, .held(Array("\(provenance.value)\n".utf8))))
    var description = description
    description.plan = try save(plan).digest
    let record = try history.transactions.commit(targets: targets, description, backingUp: scope) {
      () throws(Diagnostic) in
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

  /// - Throws: `merge-conflict` where a way back has left a mark that nobody has decided on.
  private func requireDecided(_ listing: SetListing) throws(Diagnostic) {
    for files in parts(of: listing) {
      guard var undecided = try read(files).undecidedConflicts().first else { continue }
      (undecided.code, undecided.severity) = (.mergeConflict, .error)
      throw undecided
    }
  }

  /// Reads everything from disk again, and compares it with the plan.
  private func verify(_ plan: Plan) throws(Diagnostic) {
    let listing = try list()
    // What is recorded now, and not what was when the directory was opened.
    let written = try rereadingSettings()
    var planned: [String: Plan.PlannedFile] = [:]
    for file in plan.files where file.fate != .removed { planned[file.path] = file }
    for files in parts(of: listing) {
      let set = try read(files)
      for file in set.files {
        guard let expected = planned.removeValue(forKey: file.path) else {
          throw Diagnostic(
            .notTakenEffect,
            "\(file.path) is there after the run, and the plan has no such file; everything was put back",
            hint: "Another program may be writing to the directory")
        }
        guard file.bytes == expected.new else { throw Self.notAsPlanned(file.path) }
      }
      try written.verify(set, at: plan.to)
    }
    for (path, file) in planned.sorted(by: { $0.key < $1.key }) {
      let found = try RelativePath(path).flatMap { path throws(Diagnostic) in
        try history.transactions.root.contents(at: path)
      }
      guard file.layer == .record, found?.bytes == file.new else { throw Self.notAsPlanned(path) }
    }
  }

  private static func notAsPlanned(_ path: String) -> Diagnostic {
    Diagnostic(
      .notTakenEffect, "\(path) is not what the plan says, after it was written; everything was put back",
      hint: "Another program may be writing to the directory")
  }

  /// Whether files that were written say the version, and are what its schema wants.
  private func verify(_ set: ConfigurationSet, at label: String) throws(Diagnostic) {
    let found = try version(of: set)
    let version = found.version
    // What only bounds the version does not contradict it.
    guard version.label == label || found.isUpperBound else {
      throw Diagnostic(
        .notTakenEffect,
        "the set says version \(version.label) after it was written as \(label); everything was put back")
    }
    guard let schema = try product.schema(for: version)?.schema else { return }
    let findings = try Planner(registry: product.registry, schemas: { _ in schema }).validate(set, as: version)
    if let first = findings.first(where: { $0.severity == .error }) { throw first }
  }
}

extension NewBytes {
  /// The bytes of a planned file, fetched where they are on a shelf.
  fileprivate init(of file: Plan.PlannedFile) {
    self = file.isShelved ? .fetched { file.new } : .held(file.new)
  }
}

extension FileTarget {
  /// - Parameter realPath: of the file behind a link.
  fileprivate static func targets(of file: Plan.PlannedFile, at realPath: RelativePath?) -> [FileTarget] {
    guard let path = realPath ?? RelativePath(file.oldPath ?? file.path) else { return [] }
    let new = NewBytes(of: file)
    let expected = Expectation.digest(Digest(of: file.old))
    switch file.fate {
    case .kept: return [FileTarget(path: path, expectation: expected, outcome: Outcome(bytes: new, origin: path))]
    case .created: return [FileTarget(path: path, expectation: .absent, outcome: Outcome(bytes: new))]
    case .removed: return [FileTarget(path: path, expectation: expected, outcome: nil)]
    case .renamed:
      guard let newPath = RelativePath(file.path) else { return [] }
      let outcome = Outcome(bytes: file.old == file.new ? nil : new, origin: path)
      return [
        FileTarget(path: newPath, expectation: .absent, outcome: outcome),
        FileTarget(path: path, expectation: expected, outcome: nil),
      ]
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
