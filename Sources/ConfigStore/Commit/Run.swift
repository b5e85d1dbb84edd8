internal import ConfigDocument
internal import SystemPackage

/// One run on its way through its states. Transactions drive it forwards; recovery picks it up where it was cut off.
///
/// Each step may be cut off at any system call; what is on disk then says, together with the journal, what is left to
/// do. No step trusts an earlier one to have finished unless the journal's state says so.
struct Run: Sendable {
  let place: DirectoryPlace
  /// The directory that is meant; another one after an exchange.
  var root: OpenDirectory
  let state: StateDirectory
  var journal: Journal

  init(_ place: DirectoryPlace, _ state: StateDirectory, _ journal: Journal) {
    self.place = place
    self.state = state
    self.journal = journal
    root = place.directory
  }

  var objects: ObjectStore { get throws(Diagnostic) { try state.objects } }

  /// The directory that holds the file of a transition, the file's name, and the name of its new bytes beside it.
  struct Site {
    var directory: OpenDirectory
    var name: FileName
    var staged: FileName

    /// The file, opened, to be closed by the caller; nil where that cannot be.
    fileprivate func opened() -> FileDescriptor? {
      try? directory.fileSystem.open(name, in: directory.descriptor, for: .reading)
    }
  }

  /// - Returns: nil where the directory is missing.
  func site(_ index: Int, _ parents: inout ParentDirectories) throws(Diagnostic) -> Site? {
    guard let (directory, name) = try parents.parent(of: journal.transitions[index].path) else { return nil }
    return Site(directory: directory, name: name, staged: journal.run.stagedName(for: name, index: index))
  }

  func existingSite(_ index: Int, _ parents: inout ParentDirectories) throws(Diagnostic) -> Site {
    guard let site = try site(index, &parents) else {
      throw Diagnostic(.noSuchFileOrDirectory, .write, "\(journal.transitions[index].path)")
    }
    return site
  }

  /// Whether the run makes directories, whose names do not say which run made them: only a journal does, which must be durable
  /// before they are made. A file that the run puts beside others carries the run's ID in its name.
  var makesDirectories: Bool { journal.twin != nil || !journal.createdDirectories.isEmpty }

  mutating func enter(_ next: Journal.State, durably isDurable: Bool) throws(Diagnostic) {
    try journal.enter(next, in: state, durably: isDurable)
  }

  /// Makes everything durable that the run has written: one call for each file system that it writes to.
  func sync() throws(Diagnostic) {
    var devices: Set<UInt64> = []
    for directory in [root, state.directory, try objects.directory] {
      if devices.insert(try directory.device()).inserted { try directory.syncFileSystem() }
    }
    for path in journal.changedDirectories {
      guard let directory = try root.directory(at: path) else { continue }
      if devices.insert(try directory.device()).inserted { try directory.syncFileSystem() }
    }
  }
}

// MARK: - staging

