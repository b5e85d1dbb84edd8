internal import ConfigDocument
internal import SystemPackage

/// The two trees of an exchange, as they stand now.
struct ExchangeSite {
  /// The directory above both.
  var parent: OpenDirectory
  var twin: Twin
  /// What the configuration directory's name leads to.
  var live: OpenDirectory
  /// What stands beside it; nil where it is gone.
  var beside: OpenDirectory?

  /// Whether the tree that was built is the configuration directory now.
  func isExchanged() throws(Diagnostic) -> Bool { try live.identity().inode == twin.inode }
}

extension Run {
  func exchangeSite(_ twin: Twin) throws(Diagnostic) -> ExchangeSite {
    guard let (parent, name) = try place.parent(), name == twin.directory else {
      throw Diagnostic(
        .stateDamaged,
        "\(root.path) is not called \(twin.directory) any more, and run \(journal.run) was to exchange it",
        hint: "Give it its old name back, then run recover")
    }
    return ExchangeSite(
      parent: parent, twin: twin, live: try parent.subdirectory(name, shownAs: root.path),
      beside: try parent.subdirectoryIfPresent(twin.name, shownAs: root.path))
  }

  /// Puts the new tree in the place of the directory, in one instant, and lets the state follow it.
  ///
  /// - Parameter seen: The files as they were checked. What others changed meanwhile goes along, unless it is one of these.
  mutating func exchange(_ twin: Twin, seen: [FileStatus?]) throws(Diagnostic) {
    let site = try exchangeSite(twin)
    guard let new = site.beside, try new.identity().inode == twin.inode else {
      throw Diagnostic(.noSuchFileOrDirectory, .open, site.parent.path(of: twin.name))
    }
    try exchangeNames(site)
    try moveState(to: new, from: site.live)
    place.move(to: new)
    let old = root
    root = place.directory
    var parents = ParentDirectories(below: old)
    for (transition, seen) in zip(journal.transitions, seen) {
      let now = try parents.status(of: transition.path)
      guard FileStatus.isUntouched(now, since: seen) else { throw Self.changedMeanwhile(transition.path) }
    }
    let own = Set(journal.transitions.map(\.path) + journal.removedDirectories)
    try TreeEdits(from: old, to: root, own: own, run: journal.run).carry()
  }

  private func exchangeNames(_ site: ExchangeSite) throws(Diagnostic) {
    let twin = site.twin
    do throws(Errno) {
      try root.fileSystem.rename(
        twin.name, in: site.parent.descriptor, to: twin.directory, in: site.parent.descriptor, as: .exchanging)
    } catch {
      throw ExchangeRefusal.diagnostic(error, root.path)
    }
  }

  private func moveState(to new: OpenDirectory, from old: OpenDirectory) throws(Diagnostic) {
    try old.rename(.stateDirectory, to: .stateDirectory, in: new, as: .exchanging)
  }

  /// Makes the old tree the directory again, with what others changed in the new one meanwhile.
  mutating func exchangeBack(_ twin: Twin, _ foreignEdits: ForeignEdits) throws(Diagnostic) {
    let site = try exchangeSite(twin)
    if try site.isExchanged() {
      guard let old = site.beside else {
        throw Diagnostic(.noSuchFileOrDirectory, .open, site.parent.path(of: twin.name))
      }
      root = site.live
      if foreignEdits == .keep {
        let standings = try standings()
        let own = zip(journal.transitions, standings).filter { $0.1 != .foreign }.map(\.0.path)
        try TreeEdits(
          from: site.live, to: old, own: Set(own + journal.createdDirectories), run: journal.run
        ).carry()
      }
      try exchangeNames(site)
    }
    try restoreState(twin)
  }

  /// Brings the state back to the directory that the configuration's name leads to.
  mutating func restoreState(_ twin: Twin) throws(Diagnostic) {
    let site = try exchangeSite(twin)
    if let present = try site.live.subdirectoryIfPresent(.stateDirectory), try TwinMarker(in: present) != nil,
      let beside = site.beside
    {
      try moveState(to: site.live, from: beside)
    }
    place.move(to: site.live)
    root = site.live
  }

  /// Finishes or undoes an exchange that was cut off.
  mutating func recoverExchange(_ twin: Twin, _ direction: RecoveryDirection) throws(Diagnostic) -> RecoveredRun.Outcome
  {
    let isExchanged = try exchangeSite(twin).isExchanged()
    try restoreState(twin)
    if isExchanged, journal.state == .committing, direction == .automatic || direction == .finish {
      // Nothing is left to do but to say so; what was edited since was edited in the new tree.
      try enterInLedgerAgain()
      try sync()
      try journal.remove(in: state, durably: true)
      return .finished
    }
    if direction == .finish, journal.state == .committing {
      throw blocked("cannot be finished: the trees were not exchanged")
    }
    if isExchanged, direction != .undoForced {
      let foreign = try foreignFiles()
      if !foreign.isEmpty { throw blocked("can be neither finished nor undone", by: foreign) }
    }
    try undo(direction == .undoForced ? .overwrite : .keep)
    return .undone
  }
}

/// Why a directory cannot be exchanged.
enum ExchangeRefusal {
  static func diagnostic(_ reason: String, _ path: String) -> Diagnostic {
    Diagnostic(
      .exchangeImpossible, "\(path) cannot be exchanged as a whole: \(reason)",
      hint:
        "Without --exchange each file is replaced by itself; a run that is cut off is finished or undone by the next one"
    )
  }

  static func diagnostic(_ error: Errno, _ path: String) -> Diagnostic {
    switch error {
    case .invalidArgument, .noFunction, .notSupported:
      diagnostic("its file system has no exchange of two directories (\(error))", path)
    case .improperLink, .resourceBusy: diagnostic("it is a mount point (\(error))", path)
    case .permissionDenied, .notPermitted:
      diagnostic("this user may not give it another name in the directory above (\(error))", path)
    default: Diagnostic(error, .replace, path)
    }
  }
}
