internal import ConfigDocument

extension Run {
  /// Keeps the bytes of every file that changes, and of the rest of the set. Durable after ``sync()``; those that are returned, when
  /// ``writeList(_:)`` has written them too.
  ///
  /// - Returns: the files that do not change, the links and the attachments, for the manifest, and what has no pack.
  func backUp(_ checked: CheckedChanges, _ scope: BackupScope) throws(Diagnostic) -> BackupContents {
    let changing = Set(checked.items.map(\.path))
    var files = checked.items.compactMap { item in
      item.transition.before.map { BackedUpFile(path: item.path, expected: $0.digest, bytes: item.old) }
    }
    var seen = changing
    files += scope.files.filter { seen.insert($0).inserted }.map { BackedUpFile(path: $0) }
    files.sort { $0.path < $1.path }
    let (root, pack) = (root, PackWriter(for: journal.run, in: try objects))
    // Bytes that are at hand are only copied: several threads would wait for each other.
    for file in files {
      if let bytes = file.bytes, let digest = file.expected { try pack.store(bytes, as: digest) }
    }
    let unread = files.filter { $0.bytes == nil }
    let kept = try ConcurrentWork.map(unread.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: root)
      var kept: [BackupManifest.Kept] = []
      for file in unread[range] {
        let contents = try parents.contents(at: file.path, withAttributes: file.expected == nil)
        guard let contents else {
          if file.expected != nil { throw Self.changedMeanwhile(file.path) }
          continue
        }
        let state = FileState(contents)
        guard file.expected == nil || file.expected == state.digest else { throw Self.changedMeanwhile(file.path) }
        try pack.store(contents.bytes, as: state.digest)
        if file.expected == nil { kept.append(BackupManifest.Kept(path: file.path, state: state)) }
      }
      return kept
    }
    var contents = BackupContents(kept: kept)
    for path in scope.links {
      guard let (directory, name) = try root.parent(of: path), let target = try directory.linkTarget(name) else {
        continue
      }
      contents.links.append(BackupManifest.Link(path: path, target: target))
    }
    for (name, source) in scope.attachments {
      let bytes = try source.bytes()
      let digest = Digest(of: bytes)
      try pack.store(bytes, as: digest)
      contents.attachments.append(BackupAttachment(name: name, digest: digest, size: bytes.count))
    }
    if !makesDirectories, let held = pack.held() { contents.held = held } else { try pack.finish() }
    return contents
  }

  /// Writes the list of what was backed up, after staging has shown what the new files are like: as the journal's text, with what has
  /// no pack behind it, or where the journal was written already, as a file of its own. Nobody reads it as the list of a backup
  /// before ``listBackup()``, and so none is listed that a power cut took apart.
  mutating func writeList(_ contents: BackupContents) throws(Diagnostic) {
    guard makesDirectories else { return try journal.complete(in: state, with: contents) }
    let bytes = journal.manifest(with: contents).bytes
    journal.record.backup = Digest(of: bytes)
    try state.backups.create(.unfinishedList(of: journal.run), bytes, durably: false)
  }

  /// Gives the list its name, unless it has it: it is durable, and so is what it speaks of.
  func listBackup() throws(Diagnostic) {
    if journal.backedUp != nil { return try journal.list(in: state) }
    try state.backups.renameIfPresent(.unfinishedList(of: journal.run), to: .of(journal.run))
  }

  /// Removes the backup of a run that changed nothing after all.
  func forgetBackup() throws(Diagnostic) {
    try state.backups.removeFile(.of(journal.run))
    try state.backups.removeUnfinishedFiles()
    try objects.removePack(of: journal.run)
  }
}

/// A file that goes into a backup.
private struct BackedUpFile: Sendable {
  var path: RelativePath
  /// The digest that it must have; nil for a file that the run does not change.
  var expected: Digest?
  /// Its bytes, if they are at hand.
  var bytes: [UInt8]?
}

/// What a backup holds beside the files that its run changes.
struct BackupContents: Hashable, Sendable {
  var kept: [BackupManifest.Kept] = []
  var links: [BackupManifest.Link] = []
  var attachments: [BackupAttachment] = []
  /// What stands behind the list and in no pack.
  var held = HeldObjects()
}

extension FileName {
  /// The list of a backup that is not listed yet.
  static func unfinishedList(of run: RunID) -> FileName { OpenDirectory.unfinishedName(of: .of(run)) }
}