extension Run {
  /// Puts the new bytes beside the old ones. The files themselves stay as they are.
  ///
  /// Nothing is durable before ``sync()``.
  mutating func stage(_ checked: CheckedChanges) throws(Diagnostic) {
    for path in journal.createdDirectories {
      guard let (parent, name) = try root.parent(of: path) else { continue }
      _ = try parent.makeSubdirectory(name, mode: 0o777, durably: false)
    }
    let run = self
    let statuses = try ConcurrentWork.map(checked.items.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: run.root)
      var statuses: [FileStatus?] = []
      for index in range {
        let item = checked.items[index]
        guard let source = item.source, item.leader == nil else {
          statuses.append(nil)
          continue
        }
        let bytes = try run.bytes(of: source, for: item.transition)
        let site = try run.existingSite(index, &parents)
        statuses.append(try site.directory.create(site.staged, bytes, as: item.new, durably: false))
      }
      return statuses
    }
    var parents = ParentDirectories(below: root)
    for (index, item) in checked.items.enumerated() {
      // The system may have chosen the owner.
      let status = statuses[item.leader ?? index]
      if let status { journal.transitions[index].after?.attributes = status.attributes }
      guard let leader = item.leader else { continue }
      let (from, to) = (try existingSite(leader, &parents), try existingSite(index, &parents))
      try from.directory.link(from.staged, to: to.staged, in: to.directory)
    }
  }

  /// The bytes that a file is to get; of another file, if they still are what they were.
  func bytes(of source: CheckedChanges.Source, for transition: FileTransition) throws(Diagnostic) -> [UInt8] {
    switch source {
    case .bytes(.held(let bytes)): return bytes
    case .bytes(.fetched(let fetch)):
      let bytes = try fetch()
      guard Digest(of: bytes) == transition.after?.digest else {
        throw Diagnostic(
          .ioError, "the new text of \(transition.path) does not read back as it was planned", hint: "Check the disk")
      }
      return bytes
    case .stored:
      return try transition.after.map { state throws(Diagnostic) in try objects.bytes(of: state.digest) } ?? []
    case .file(let path):
      guard let contents = try root.contents(at: path), Digest(of: contents.bytes) == transition.after?.digest else {
        throw Self.changedMeanwhile(path)
      }
      return contents.bytes
    }
  }

  static func changedMeanwhile(_ path: RelativePath) -> Diagnostic {
    Diagnostic(
      .drift, "\(path) was changed by another program while the run went on",
      hint: "The run was undone and that change kept; see what writes to the directory, then plan again")
  }

  /// Takes back everything that staging put on disk. The files themselves were not touched.
  func abandon() throws(Diagnostic) {
    if journal.twin == nil {
      try removeStaged()
      try removeCreatedDirectories()
    }
    try OldTree(place, state).remove()
    try forgetBackup()
    // What is gone must not come back when nothing speaks of it any more.
    try sync()
    try journal.remove(in: state, durably: true)
  }

  func removeStaged() throws(Diagnostic) {
    var parents = ParentDirectories(below: root)
    for index in journal.transitions.indices {
      if let site = try site(index, &parents) { try site.directory.removeFile(site.staged) }
    }
  }

  func removeCreatedDirectories() throws(Diagnostic) {
    for path in journal.createdDirectories.reversed() {
      guard let (parent, name) = try root.parent(of: path) else { continue }
      try parent.removeEmptySubdirectory(name)
    }
  }
}

// MARK: - committing

extension Run {
  /// Lets the new bytes take their places. What is in place already is passed over.
  ///
  /// - Parameters:
  ///   - seen: For each transition the file as it was checked; one that was replaced since is not overwritten.
  ///   - closing: Takes the old files, where that is worth it.
  func replace(seen: [FileStatus?]? = nil, _ closing: ClosingFiles) throws(Diagnostic) {
    let (run, transitions) = (self, journal.transitions)
    let arriving = transitions.indices.filter { transitions[$0].after != nil }
    let (crew, grain) =
      closing.isWorthIt ? (WorkCrew.waiting, ConcurrentWork.files / 2) : (.shared, ConcurrentWork.files)
    if ConcurrentWork.isShared(arriving.count, by: crew) {
      try ConcurrentWork.forEachRange(of: arriving.count, grain: grain, by: crew) { (range) throws(Diagnostic) in
        // Not while the directory is locked, for which other threads wait.
        var old: [FileDescriptor] = []
        defer { for descriptor in old { run.root.fileSystem.close(descriptor) } }
        try run.replace(arriving[range], seen: seen) { old.append($0) }
      }
    } else if closing.isWorthIt {
      try replace(arriving[...], seen: seen) { closing.close($0) }
      closing.handOut()
    } else {
      try replace(arriving[...], seen: seen)
    }
    var parents = ParentDirectories(below: root)
    for (index, transition) in transitions.enumerated() where transition.after == nil {
      guard let site = try site(index, &parents) else { continue }
      if let seen { try checkUntouched(site, since: seen[index], transition.path) }
      try site.directory.removeFile(site.name)
    }
    for path in journal.removedDirectories {
      guard let (parent, name) = try root.parent(of: path) else { continue }
      try parent.removeEmptySubdirectory(name)
    }
  }

