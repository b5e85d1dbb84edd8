public import ConfigDocument
public import ConfigMigration

/// Where a directory stands.
public struct DirectoryStatus: Sendable {
  public struct File: Sendable {
    public var path: String
    public var layer: Layer
    /// Whether it was edited since the last run that wrote it.
    public var isEdited: Bool
  }

  /// One transformer of the pending chain.
  public struct PendingStep: Sendable {
    public var id: String
    public var from: String
    public var to: String
    public var summary: String
  }

  public var product: String
  /// nil where the version is not known: `problem` says why.
  public var version: String?
  /// Whether the version was found by what the set holds.
  public var isDetected: Bool
  /// What keeps the version or the chain from being known.
  public var problem: Diagnostic?
  /// What is odd about the set, and transformers that changed since they were applied.
  public var findings: [Diagnostic]
  public var files: [File]
  /// The way to the newest version that can be reached.
  public var pending: [PendingStep]
  public var interruptedRun: InterruptedRun?
  /// The last run that is in effect.
  public var lastRun: LedgerRecord?
}

extension ConfigurationDirectory {
  /// Where the directory stands. Writes nothing, and also tells of a run that was cut off.
  /// - Throws: what keeps the set from being read.
  public func status() throws(Diagnostic) -> DirectoryStatus {
    try hidingSecrets { () throws(Diagnostic) in try plainStatus() }
  }

  private func plainStatus() throws(Diagnostic) -> DirectoryStatus {
    let (set, realPaths) = try read()
    let ledger = try history.ledger()
    var status = DirectoryStatus(
      product: product.product.name, version: nil, isDetected: false, problem: nil, findings: ledger.problems,
      files: [],
      pending: [], interruptedRun: try history.interruptedRun(), lastRun: ledger.lastEffective)
    var digests: [RelativePath: Digest?] = [:]
    for record in ledger.records {
      for file in record.files { digests[file.path] = file.after }
    }
    for file in set.files {
      let recorded = realPaths[file.path].flatMap { digests[$0] } ?? nil
      let isEdited = recorded.map { $0 != Digest(of: file.bytes) } ?? false
      status.files.append(.init(path: file.path, layer: file.layer, isEdited: isEdited))
    }
    do throws(Diagnostic) {
      let detected = try version(of: set)
      status.version = detected.version.label
      status.isDetected = detected.isDetected
      status.findings += detected.findings + set.undecidedConflicts()
      status.pending = try product.registry.chain(from: detected.version, at: detected.places.first).map {
        .init(id: $0.id, from: $0.from.label, to: $0.to.label, summary: $0.summary)
      }
    } catch { status.problem = error }
    status.findings += changedTransformers(since: ledger)
    return status
  }

  /// Transformers that are not what they were when a run applied them whose effect is still there.
  private func changedTransformers(since ledger: Ledger) -> [Diagnostic] {
    var applied: [(step: RunDescription.Step, run: RunID)] = []
    for record in ledger.effective where record.description.kind == .apply {
      for step in record.description.chain {
        // Of a transformer that ran again, only the last time counts.
        applied.removeAll { $0.step.id == step.id }
        applied.append((step, record.run))
      }
    }
    return applied.compactMap { step, run in
      guard let transformer = product.registry.transformers.first(where: { $0.id == step.id }),
        "\(Digest(of: transformer.canonicalForm))" != step.checksum
      else { return nil }
      return Diagnostic(
        .transformerChanged, "the transformer `\(step.id)` has changed since run \(run) applied it here",
        severity: .warning, hint: "Transformers are never edited once they are published; add a new one")
    }
  }
}

extension Diagnostic.Code {
  /// A transformer's operations are not what they were when it was applied.
  public static let transformerChanged: Self = "transformer-changed"
}
