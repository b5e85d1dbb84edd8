internal import ConfigDocument
internal import Synchronization

extension Run {
  /// Keeps the bytes of every file that changes, and of the rest of the set. Durable after ``sync()``.
  ///
  /// - Returns: the files that do not change, the links and the attachments, for the manifest.
  func backUp(_ checked: CheckedChanges, _ scope: BackupScope) throws(Diagnostic) -> BackupContents {
    let changing = checked.items.map(\.transition)
    let paths = Set(changing.map(\.path))
    var files = changing.compactMap { transition in
      transition.before.map { BackedUpFile(path: transition.path, expected: $0.digest) }
    }
    var seen = paths
    files += scope.files.filter { seen.insert($0).inserted }.map { BackedUpFile(path: $0, expected: nil) }
    files.sort { $0.path < $1.path }
    let (root, objects, work, once) = (root, try objects, files, Claims())
    let states = try ConcurrentWork.map(files.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: root)
      var states: [FileState?] = []
      for file in work[range] {
        guard let contents = try parents.contents(at: file.path, withAttributes: true) else {
          if file.expected != nil { throw Self.changedMeanwhile(file.path) }
          states.append(nil)
          continue
        }
        let state = FileState(contents)
        guard file.expected == nil || file.expected == state.digest else { throw Self.changedMeanwhile(file.path) }
        // Equal files are stored once, and by one thread.
        if once.claim(state.digest) { try objects.store(contents.bytes, as: state.digest) }
        states.append(state)
      }
      return states
    }
    var contents = BackupContents()
    for (file, state) in zip(files, states) where !paths.contains(file.path) {
      if let state { contents.kept.append(BackupManifest.Kept(path: file.path, state: state)) }
    }
    for path in scope.links {
      guard let (directory, name) = try root.parent(of: path), let target = try directory.linkTarget(name) else {
        continue
      }
      contents.links.append(BackupManifest.Link(path: path, target: target))
    }
    for (name, source) in scope.attachments {
      let bytes = try source.bytes()
      let digest = Digest(of: bytes)
      try objects.store(bytes, as: digest)
      contents.attachments.append(BackupAttachment(name: name, digest: digest, size: bytes.count))
    }
    return contents
  }

  /// Writes the list of what was backed up, after staging has shown what the new files are like.
  func writeManifest(_ contents: BackupContents) throws(Diagnostic) {
    try BackupManifest(
      run: journal.run, time: journal.record.time, transitions: journal.transitions,
      createdDirectories: journal.createdDirectories, kept: contents.kept, links: contents.links,
      attachments: contents.attachments
    ).write(in: state)
  }

  /// Removes the backup of a run that changed nothing after all.
  func forgetBackup() throws(Diagnostic) {
    try state.backups.removeFile(.of(journal.run))
    try state.backups.removeUnfinishedFiles()
    let others: [BackupManifest]
    do throws(Diagnostic) {
      others = try BackupManifest.all(in: state)
    } catch {
      // Where another backup is damaged, it is not known which objects it needs: all stay.
      guard error.code == .backupDamaged || error.code == .outsideDirectory else { throw error }
      return
    }
    try objects.removeAll(unlessNamedBy: others)
  }
}

/// A file that goes into a backup, and the digest that it must have.
private struct BackedUpFile: Sendable {
  var path: RelativePath
  var expected: Digest?
}

/// What a backup holds beside the files that its run changes.
struct BackupContents {
  var kept: [BackupManifest.Kept] = []
  var links: [BackupManifest.Link] = []
  var attachments: [BackupAttachment] = []
}

/// Which objects are being stored, or were.
private final class Claims: Sendable {
  private let digests = Mutex<Set<Digest>>([])

  func claim(_ digest: Digest) -> Bool { digests.withLock { $0.insert(digest).inserted } }
}
