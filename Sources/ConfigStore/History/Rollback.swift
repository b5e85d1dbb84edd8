package import ConfigDocument

extension TransactionalDirectory {
  /// Puts back what was there before a run: bytes, modes, owners and times of change; files that the run created go.
  ///
  /// A rollback is a run itself, with a backup of its own, and can be rolled back.
  ///
  /// - Parameters:
  ///   - run: The newest run whose effect is still there, where none is given.
  ///   - isForced: Whether files that were edited since the run are put back too.
  /// - Returns: what the ledger says of the rollback; nil where everything is as it was before the run already.
  /// - Throws: `drift`, naming the files that were edited since; `unknown-run`; what ``commit(_:_:verifying:)`` throws.
  package func rollback(
    _ run: RunID? = nil, force isForced: Bool = false, verifying verify: () throws(Diagnostic) -> Void = {}
  ) throws(Diagnostic) -> LedgerRecord? {
    guard try StateDirectory(readingIn: root) != nil else { throw nothingToRollBack() }
    return try locked { (state) throws(Diagnostic) in
      _ = try recoverAll(in: state, .automatic)
      let ledger = try Ledger(in: state)
      guard let run = run ?? ledger.lastEffective?.run else { throw nothingToRollBack() }
      let manifest = try BackupManifest(of: run, in: state)
      let targets = try targets(of: manifest, in: state, force: isForced, ledger)
      let reverted = ledger.record(of: run)?.description
      return try commit(
        targets, removing: manifest.createdDirectories.reversed(),
        RunDescription(.rollback, from: reverted?.toVersion, to: reverted?.fromVersion, reverts: run),
        backingUp: BackupScope(files: manifest.kept.map(\.path), links: manifest.links.map(\.path)), in: state,
        verifying: verify)
    }
  }

  private func nothingToRollBack() -> Diagnostic {
    Diagnostic(
      .unknownRun, "there is no run in \(root.path) to roll back",
      hint: "`cfgmigrate history` lists the runs; a run that was rolled back can be rolled forward by its rollback's ID"
    )
  }

  private func targets(
    of manifest: BackupManifest, in state: StateDirectory, force isForced: Bool, _ ledger: Ledger
  ) throws(Diagnostic) -> [FileTarget] {
    var targets: [FileTarget] = []
    var drifted: [RelativePath] = []
    for transition in manifest.transitions {
      let current = try root.contents(at: transition.path)
      // Nothing is put back unless all of it is there and whole.
      if let before = transition.before { _ = try state.objects.bytes(of: before.digest) }
      let digest = current.map { Digest(of: $0.bytes) }
      if digest != transition.after?.digest, digest != transition.before?.digest { drifted.append(transition.path) }
      if transition.before == nil, current == nil { continue }
      targets.append(.restoring(transition.before, at: transition.path, over: digest))
    }
    if !drifted.isEmpty, !isForced { throw drift(of: drifted, since: manifest.run, ledger) }
    return targets
  }

  private func drift(of files: [RelativePath], since run: RunID, _ ledger: Ledger) -> Diagnostic {
    let names = files.map(\.description).joined(separator: ", ")
    let changed = Set(files)
    let later = ledger.records.last { $0.run > run && !changed.isDisjoint(with: $0.files.map(\.path)) }
    if let later {
      return Diagnostic(
        .drift, "run \(run) cannot be rolled back: run \(later.run) came after it and changed \(names)",
        hint: "Roll back \(later.run) first, or use --force, which puts the older bytes back")
    }
    return Diagnostic(
      .drift, "run \(run) cannot be rolled back: \(names) \(files.count == 1 ? "was" : "were") edited since",
      hint: "Undo these edits, or use --force, which backs them up and puts the old bytes back")
  }
}

extension FileTarget {
  /// Back to a state from a backup, whose bytes are in the object store; `nil` is no file.
  static func restoring(_ state: FileState?, at path: RelativePath, over digest: Digest?) -> FileTarget {
    FileTarget(
      path: path, expectation: digest.map(Expectation.digest) ?? .absent,
      outcome: state.map { state in
        Outcome(
          stored: state, mode: state.attributes.mode,
          ownership: FileOwnership(owner: state.attributes.owner, group: state.attributes.group),
          modified: state.attributes.modified, origin: digest == nil ? nil : path)
      })
  }
}