  /// - Parameter old: Takes the file that was replaced, open, so that what it took on the disk is given back when it is closed: the last
  ///   name of a file that is open goes at once.
  private func replace(
    _ arriving: ArraySlice<Int>, seen: [FileStatus?]?, keeping old: ((FileDescriptor) -> Void)? = nil
  ) throws(Diagnostic) {
    var parents = ParentDirectories(below: root)
    for index in arriving {
      let (site, transition) = (try existingSite(index, &parents), journal.transitions[index])
      let file = old == nil ? nil : site.opened()
      defer { if let file { old?(file) } }
      if let seen { try checkUntouched(site, since: seen[index], transition.path) }
      guard try isStaged(site, surely: seen != nil) else { continue }
      // A file that came to be where none was is never overwritten.
      let manner: RenameManner = transition.before == nil ? .onlyIfAbsent : .replacing
      try site.directory.rename(site.staged, to: site.name, as: manner)
    }
  }

  private func isStaged(_ site: Site, surely isSure: Bool) throws(Diagnostic) -> Bool {
    if isSure { return true }
    return try site.directory.status(of: site.staged) != nil
  }

  private func checkUntouched(_ site: Site, since seen: FileStatus?, _ path: RelativePath) throws(Diagnostic) {
    let now = try site.directory.status(of: site.name)
    guard FileStatus.isUntouched(now, since: seen) else { throw Self.changedMeanwhile(path) }
  }

  /// Reads everything again from disk.
  ///
  /// - Parameter checked: What the run was made of, where it is at hand: new bytes that are held are compared as they are.
  func verify(_ checked: CheckedChanges? = nil) throws(Diagnostic) {
    let (root, transitions) = (root, journal.transitions)
    try ConcurrentWork.forEachRange(of: transitions.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: root)
      for index in range {
        let transition = transitions[index]
        let found = try parents.contents(at: transition.path)
        let isAsWritten: Bool
        if let found, case .bytes(.held(let bytes)) = checked?.items[index].source {
          isAsWritten = found.bytes.isSame(as: bytes[...])
        } else {
          isAsWritten = found.map({ Digest(of: $0.bytes) }) == transition.after?.digest
        }
        // A journal is written before the system has chosen the mode of a file that comes to be.
        let isModeKnown = checked != nil || transition.before != nil
        guard isAsWritten, !isModeKnown || found?.status.attributes.mode == transition.after?.attributes.mode else {
          throw Diagnostic(
            .ioError, "\(transition.path) was written, but does not read as what was written",
            hint: "Check the disk, and whether another program writes to the directory")
        }
      }
    }
  }

  /// Writes the run into the ledger. It is durable after ``sync()``.
  ///
  /// - Returns: what it says there.
  @discardableResult
  func enter(in ledger: LedgerEnd) throws(Diagnostic) -> LedgerRecord {
    var record = journal.record
    if record.backup == nil {
      record.backup = try state.listIfPresent(of: journal.run).map { Digest(of: $0) }
    }
    try ledger.append(record)
    return record
  }

  /// The same after the run was cut off, unless it is there already.
  func enterInLedgerAgain() throws(Diagnostic) {
    if try Ledger(in: state).record(of: journal.run) == nil { try enter(in: LedgerEnd(in: state)) }
  }
}

extension FileStatus {
  /// Whether what is there now is what was seen then, and nobody changed it since.
  static func isUntouched(_ now: FileStatus?, since seen: FileStatus?) -> Bool {
    guard let now, let seen, seen.links > 1 else { return now == seen }
    // That another of its names was replaced shows here too.
    return FileIdentity(now) == FileIdentity(seen) && now.size == seen.size && now.attributes == seen.attributes
  }
}
