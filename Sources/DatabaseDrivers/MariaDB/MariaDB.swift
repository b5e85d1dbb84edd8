package import ConfigDocument
package import DataMigration

/// A database of a MariaDB or MySQL server. Its definitions commit by themselves: scripts run statement by statement.
package struct MariaDB: Database {
  package var server: DatabaseServer
  package var database: String
  /// What this was made beside, to try things in: only such a database may be removed.
  private var origin: String?

  package init(_ server: DatabaseServer, database: String) {
    self.server = server
    self.database = database
  }

  package var name: String { origin.map { "a copy of \($0)" } ?? "MariaDB \(database) at \(server.place)" }
  package var rollsBackDefinitions: Bool { false }

  package func statements(of source: [UInt8], named path: String) throws(Diagnostic) -> [SQLStatement] {
    do throws(MariaDBScript.Fault) { return try MariaDBScript.statements(of: source) } catch {
      throw Diagnostic(
        .scriptSyntax, "MariaDB's client does not read this: \(error.message)",
        at: SourcePlace(ofByte: error.offset, in: source, file: path))
    }
  }

  package func connect(isStopped: @escaping () -> Bool) throws(DatabaseError) -> any DatabaseSession {
    MariaDBSession(try MariaDBConnection(server, database: database))
  }

  /// The name of a lock counts for the whole server, so the database's name is in it.
  package func tryLock() throws(DatabaseError) -> (any MigrationLock)? {
    let session = MariaDBSession(try MariaDBConnection(server, database: database))
    let answer = try session.run("SELECT GET_LOCK(LEFT(CONCAT('cfgmigrate/', DATABASE()), 64), 0)", [])
    return answer == [["1"]] ? SessionLock(session, release: "SELECT RELEASE_ALL_LOCKS()") : nil
  }

  package func makeScratch(named name: String) throws(DatabaseError) -> any Database {
    try connect().run("CREATE DATABASE \(Self.quoted(name))")
    var scratch = self
    scratch.database = name
    scratch.origin = self.name
    return scratch
  }

  package func dropScratch() throws(DatabaseError) {
    precondition(origin != nil, "only what was made to try things in is removed")
    _ = try MariaDBSession(MariaDBConnection(server, database: nil)).run(
      "DROP DATABASE IF EXISTS \(Self.quoted(database))", [])
  }

  static func quoted(_ name: String) -> String {
    "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
  }
}
