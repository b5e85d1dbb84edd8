internal import ConfigDocument

// A journal becomes durable by the same sync as all that its run prepares. Where the power is cut before, it may be torn, or
// lost, while things stay that the run has made: files beside others and parts of a backup, which carry the run's ID in their
// names. None has been used for anything then.

extension TransactionalDirectory {
  /// Takes back a run whose journal is torn.
  /// - Throws: `state-damaged` where the run had come so far that its journal was durable: then something else damaged it.
  func abandon(
    _ run: RunID, whoseTornJournalSays found: Journal.State, in state: StateDirectory
  ) throws(Diagnostic) {
    // A backup is listed after that sync.
    guard found != .undoing, try state.backups.status(of: .of(run)) == nil else {
      throw Journal.damaged(Journal.path(of: run, found, in: state))
    }
    try root.removeStagedFiles { $0 == run }
    let record = LedgerRecord(
      run: run, time: run.time ?? environment.now(), user: "", tool: "", description: RunDescription(.apply), files: [])
    // What there is beside those files is found by the run's ID alone.
    let journal = Journal(
      state: found, record: record, transitions: [], createdDirectories: [], removedDirectories: [])
    try Run(place, state, journal).abandon()
  }

  /// Removes what runs have left whose journals are lost. Every journal that there is was followed before.
  func removeForgottenFiles(in state: StateDirectory) throws(Diagnostic) {
    try state.journal.removeUnfinishedFiles()
    try state.backups.removeUnfinishedFiles()
    try state.objects.directory.removeUnfinishedFiles()
    try root.removeStagedFiles { _ in true }
  }
}

extension OpenDirectory {
  /// Removes files that runs have put beside others, here and below, but not in configuration directories of their own.
  fileprivate func removeStagedFiles(of isMeant: (RunID) -> Bool) throws(Diagnostic) {
    var pending = [RelativePath()]
    while let path = pending.popLast() {
      guard let directory = try directory(at: path) else { continue }
      let names = try directory.entries()
      if !path.names.isEmpty, names.contains(.stateDirectory) { continue }
      for name in names where name != .stateDirectory && name != .gitDirectory {
        let kind = try directory.status(of: name)?.kind
        if let run = RunID(ofStagedFile: name) {
          if kind == .file, isMeant(run) { try directory.removeFile(name) }
        } else if kind == .directory {
          pending.append(path.appending(name))
        }
      }
    }
  }
}
