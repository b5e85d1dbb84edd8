public import ConfigDocument

/// A run that was cut off, as it was found.
public struct InterruptedRun: Hashable, Sendable {
  public var run: RunID
  /// nil where the run came no further than to write its journal, or the power was cut before that was on the disk.
  public var description: RunDescription?
  /// Whether the run had come so far that some files may be new already.
  public var mayHaveChangedFiles: Bool
  /// Whether it exchanges the whole directory, which then is wholly old or wholly new even now.
  public var isExchange: Bool
  public var files: [RelativePath]

  init(_ found: FoundJournal) {
    run = found.run
    guard case .whole(let journal) = found else {
      (mayHaveChangedFiles, isExchange, files) = (false, false, [])
      return
    }
    description = journal.record.description
    mayHaveChangedFiles = journal.state != .staging
    isExchange = journal.twin != nil
    files = journal.transitions.map(\.path)
  }

  /// The error for commands that only read and so must not repair.
  public func diagnostic(in directory: String) -> Diagnostic {
    Diagnostic(
      .interruptedRun,
      isExchange
        ? "run \(run) was cut off in \(directory): the directory is wholly old or wholly new"
        : mayHaveChangedFiles
          ? "run \(run) was cut off in \(directory): its files are a mixture of old and new, or may be"
          : "run \(run) was cut off in \(directory), before it changed a file",
      hint: "Run `cfgmigrate recover`, which finishes or undoes it")
  }
}

/// What became of a run that was cut off.
public struct RecoveredRun: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable {
    /// The directory is as the run wanted it.
    case finished
    /// The directory is as it was before the run.
    case undone
  }
  public var run: RunID
  public var outcome: Outcome
}

/// Which way recovery goes.
public enum RecoveryDirection: String, Hashable, Sendable {
  /// Finish where that is possible, else undo; files that someone edited meanwhile are an error.
  case automatic
  case finish
  case undo
  /// Undo, and put the old bytes even over files that someone edited meanwhile.
  case undoForced
}

extension TransactionalDirectory {
  /// The run that was cut off here, if one was. Changes nothing.
  /// - Throws: `locked` where that run, or another, is going on.
  package func interruptedRun() throws(Diagnostic) -> InterruptedRun? {
    guard let state = try StateDirectory(readingIn: root),
      let found = try Journal.all(in: state).first.map(InterruptedRun.init)
    else { return nil }
    if try DirectoryLock.isHeld(in: state) {
      // Who holds one tree open sees no mixture while another takes its place.
      if found.isExchange { return nil }
      throw DirectoryLock.locked(state.directory)
    }
    // It may have ended between the two looks.
    return try Journal.all(in: state).first { $0.run == found.run }.map(InterruptedRun.init)
  }

  /// Finishes or undoes what was cut off, and removes files of runs that nothing speaks of any more. Where nothing was cut
  /// off, nothing changes.
  /// - Throws: `interrupted-run` where neither way is possible without overwriting someone's edit.
  package func recover(_ direction: RecoveryDirection = .automatic) throws(Diagnostic) -> [RecoveredRun] {
    guard try StateDirectory(readingIn: root) != nil else { return [] }
    return try locked { (state) throws(Diagnostic) in
      let recovered = try recoverAll(in: state, direction)
      try removeForgottenFiles(in: state)
      return recovered
    }
  }

  func recoverAll(in state: StateDirectory, _ direction: RecoveryDirection) throws(Diagnostic) -> [RecoveredRun] {
    var recovered: [RecoveredRun] = []
    for found in try Journal.all(in: state) {
      switch found {
      case .whole(let journal):
        var run = Run(place, state, journal)
        recovered.append(RecoveredRun(run: journal.run, outcome: try run.recover(direction)))
      case .torn(let run, let journalState):
        try abandon(run, whoseTornJournalSays: journalState, in: state)
        recovered.append(RecoveredRun(run: run, outcome: .undone))
      }
    }
    return recovered
  }
}

extension Run {
  fileprivate mutating func recover(_ direction: RecoveryDirection) throws(Diagnostic) -> RecoveredRun.Outcome {
    if journal.state != .staging {
      // A process that was killed may have left what it prepared in the cache: from here on it is built upon.
      try sync()
      try listBackup()
    }
    if let twin = journal.twin { return try recoverExchange(twin, direction) }
    switch journal.state {
    case .staging:
      try abandon()
      return .undone
    case .committing where direction == .automatic || direction == .finish:
      if try isComplete() {
        try journal.remove(in: state, durably: true)
        return .finished
      }
      // A run that could not be taken back afterwards is finished only where that is asked for.
      if try canFinish(), direction == .finish ? true : try isBackedUp() {
        try replace(ClosingFiles(journal.transitions.count, in: root))
        try verify()
        try enterInLedgerAgain()
        try sync()
        try journal.remove(in: state, durably: true)
        return .finished
      }
      if direction == .finish {
        let foreign = try foreignFiles()
        if foreign.isEmpty { throw blocked("cannot be finished: its new files are gone") }
        throw blocked("cannot be finished", by: foreign)
      }
    case .committing, .undoing: break
    }
    let foreign = try foreignFiles()
    if !foreign.isEmpty, direction != .undoForced { throw blocked("can be neither finished nor undone", by: foreign) }
    try undo(.overwrite)
    return .undone
  }

  func blocked(_ what: String, by files: [RelativePath]) -> Diagnostic {
    let names = files.map(\.description).joined(separator: ", ")
    return blocked("\(what): someone edited \(names) since it was cut off")
  }

  func blocked(_ what: String) -> Diagnostic {
    Diagnostic(
      .interruptedRun, "run \(journal.run) \(what)",
      hint: "Keep a copy of what you need from these files, then undo by force with recover --force")
  }
}
