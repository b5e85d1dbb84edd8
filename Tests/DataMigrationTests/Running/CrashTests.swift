import ConfigDocument
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Synchronization
import Testing

/// A server that dies while a script runs, with servers of their own.
@Suite(.serialized) struct CrashTests {
  /// - Parameter crash: kills the server; called when a statement is at it.
  static func run(
    _ database: any Database, _ scripts: KeyValuePairs<String, String>, at statement: String,
    crash: @escaping () throws -> Void
  ) throws -> Diagnostic {
    var migrator = try Migrator(database, scripts)
    migrator.report = { note, _ in if note.contains(statement) { try? crash() } }
    return try #require(throws: Diagnostic.self) { try migrator.migrate() }
  }

  @Test func `PostgreSQL dies in a script: nothing of it is there, and it runs again`() throws {
    let server = try available(Result { try TestServers.makePostgreSQL() })
    let database = PostgreSQL(TestServers.server(postgreSQL: server.directory), database: "postgres")
    let scripts: KeyValuePairs = [
      "V1__t.sql": "CREATE TABLE t (a INTEGER);", "V2__u.sql": "CREATE TABLE u (a INTEGER);\nINSERT INTO t VALUES (1);",
    ]
    let error = try Self.run(database, scripts, at: "V2__u.sql, statement 2") {
      try server.crash(pidFile: "data/postmaster.pid")
    }
    #expect(error.code == .databaseLost)
    try server.start()
    #expect(try !database.connect().hasTable("u"))
    #expect(try Migrator(database, scripts).migrate().map(\.script) == ["V2__u.sql"])
    #expect(try database.connect().run("SELECT a FROM t") == [["1"]])
  }

  @Test func `MariaDB dies in a script: it is taken up where it was`() throws {
    let server = try available(Result { try TestServers.makeMariaDB() })
    let admin = MariaDB(TestServers.server(mariaDB: server.directory), database: "mysql")
    let database = try admin.makeScratch(named: "crash")
    let scripts: KeyValuePairs = [
      "V1__t.sql":
        "CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1);\nCREATE TABLE u (a INTEGER);\nINSERT INTO u VALUES (2);"
    ]
    let error = try Self.run(database, scripts, at: "V1__t.sql, statement 3") { try server.crash(pidFile: "pid") }
    #expect(error.code == .databaseLost)
    try server.start()
    let notes = try Migrator(database, scripts).migrate().flatMap(\.notes)
    #expect(notes.first == "V1__t.sql was taken up behind statement 2 of 4")
    #expect(try database.connect().run("SELECT (SELECT count(*) FROM t), (SELECT a FROM u)") == [["1", "2"]])
  }
}
