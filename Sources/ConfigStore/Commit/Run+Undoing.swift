internal import ConfigDocument

extension Run {
  /// What to do with a file that holds neither the bytes from before the run nor those after it: someone else's edit.
  enum ForeignEdits {
    case keep, overwrite
  }

  /// How the file of a transition stands to its run.
  enum Standing {
    case before, after, foreign
  }

  func standing(_ transition: FileTransition, _ parents: inout ParentDirectories) throws(Diagnostic) -> Standing {
    let current = try parents.contents(at: transition.path, withAttributes: true).map { FileState($0) }
    guard let current else { return transition.before == nil ? .before : transition.after == nil ? .after : .foreign }
    if current.isLike(transition.before) { return .before }
    if current.digest == transition.after?.digest { return .after }
    // Its bytes are the old ones but not its attributes: restoring was cut off, or someone changed the mode.
    if current.digest == transition.before?.digest { return .after }
    return .foreign
  }

  /// How each file stands, in the order of the transitions.
  func standings() throws(Diagnostic) -> [Standing] {
    let run = self
    return try ConcurrentWork.map(journal.transitions.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: run.root)
      var standings: [Standing] = []
      for transition in run.journal.transitions[range] { standings.append(try run.standing(transition, &parents)) }
      return standings
    }
  }

  /// The files that hold someone else's edit.
  func foreignFiles() throws(Diagnostic) -> [RelativePath] {
    zip(journal.transitions, try standings()).filter { $0.1 == .foreign }.map(\.0.path)
  }

  /// Whether the old bytes are all there and whole, so that the run can still be taken back when it is complete.
  func isBackedUp() throws(Diagnostic) -> Bool {
    do throws(Diagnostic) {
      let manifest = try BackupManifest(of: journal.run, in: state)
      for transition in manifest.transitions {
        if let before = transition.before { _ = try objects.bytes(of: before.digest) }
      }
      return true
    } catch {
      guard error.code == .backupDamaged || error.code == .unknownRun else { throw error }
      return false
    }
  }

  /// Whether new bytes can take every place that they do not have yet.
  func canFinish() throws(Diagnostic) -> Bool {
    guard try !standings().contains(.foreign) else { return false }
    var parents = ParentDirectories(below: root)
    for (index, transition) in journal.transitions.enumerated() {
      guard let after = transition.after else { continue }
      if let site = try site(index, &parents), let staged = try site.directory.readIfPresent(site.staged) {
        if Digest(of: staged.bytes) != after.digest { return false }
      } else if try parents.contents(at: transition.path).map({ Digest(of: $0.bytes) }) != after.digest {
        return false
      }
    }
    return true
  }

  /// Whether the run is in the ledger and has nothing left to do, whatever was edited since: only its journal came back,
  /// because removing it was not durable.
  func isComplete() throws(Diagnostic) -> Bool {
    guard try Ledger(in: state).record(of: journal.run) != nil else { return false }
    var parents = ParentDirectories(below: root)
    for (index, transition) in journal.transitions.enumerated() {
      guard let site = try site(index, &parents) else { continue }
      if try site.directory.status(of: site.staged) != nil { return false }
      if transition.after == nil, try standing(transition, &parents) == .before { return false }
    }
    return true
  }

  /// Brings the old bytes back, and leaves no trace of the run.
  mutating func undo(_ foreignEdits: ForeignEdits) throws(Diagnostic) {
    try enter(.undoing, durably: true)
    if let twin = journal.twin { try exchangeBack(twin, foreignEdits) } else { try putBack(foreignEdits) }
    try sync()
    try removeCreatedDirectories()
    try LedgerEnd(in: state).removeLast(ifOf: journal.run)
    try OldTree(place, state).remove()
    try forgetBackup()
    try sync()
    try journal.remove(in: state, durably: true)
  }

  private func putBack(_ foreignEdits: ForeignEdits) throws(Diagnostic) {
    try removeStaged()
    let standings = try standings()
    var parents = ParentDirectories(below: root)
    let changed = journal.transitions.indices.reversed().filter { index in
      standings[index] == .after || standings[index] == .foreign && foreignEdits == .overwrite
    }
    // A name that belongs to another file comes back after that file.
    for index in changed where journal.transitions[index].before?.joined == nil { try restore(index, &parents) }
    for index in changed where journal.transitions[index].before?.joined != nil { try restore(index, &parents) }
  }

  private func restore(_ index: Int, _ parents: inout ParentDirectories) throws(Diagnostic) {
    let transition = journal.transitions[index]
    guard let before = transition.before else {
      if let site = try site(index, &parents) { try site.directory.removeFile(site.name) }
      return
    }
    if try makeDirectories(to: transition.path) { parents.forget() }
    let site = try existingSite(index, &parents)
    if let joined = before.joined, let (directory, name) = try root.parent(of: joined),
      try directory.readIfPresent(name, withAttributes: true).map({ FileState($0) })?.isLike(before) == true
    {
      try directory.link(name, to: site.staged, in: site.directory)
    } else {
      let attributes = before.attributes
      try site.directory.create(
        site.staged, try objects.bytes(of: before.digest),
        as: NewFile(
          mode: attributes.mode, ownership: FileOwnership(owner: attributes.owner, group: attributes.group),
          modified: attributes.modified, extended: before.extended),
        durably: false)
    }
    try site.directory.rename(site.staged, to: site.name)
  }

  /// - Returns: whether a directory was missing.
  private func makeDirectories(to path: RelativePath) throws(Diagnostic) -> Bool {
    guard let parent = path.parent, try root.directory(at: parent) == nil else { return false }
    var directory = root
    for name in parent.names { directory = try directory.makeSubdirectory(name, mode: 0o777, durably: false) }
    return true
  }
}
