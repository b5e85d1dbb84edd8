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

  func standing(_ index: Int) throws(Diagnostic) -> Standing {
    let transition = journal.transitions[index]
    let current = try root.contents(at: transition.path).map { FileState($0) }
    if current == transition.before { return .before }
    if current?.digest == transition.after?.digest { return .after }
    // Its bytes are the old ones but not its attributes: restoring was cut off, or someone changed the mode.
    if let current, current.digest == transition.before?.digest { return .after }
    return .foreign
  }

  /// Whether new bytes can take every place that they do not have yet.
  func canFinish() throws(Diagnostic) -> Bool {
    for (index, transition) in journal.transitions.enumerated() {
      let standing = try standing(index)
      if standing == .foreign { return false }
      guard let after = transition.after else { continue }
      if let site = try site(index), let staged = try site.directory.readIfPresent(site.staged) {
        if Digest(of: staged.bytes) != after.digest { return false }
      } else if try root.contents(at: transition.path).map({ Digest(of: $0.bytes) }) != after.digest {
        return false
      }
    }
    return true
  }

  /// The files that hold someone else's edit.
  func foreignFiles() throws(Diagnostic) -> [RelativePath] {
    var paths: [RelativePath] = []
    for index in journal.transitions.indices where try standing(index) == .foreign {
      paths.append(journal.transitions[index].path)
    }
    return paths
  }

  /// Brings the old bytes back, and leaves no trace of the run.
  mutating func undo(_ foreignEdits: ForeignEdits) throws(Diagnostic) {
    if journal.state != .undoing { try enter(.undoing) }
    try removeStaged()
    for index in journal.transitions.indices.reversed() {
      switch try standing(index) {
      case .before: break
      case .foreign: if foreignEdits == .overwrite { try restore(index) }
      case .after: try restore(index)
      }
    }
    try syncDirectories()
    try removeCreatedDirectories()
    try Ledger(in: state).removeLast(ifOf: journal.run, in: state)
    try forgetBackup()
    try journal.remove(in: state)
  }

  private func restore(_ index: Int) throws(Diagnostic) {
    let transition = journal.transitions[index]
    guard let before = transition.before else {
      if let site = try site(index) { try site.directory.removeFile(site.name) }
      return
    }
    let bytes = try objects.bytes(of: before.digest)
    try makeDirectories(to: transition.path)
    let site = try existingSite(index)
    _ = try site.directory.withOpen(site.name) { (model) throws(Diagnostic) in
      try site.directory.create(
        site.staged, bytes, mode: before.attributes.mode,
        ownership: FileOwnership(owner: before.attributes.owner, group: before.attributes.group),
        modified: before.attributes.modified, like: model)
    }
    try site.directory.rename(site.staged, to: site.name)
  }

  private func makeDirectories(to path: RelativePath) throws(Diagnostic) {
    var directory = root
    for name in path.names.dropLast() { directory = try directory.makeSubdirectory(name, mode: 0o777) }
  }
}
