package import ConfigDocument

/// What was removed to make room.
public struct PrunedBackups: Hashable, Sendable {
  /// The runs that cannot be taken back any more, oldest first.
  public var runs: [RunID]
  /// How many objects no backup needs any more.
  public var objects: Int
  /// How much room they took, in bytes.
  public var bytes: Int
}

extension TransactionalDirectory {
  /// Removes all but the newest backups, and the bytes that none of those needs.
  ///
  /// First the lists go, then the objects: cut off in between, the next one removes the rest, and no backup that is
  /// listed misses anything. What stands behind a list that goes, and is needed, has another name before.
  ///
  /// - Throws: `backup-damaged` where a list that is to stay cannot be read: then nothing is removed.
  package func prune(keeping count: Int) throws(Diagnostic) -> PrunedBackups {
    guard try StateDirectory(readingIn: root) != nil else { return PrunedBackups(runs: [], objects: 0, bytes: 0) }
    return try locked { (state) throws(Diagnostic) in
      _ = try recoverAll(in: state, .automatic)
      let runs = try state.backups.entries().compactMap(\.run)
      let gone = Array(runs.dropLast(max(0, count)))
      var kept: [BackupManifest] = []
      for run in runs.suffix(max(0, count)) { kept.append(try BackupManifest(of: run, in: state)) }
      let needed = kept.reduce(into: Set<Digest>()) { $0.formUnion($1.digests) }
      let objects = try state.objects
      let unlisted = try objects.keepObjects(behindListsOf: gone, neededIn: needed)
      for run in gone { try state.backups.removeFile(.of(run)) }
      try state.backups.sync()
      objects.forget()
      let removed = try objects.removeObjects(without: needed)
      try objects.directory.sync()
      return PrunedBackups(
        runs: gone, objects: unlisted.count + removed.count, bytes: unlisted.bytes + removed.bytes)
    }
  }
}
