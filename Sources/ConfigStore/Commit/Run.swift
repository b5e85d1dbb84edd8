internal import ConfigDocument
internal import SystemPackage

/// One run on its way through its states. Transactions drive it forwards; recovery picks it up where it was cut off.
///
/// Each step may be cut off at any system call; what is on disk then says, together with the journal, what is left to
/// do. No step trusts an earlier one to have finished unless the journal's state says so.
struct Run {
  let root: OpenDirectory
  let state: StateDirectory
  var journal: Journal

  var objects: ObjectStore { ObjectStore(directory: state.objects) }

  func stagedName(_ index: Int) -> FileName? {
    journal.transitions[index].path.name.map { journal.run.stagedName(for: $0, index: index) }
  }

  /// The directory that holds the file of a transition, the file's name, and the name of its new bytes beside it.
  /// - Returns: nil where the directory is missing.
  func site(_ index: Int) throws(Diagnostic) -> (directory: OpenDirectory, name: FileName, staged: FileName)? {
    guard let (directory, name) = try root.parent(of: journal.transitions[index].path),
      let staged = stagedName(index)
    else { return nil }
    return (directory, name, staged)
  }

  func existingSite(_ index: Int) throws(Diagnostic) -> (directory: OpenDirectory, name: FileName, staged: FileName) {
    guard let site = try site(index) else {
      throw Diagnostic(.noSuchFileOrDirectory, .write, "\(journal.transitions[index].path)")
    }
    return site
  }

  mutating func enter(_ next: Journal.State) throws(Diagnostic) {
    journal.state = next
    try journal.write(in: state)
  }

  /// Makes what happened in the changed directories durable. A directory that is gone needs nothing.
  func syncDirectories() throws(Diagnostic) {
    for path in journal.changedDirectories { try directory(at: path)?.sync() }
  }

  func directory(at path: RelativePath) throws(Diagnostic) -> OpenDirectory? {
    var directory: OpenDirectory? = root
    for name in path.names { directory = try directory?.subdirectoryIfPresent(name) }
    return directory
  }
}

// MARK: - staging

extension Run {
  /// Backs up the old bytes and puts the new ones beside them, all durably. The files themselves stay as they are.
  mutating func stage(_ checked: CheckedChanges) throws(Diagnostic) {
    for item in checked.items {
      if let before = item.transition.before, let bytes = item.oldBytes { try objects.store(bytes, as: before.digest) }
    }
    try objects.sync()
    for path in journal.createdDirectories {
      guard let (parent, name) = try root.parent(of: path) else { continue }
      _ = try parent.makeSubdirectory(name, mode: 0o777)
    }
    for (index, item) in checked.items.enumerated() {
      guard let bytes = item.newBytes, let after = item.transition.after else { continue }
      let site = try existingSite(index)
      let status = try withModel(item.origin) { (model) throws(Diagnostic) in
        try site.directory.create(
          site.staged, bytes, mode: after.attributes.mode, ownership: item.ownership,
          modified: after.attributes.modified, like: model)
      }
      // The system may have chosen the owner.
      journal.transitions[index].after?.attributes = status.attributes
    }
    try syncDirectories()
    try BackupManifest(
      run: journal.run, time: journal.record.time, transitions: journal.transitions,
      createdDirectories: journal.createdDirectories
    ).write(in: state)
  }

  /// Calls `body` with the real file behind a path, whose extended attributes a new file takes over.
  private func withModel(
    _ path: RelativePath?, _ body: (FileDescriptor?) throws(Diagnostic) -> FileStatus
  ) throws(Diagnostic) -> FileStatus {
    guard let path, let (directory, name) = try root.parent(of: try root.resolve(path, realPath: root.realPath()))
    else { return try body(nil) }
    return try directory.withOpen(name, body)
  }

  /// Takes back everything that staging put on disk. The files themselves were not touched.
  func abandon() throws(Diagnostic) {
    try removeStaged()
    try removeCreatedDirectories()
    try forgetBackup()
    try journal.remove(in: state)
  }

  func removeStaged() throws(Diagnostic) {
    for index in journal.transitions.indices {
      if let site = try site(index) { try site.directory.removeFile(site.staged) }
    }
    try syncDirectories()
  }

  func removeCreatedDirectories() throws(Diagnostic) {
    for path in journal.createdDirectories.reversed() {
      guard let (parent, name) = try root.parent(of: path) else { continue }
      if try parent.removeEmptySubdirectory(name) { try parent.sync() }
    }
  }

  /// Removes the backup of a run that changed nothing after all.
  func forgetBackup() throws(Diagnostic) {
    try state.backups.removeFile(.of(journal.run))
    try state.backups.removeUnfinishedFiles()
    try state.backups.sync()
    try state.objects.removeUnfinishedFiles()
    // Where another backup cannot be read, it is not known which objects it needs: all stay.
    guard let others = try? BackupManifest.all(in: state) else { return }
    try objects.remove(Set(journal.transitions.compactMap(\.before?.digest)), unlessNamedBy: others)
  }
}

// MARK: - committing

extension Run {
  /// Lets the new bytes take their places. What is in place already is passed over.
  ///
  /// - Parameter seen: For each transition the file as it was checked; one that was replaced since is not overwritten.
  func replace(seen: [FileStatus?]? = nil) throws(Diagnostic) {
    for (index, transition) in journal.transitions.enumerated() {
      guard let site = try site(index) else {
        if transition.after == nil { continue }
        throw Diagnostic(.noSuchFileOrDirectory, .write, "\(transition.path)")
      }
      if let seen { try checkUntouched(site.directory, site.name, since: seen[index], transition.path) }
      if transition.after == nil {
        try site.directory.removeFile(site.name)
      } else if try site.directory.status(of: site.staged) != nil {
        // A file that came to be where none was is never overwritten.
        let manner: RenameManner = transition.before == nil ? .onlyIfAbsent : .replacing
        try site.directory.rename(site.staged, to: site.name, as: manner)
      }
    }
    try syncDirectories()
    for path in journal.removedDirectories {
      guard let (parent, name) = try root.parent(of: path) else { continue }
      if try parent.removeEmptySubdirectory(name) { try parent.sync() }
    }
  }

  private func checkUntouched(
    _ directory: OpenDirectory, _ name: FileName, since seen: FileStatus?, _ path: RelativePath
  ) throws(Diagnostic) {
    guard try directory.status(of: name) == seen else {
      throw Diagnostic(
        .drift, "\(path) was changed by another program while the run went on",
        hint: "The run was undone and that change kept; see what writes to the directory, then plan again")
    }
  }

  /// Reads everything again from disk.
  func verify() throws(Diagnostic) {
    for transition in journal.transitions {
      let found = try root.contents(at: transition.path)
      guard found.map({ Digest(of: $0.bytes) }) == transition.after?.digest,
        found?.status.attributes.mode == transition.after?.attributes.mode
      else {
        throw Diagnostic(
          .ioError, "\(transition.path) was written, but does not read as what was written",
          hint: "Check the disk, and whether another program writes to the directory")
      }
    }
  }

  /// Writes the run into the ledger, unless it is there.
  func enterInLedger() throws(Diagnostic) {
    let ledger = try Ledger(in: state)
    if ledger.record(of: journal.run) == nil { try ledger.append(journal.record, in: state) }
  }
}
