package import ConfigDocument
package import ConfigStore

/// A dump in a directory of its own, beside a manifest that says what it must give back.
///
/// ```
/// 2026-11-21T01-45-23.120Z-orders/
///   dump             what the server's tool wrote
///   manifest.json    its digest, the rows of each table, the digest of the definitions
/// ```
package struct DatabaseBackup: Sendable {
  package var directory: String
  package var manifest: DatabaseBackupManifest

  package static let dumpName = FileName(known: "dump")
  package static let manifestName = FileName(known: "manifest.json")

  package var dumpPath: String { "\(directory)/dump" }
  /// The name of its directory.
  package var name: String { directory.split(separator: "/").last.map { String($0) } ?? directory }

  /// Opens one that was taken.
  /// - Throws: `dump-damaged`, `io-error`.
  package init(in directory: String) throws(Diagnostic) {
    self.directory = String(directory.reversed().drop { $0 == "/" }.reversed())
    let path = "\(self.directory)/manifest.json"
    manifest = try DatabaseBackupManifest(StandaloneFile(path).read(), named: path)
  }

  /// Takes a backup, and proves it: what was written is read into a scratch database and counted there.
  ///
  /// - Parameter place: the directory that holds the backups.
  /// - Throws: `dump-failed`, `dump-damaged`, `command-missing`, `io-error`. What was written stays then, without a manifest.
  package init(
    of database: some DumpableStore, named name: FileName, in place: String, environment: RunEnvironment,
    programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) {
    _ = try OpenDirectory(place).makeSubdirectory(name, mode: 0o700)
    let directory = "\(place)/\(name)"
    let start = environment.now()
    let contents = try database.dump(to: "\(directory)/dump", by: programs, isStopped: isStopped)
    try self.init(
      of: database, in: directory, contents: contents, takenAt: start, link: nil, environment: environment,
      programs: programs, isStopped: isStopped)
  }

  /// Proves a dump that was written, and makes it a backup.
  init(
    of database: some DumpableStore, in directory: String, contents: DumpContents, takenAt: Timestamp,
    link: BackupLink?,
    environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) {
    self.directory = directory
    try StandaloneFile("\(directory)/dump").sync()
    let (digest, size) = try Digest.ofFile("\(directory)/dump")
    manifest = DatabaseBackupManifest(
      database: database.name, takenAt: takenAt, digest: digest, size: size, contents: contents, verifiedAt: nil,
      link: link)
    try verify(against: database, environment: environment, programs: programs, isStopped: isStopped)
    manifest.verifiedAt = environment.now()
    // The manifest comes last: a directory without one is no backup.
    try OpenDirectory(directory).replaceDurably(Self.manifestName, with: manifest.bytes)
  }

  /// Reads the dump, with what it rests on, into something made for that, and compares what is there with the manifest.
  /// - Throws: `dump-damaged`, `dump-part-missing`, `dump-failed`.
  package func verify(
    against database: some DumpableStore, environment: RunEnvironment, programs: any CommandRunner,
    isStopped: () -> Bool
  ) throws(Diagnostic) {
    guard manifest.link == nil else {
      return try BackupChain(endingWith: self).serving(
        by: database, environment: environment, programs: programs, isStopped: isStopped
      ) { (copy, _) throws(Diagnostic) in try compare(copy.contents()) }
    }
    try checkDigest()
    try compare(
      database.trial(of: dumpPath, environment: environment, programs: programs, isStopped: isStopped))
  }

  /// Reads the dump, and nothing that it rests on.
  /// - Throws: `dump-damaged` where it is not what was written.
  package func checkDigest() throws(Diagnostic) {
    let (digest, size) = try Digest.ofFile(dumpPath)
    guard digest == manifest.digest, size == manifest.size else {
      throw damaged(
        "it has \(size) bytes with the digest \(digest), and \(manifest.size) bytes with \(manifest.digest) were written"
      )
    }
  }

  func compare(_ found: DumpFindings) throws(Diagnostic) {
    guard found.definitions == manifest.contents.definitions else {
      throw damaged("the definitions that it gives back are not those that were dumped")
    }
    try compare(found.rows)
  }

  private func compare(_ found: [TableCount]) throws(Diagnostic) {
    let (before, after) = (manifest.contents.rowsBefore, manifest.contents.rowsAfter)
    guard found.map(\.table) == before.map(\.table), before.map(\.table) == after.map(\.table) else {
      throw damaged("it gives back \(found.count) tables, and \(before.count) were dumped")
    }
    for (table, (low, high)) in zip(found, zip(before, after)) {
      let range = min(low.rows, high.rows)...max(low.rows, high.rows)
      guard range.contains(table.rows) else {
        throw damaged("it gives back \(table.rows) rows of \(table.table), and \(low.rows) were dumped")
      }
    }
  }

  func damaged(_ reason: String) -> Diagnostic {
    Diagnostic(
      .dumpDamaged, "\(dumpPath) is no backup of \(manifest.database): \(reason)",
      hint: "Take a new one before anything changes")
  }

  /// What a person must know before they approve a restore.
  package func lossWindow(at now: Timestamp) -> String {
    let seconds = max(0, now.seconds - manifest.takenAt.seconds)
    let age = seconds < 120 ? "\(seconds) s" : seconds < 7_200 ? "\(seconds / 60) min" : "\(seconds / 3_600) h"
    return "everything written to \(manifest.database) since \(manifest.takenAt) (\(age)) is lost"
  }
}
