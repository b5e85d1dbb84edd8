public import ConfigDocument

extension TransactionalDirectory {
  /// Puts files of a backup back, whatever is there now; that is backed up first, by this run. Files that came since stay.
  ///
  /// - Parameter paths: Only these; all where none are given.
  /// - Returns: what the ledger says of the run; nil where every file is as it was backed up.
  /// - Throws: `unknown-file` where the backup does not have one of them; `backup-damaged`, and then nothing is restored.
  package func restore(_ backup: Backup, only paths: [RelativePath] = []) throws(Diagnostic) -> LedgerRecord? {
    var files = backup.files
    if !paths.isEmpty {
      for path in paths where !files.contains(where: { $0.path == path }) {
        throw Diagnostic(
          .unknownFile, "the backup \(backup.run) does not have \(path)",
          hint: "`cfgmigrate backup show` lists the files that it has")
      }
      let wanted = Set(paths)
      files.removeAll { !wanted.contains($0.path) }
    }
    return try locked { (state) throws(Diagnostic) in
      _ = try recoverAll(in: state, .automatic)
      var targets: [FileTarget] = []
      for file in files {
        _ = try state.objects.bytes(of: file.state.digest)
        let current = try root.contents(at: file.path).map { Digest(of: $0.bytes) }
        targets.append(.restoring(file.state, at: file.path, over: current))
      }
      let restored = try Ledger(in: state).record(of: backup.run)?.description
      return try commit(
        targets, RunDescription(.restore, to: restored?.fromVersion, reverts: backup.run),
        backingUp: BackupScope(files: backup.files.map(\.path), links: backup.links.map(\.path)), in: state)
    }
  }
}

extension Diagnostic.Code {
  /// A backup does not have the file that was named.
  public static let unknownFile: Self = "unknown-file"
}
