public import ConfigDocument
import ConfigMigration

/// A rollback that was done.
public struct RolledBack: Sendable {
  /// nil where everything was as it was before already.
  public var record: LedgerRecord?
  /// What was lost of edits since the run: comments that found no place.
  public var findings: [Diagnostic]

  public init(record: LedgerRecord?, findings: [Diagnostic]) {
    self.record = record
    self.findings = findings
  }
}

extension ConfigurationDirectory {
  /// Puts back what was there before a run, and carries along what was edited since.
  ///
  /// Without such edits this is ``DirectoryHistory/rollback(_:force:)``: bytes, modes and times. With them, the edits are
  /// taken through the inverse of the run's transformers and put together with the bytes of before.
  ///
  /// - Parameters:
  ///   - run: the newest run whose effect is still there, where none is given.
  ///   - choice: what is taken where an edit and the older form differ; `ours` is the edit.
  /// - Returns: the record of the rollback, and what an edit lost on the way.
  /// - Throws: `merge-conflict`, with every place, where no side is preferred; `drift` where a later run is in the way; what
  ///   ``apply(_:acknowledging:)`` throws.
  public func rollback(_ run: RunID? = nil, preferring choice: ConflictChoice? = nil) throws(Diagnostic) -> RolledBack {
    let drift: Diagnostic
    do throws(Diagnostic) {
      return RolledBack(record: try history.rollback(run), findings: [])
    } catch {
      guard error.code == .drift else { throw error }
      drift = error
    }
    let ledger = try history.ledger()
    guard let newest = ledger.lastEffective, run == nil || run == newest.run,
      newest.description.kind == .apply, let goal = newest.description.fromVersion
    else { throw drift }
    let plan = try plan(to: goal, preferring: choice)
    let record = try commit(
      plan, acknowledging: Acknowledgements(acceptsLoss: true),
      as: RunDescription(.rollback, from: plan.from, to: plan.to, reverts: newest.run))
    return RolledBack(record: record, findings: plan.warnings)
  }

  /// The runs that brought the set up to a version, newest first, with the bytes before and after.
  ///
  /// A run whose bytes are not all there is left out, and with it all before it.
  func recordedRuns(
    upTo version: String, _ realPaths: [String: RelativePath]
  ) throws(Diagnostic) -> [RecordedRun] {
    let names = Dictionary(realPaths.map { ($0.value, $0.key) }) { first, _ in first }
    let scheme = product.product.versions.scheme
    func isUp(_ description: RunDescription) -> Bool {
      guard description.kind == .apply, let from = description.fromVersion.flatMap({ Version($0, scheme: scheme) }),
        let to = description.toVersion.flatMap({ Version($0, scheme: scheme) })
      else { return false }
      return from < to
    }
    // A way down may have stopped within a run.
    func leads(_ description: RunDescription, to version: String) -> Bool {
      description.toVersion == version
        || description.chain.contains { step in
          product.registry.transformers.contains { $0.id == step.id && $0.to.label == version }
        }
    }
    var runs: [RecordedRun] = []
    var expected = version
    for record in try history.ledger().effective.reversed() {
      guard isUp(record.description), leads(record.description, to: expected), let from = record.description.fromVersion
      else { continue }
      guard let run = try? recorded(record, names) else { break }
      runs.append(run)
      expected = from
    }
    return runs
  }

  /// A run with the bytes of its files.
  /// - Throws: `backup-damaged` where they are not all there.
  func recorded(_ record: LedgerRecord, _ names: [RelativePath: String]) throws(Diagnostic) -> RecordedRun {
    let backup = try history.backup(of: record.run)
    var files: [RecordedRun.File] = []
    for file in record.files {
      var before: [UInt8]?
      if let kept = backup.files.first(where: { $0.path == file.path }), file.before != nil {
        before = try history.bytes(of: kept)
      }
      var after: [UInt8]?
      if file.after != nil {
        guard let kept = backup.attachments.first(where: { $0.name == Self.attachmentName(of: file.path) }) else {
          throw Diagnostic(
            .backupDamaged, "the backup of run \(record.run) does not have what the run wrote to \(file.path)")
        }
        after = try history.transactions.bytes(of: kept)
      }
      files.append(.init(path: names[file.path] ?? file.path.description, before: before, after: after))
    }
    return RecordedRun(name: record.run.text, chain: record.description.chain.map(\.id), files: files)
  }

  /// What a run writes travels with its backup: a way back compares with it.
  static func attachmentName(of path: RelativePath) -> String { "after/\(path)" }
}
