package import DataMigration

extension SQLite: InspectableDatabase {
  package func version() throws(DatabaseError) -> String {
    try connect().value(of: "SELECT sqlite_version()") ?? ""
  }

  /// SQLite keeps no list: whoever writes is found by asking for the right to write, which is given back at once.
  package func activity(olderThan seconds: Int) throws(DatabaseError) -> [DatabaseActivity] {
    let session = try connect()
    try session.setLockTimeout(milliseconds: max(1, min(5, seconds) * 1_000))
    do throws(DatabaseError) { try session.begin() } catch {
      guard error.kind == .lockTimeout else { throw error }
      return [DatabaseActivity(.transaction, session: "another process, which writes to \(path)", seconds: nil)]
    }
    session.rollback()
    return []
  }
}
