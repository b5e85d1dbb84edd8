package import ConfigDocument

/// What a look at the whole history found: damage told apart from edits, which anyone may make.
public struct HistoryVerification: Hashable, Sendable {
  /// How many runs the ledger has, and how many of their backups are there.
  public var runs: Int
  public var backups: Int
  /// `ledger-broken`, `ledger-torn`, `backup-damaged`: records or kept bytes are not what was written.
  public var damage: [Diagnostic]
  /// `drift`, as warnings: files that are not what the last run left.
  public var edits: [Diagnostic]
}

extension TransactionalDirectory {
  /// Follows the ledger's chain, reads every byte of every backup, and compares the files with what the last run left.
  ///
  /// - Complexity: O(bytes of all backups).
  package func verifyHistory() throws(Diagnostic) -> HistoryVerification {
    let ledger = try ledger()
    var found = HistoryVerification(runs: ledger.records.count, backups: 0, damage: ledger.problems, edits: [])
    guard let state = try StateDirectory(readingIn: root) else { return found }
    for run in try state.backups.entries().compactMap(\.run) {
      found.backups += 1
      do throws(Diagnostic) {
        found.damage += try verify(Backup(try BackupManifest(of: run, in: state)))
      } catch {
        guard error.code == .backupDamaged || error.code == .outsideDirectory else { throw error }
        found.damage.append(error)
      }
    }
    var last: [RelativePath: (run: RunID, digest: Digest?)] = [:]
    for record in ledger.records {
      for file in record.files { last[file.path] = (record.run, file.after) }
    }
    for (path, left) in last.sorted(by: { $0.key < $1.key }) {
      let now = try root.contents(at: path).map { Digest(of: $0.bytes) }
      guard now != left.digest else { continue }
      let what = now == nil ? "was removed" : left.digest == nil ? "came back" : "was edited"
      found.edits.append(
        Diagnostic(.drift, "\(path) \(what) since run \(left.run)", severity: .warning))
    }
    return found
  }
}
