internal import ConfigDocument
internal import SystemPackage

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
    try root.removeStagedFiles(of: { $0 == run })
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
    // Directories in this one have runs of their own, and one around it may be staging right now.
    let around = root.runsAround()
    try root.removeStagedFiles(of: { around?.contains($0) == false }, sparing: { $0.contains(.stateDirectory) })
  }
}

extension OpenDirectory {
  /// The runs that are going on, or were cut off, in directories that this one is in; nil where one of those cannot be looked into.
  fileprivate func runsAround() -> Set<RunID>? {
    var runs: Set<RunID> = []
    guard var path = realPath().map({ FilePath(String(decoding: $0, as: UTF8.self)) }) else { return runs }
    while path.removeLastComponent(), !path.isEmpty {
      do throws(Diagnostic) {
        guard let state = try StateDirectory(readingIn: OpenDirectory(path.string, in: fileSystem)) else { continue }
        runs.formUnion(try Journal.runs(in: state))
      } catch {
        return nil
      }
    }
    return runs
  }

  /// Removes files that runs have put beside others, here and below.
  ///
  /// - Parameter isSpared: Whether a directory below is left alone, by the names in it.
  fileprivate func removeStagedFiles(
    of isMeant: (RunID) -> Bool, sparing isSpared: ([FileName]) -> Bool = { _ in false }
  ) throws(Diagnostic) {
    var pending = [RelativePath()]
    while let path = pending.popLast() {
      guard let directory = try directory(at: path) else { continue }
      let names = try directory.entries()
      if !path.names.isEmpty, isSpared(names) { continue }
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
