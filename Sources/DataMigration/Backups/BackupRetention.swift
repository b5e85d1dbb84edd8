package import ConfigDocument
internal import ConfigStore

/// How many backups of a database stay in a directory.
package struct BackupRetention: Hashable, Sendable {
  private let count: Int

  package init(keeping count: Int) { self.count = count }

  /// Removes all but the newest, and all that those do not rest on. What has no manifest is no backup, and is left alone.
  /// - Parameter database: as its manifests name it; backups of others are not touched.
  /// - Returns: the names of what was removed, oldest first.
  /// - Throws: `io-error`; a backup whose removal was begun is none any more.
  package func apply(to place: String, of database: String) throws(Diagnostic) -> [String] {
    let all = try DatabaseBackup.all(of: database, in: place)
    var needed: Set<String> = []
    for backup in all.suffix(count) {
      needed.insert(backup.name)
      // What a part rests on and cannot be found is told when the backup is verified.
      if let chain = try? BackupChain(endingWith: backup) { needed.formUnion(chain.parts.map(\.name)) }
    }
    let folder = try OpenDirectory(place)
    var removed: [String] = []
    for backup in all where !needed.contains(backup.name) {
      guard let name = FileName(backup.name.utf8) else { continue }
      let directory = try folder.subdirectory(name)
      // The manifest goes first: what is left when this is cut off does not pass for a backup.
      for file in [DatabaseBackup.manifestName, DatabaseBackup.dumpName] { _ = try directory.removeFile(file) }
      try directory.sync()
      try folder.removeEmptySubdirectory(name)
      removed.append(backup.name)
    }
    return removed
  }
}
