internal import ConfigDocument

extension Run {
  /// Keeps the old bytes of every file that changes, and writes down what they belong to. Durable after ``sync()``.
  func backUp(_ checked: CheckedChanges) throws(Diagnostic) {
    let (root, objects) = (root, objects)
    var stored: Set<Digest> = []
    // Equal files are stored once, and by one thread.
    let files = checked.items.compactMap { item -> FileTransition? in
      guard let before = item.transition.before, stored.insert(before.digest).inserted else { return nil }
      return item.transition
    }.sorted { $0.path < $1.path }
    try ConcurrentWork.forEachRange(of: files.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: root)
      for file in files[range] {
        guard let before = file.before, let contents = try parents.contents(at: file.path),
          Digest(of: contents.bytes) == before.digest
        else { throw Self.changedMeanwhile(file.path) }
        try objects.store(contents.bytes, as: before.digest)
      }
    }
  }

  /// Writes the list of what was backed up, after staging has shown what the new files are like.
  func writeManifest() throws(Diagnostic) {
    try BackupManifest(
      run: journal.run, time: journal.record.time, transitions: journal.transitions,
      createdDirectories: journal.createdDirectories
    ).write(in: state)
  }

  /// Removes the backup of a run that changed nothing after all.
  func forgetBackup() throws(Diagnostic) {
    try state.backups.removeFile(.of(journal.run))
    try state.backups.removeUnfinishedFiles()
    try state.objects.removeUnfinishedFiles()
    // Where another backup cannot be read, it is not known which objects it needs: all stay.
    guard let others = try? BackupManifest.all(in: state) else { return }
    try objects.remove(Set(journal.transitions.compactMap(\.before?.digest)), unlessNamedBy: others)
  }
}
