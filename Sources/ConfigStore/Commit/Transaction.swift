package import ConfigDocument

extension TransactionalDirectory {
  /// Makes the changes as one: afterwards all files are new, or, whatever went wrong, all are as they were.
  ///
  /// The steps: check what is there; back up the old bytes and put the new ones beside them; write the journal, from
  /// where on the run goes forward; let the new files take their places; read them again; enter the run in the ledger.
  ///
  /// - Parameters:
  ///   - scope: What is backed up beside the files that change.
  ///   - verify: The caller's own opinion of what is on disk now; what it throws undoes the run.
  /// - Returns: what the ledger says of the run; nil where there was nothing to change.
  /// - Throws: `locked`, `drift`, `outside-directory`, `read-only-directory`, `disk-full`, `io-error`,
  ///   `conflicting-changes`, or what `verify` throws: then nothing has changed. `interrupted-run`: undoing failed too.
  package func commit(
    _ changes: [FileChange], _ description: RunDescription, backingUp scope: BackupScope = BackupScope(),
    verifying verify: () throws(Diagnostic) -> Void = {}
  ) throws(Diagnostic) -> LedgerRecord? {
    try commit(
      targets: changes.flatMap(FileTarget.targets(of:)), description, backingUp: scope, verifying: verify)
  }

  /// The same, for changes in the form that the transaction works on.
  func commit(
    targets: [FileTarget], _ description: RunDescription, backingUp scope: BackupScope = BackupScope(),
    verifying verify: () throws(Diagnostic) -> Void = {}
  ) throws(Diagnostic) -> LedgerRecord? {
    guard !targets.isEmpty else { return nil }
    // Before anything at all is written, so that a mistake leaves not even a state directory behind.
    if try root.status(of: .stateDirectory) == nil {
      try followExchange()
      _ = try checked(targets, at: environment.now())
    }
    return try locked { (state) throws(Diagnostic) in
      _ = try recoverAll(in: state, .automatic)
      return try commit(targets, description, backingUp: scope, in: state, verifying: verify)
    }
  }

  /// The transaction itself, under the lock and with no interrupted run in the way.
  func commit(
    _ targets: [FileTarget], removing emptyDirectories: [RelativePath] = [], _ description: RunDescription,
    backingUp scope: BackupScope = BackupScope(), in state: StateDirectory,
    verifying verify: () throws(Diagnostic) -> Void = {}
  ) throws(Diagnostic) -> LedgerRecord? {
    let time = environment.now()
    try OldTree(place, state).remove()
    let checked = try checked(targets, at: time)
    guard !checked.items.isEmpty else { return nil }
    let ledger = try LedgerEnd(in: state)
    var record = LedgerRecord(
      run: newRun(after: try lastRun(ledger, in: state), at: time), time: time, user: environment.user,
      tool: environment.tool, description: description,
      files: checked.items.map { LedgerRecord.File($0.transition) })
    var run = Run(
      place, state,
      Journal(
        state: .staging, record: record, transitions: checked.items.map(\.transition),
        createdDirectories: checked.missingDirectories, removedDirectories: emptyDirectories))
    let oldFiles: ClosingFiles
    do throws(Diagnostic) {
      if manner == .exchange { run.journal.twin = try run.makeTwin() }
      try run.journal.begin(in: state, durably: run.makesDirectories)
      let backedUp = try run.backUp(checked, scope)
      if let twin = run.journal.twin { try run.build(twin, checked) } else { try run.stage(checked) }
      try run.writeList(backedUp)
      // One sync for all of it: a power cut before it ends leaves files that no one looks at.
      try run.enter(.committing, durably: false)
      // While that waits for the disk, threads come.
      oldFiles = ClosingFiles(run.journal.twin == nil ? checked.items.count : 0, in: root)
      try run.sync()
    } catch {
      // What cannot be taken back now, the journal's state lets recovery take back.
      try? run.abandon()
      throw error
    }
    do throws(Diagnostic) {
      try run.listBackup()
      let seen = checked.items.map(\.seen)
      if let twin = run.journal.twin {
        try run.exchange(twin, seen: seen)
      } else {
        try run.replace(seen: seen, oldFiles)
      }
      try run.verify(checked)
      try verify()
      record = try run.enter(in: ledger)
      try run.sync()
    } catch {
      do throws(Diagnostic) { try run.undo(.keep) } catch let second { throw unfinished(run, error, second) }
      throw error
    }
    // From here on the run is complete; a journal that a power cut brings back is found complete by recovery.
    try run.journal.remove(in: state, durably: false)
    oldFiles.finish()
    return record
  }

  private func lastRun(_ ledger: LedgerEnd, in state: StateDirectory) throws(Diagnostic) -> RunID? {
    if let last = ledger.lastRun { return last }
    // An empty ledger, or one whose last line does not say.
    return try Ledger(in: state).records.map(\.run).max()
  }

  private func checked(_ targets: [FileTarget], at time: Timestamp) throws(Diagnostic) -> CheckedChanges {
    try CheckedChanges(targets, in: root, at: time, mask: environment.mask)
  }

  private func unfinished(_ run: Run, _ error: Diagnostic, _ second: Diagnostic) -> Diagnostic {
    Diagnostic(
      .interruptedRun, "run \(run.journal.run) failed (\(error.message)), and so did undoing it (\(second.message))",
      hint: "See to the cause, then run recover; the old bytes of every file are in the run's backup")
  }
}
