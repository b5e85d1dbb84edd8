package import ConfigDocument
package import ConfigStore

extension DatabaseBackup {
  /// Puts a database back to what the backup holds. Everything that was written since is lost; so nothing but a step of its
  /// own, which somebody approved, calls this. Of a server's copy this one database is taken.
  /// - Throws: `dump-damaged`, `dump-part-missing` before anything is removed.
  package func restore(
    into database: some DumpableDatabase, environment: RunEnvironment, programs: any CommandRunner,
    isStopped: () -> Bool
  ) throws(Diagnostic) {
    guard manifest.link != nil else {
      try verify(against: database, environment: environment, programs: programs, isStopped: isStopped)
      return try replace(database, by: dumpPath, programs, isStopped)
    }
    try BackupChain(endingWith: self).serving(
      by: database, environment: environment, programs: programs, isStopped: isStopped
    ) { (copy, scratch) throws(Diagnostic) in
      try compare(copy.contents())
      let dump = "\(scratch)/dump"
      _ = try copy.dump(to: dump, by: programs, isStopped: isStopped)
      try replace(database, by: dump, programs, isStopped)
    }
  }

  private func replace(
    _ database: some DumpableDatabase, by dump: String, _ programs: any CommandRunner, _ isStopped: () -> Bool
  ) throws(Diagnostic) {
    do throws(DatabaseError) { try database.clear() } catch {
      throw error.diagnostic("removing what is to be replaced", on: database.name)
    }
    try database.load(dump, by: programs, isStopped: isStopped)
    try compare(database.contents())
  }
}
