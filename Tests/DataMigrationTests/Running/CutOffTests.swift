import ConfigDocument
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Foundation
import Testing

/// A server that dies in the middle of a statement, and not between two; each with a server of its own.
@Suite(.serialized) struct CutOffTests {
  /// Runs scripts, and kills the server when `isAt` says that the statement is at work.
  private static func migrate(
    _ database: any Database, _ scripts: KeyValuePairs<String, String>, isAt: @escaping @Sendable () -> Bool,
    crash: @escaping @Sendable () -> Void
  ) throws -> Diagnostic {
    let hasEnded = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      var looks = 0
      while looks < 4_000, !isAt() {
        looks += 1
        usleep(2_000)
      }
      crash()
      hasEnded.signal()
    }
    defer { hasEnded.wait() }
    let migrator = try Migrator(database, scripts)
    return try #require(throws: Diagnostic.self) { try migrator.migrate() }
  }

  @Test func `PostgreSQL dies while it builds an index: what is left of it is dropped, and it is built again`() throws {
    let server = try available(Result { try TestServers.makePostgreSQL() })
    let database = PostgreSQL(TestServers.server(postgreSQL: server.directory), database: "postgres")
    let table = "CREATE TABLE t AS SELECT n AS a, md5(n::text) AS b FROM generate_series(1, 400000) n;"
    let scripts: KeyValuePairs = [
      "V1__t.sql": table, "V2__i.sql": "-- @transaction none\nCREATE INDEX CONCURRENTLY i ON t (b, a);",
    ]
    try Migrator(database, ["V1__t.sql": table]).migrate()
    let watcher = try database.connect()
    nonisolated(unsafe) let watching = watcher
    let error = try Self.migrate(database, scripts) {
      // The index is in the catalog before its rows are read.
      (try? watching.run("SELECT 1 FROM pg_stat_progress_create_index WHERE phase LIKE 'building index%'"))?.isEmpty
        == false
    } crash: {
      try? server.crash(pidFile: "data/postmaster.pid")
    }
    #expect(error.code == .databaseLost)
    try server.start()
    #expect(try database.connect().run("SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass") == [["f"]])
    let notes = try Migrator(database, scripts).migrate().flatMap(\.notes)
    #expect(notes.contains { $0.contains("the invalid index i") }, "\(notes)")
    #expect(try database.connect().run("SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass") == [["t"]])
  }

  @Test func `MariaDB dies while it changes a table: the table is the old one, and the script is taken up`() throws {
    let server = try available(Result { try TestServers.makeMariaDB() })
    let admin = MariaDB(TestServers.server(mariaDB: server.directory), database: "mysql")
    let database = try admin.makeScratch(named: "cutoff")
    let begin =
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b CHAR(200));\nINSERT INTO t SELECT seq, REPEAT('x', 200) FROM seq_1_to_200000;\n"
    let scripts: KeyValuePairs = [
      "V1__t.sql": begin + "ALTER TABLE t MODIFY b VARCHAR(400), ALGORITHM=COPY;\nINSERT INTO t VALUES (0, 'last');"
    ]
    let watcher = try database.connect()
    nonisolated(unsafe) let watching = watcher
    let error = try Self.migrate(database, scripts) {
      (try? watching.run("SELECT 1 FROM information_schema.processlist WHERE info LIKE 'ALTER%' AND state LIKE 'copy%'"))?
        .isEmpty == false
    } crash: {
      try? server.crash(pidFile: "pid")
    }
    #expect(error.code == .databaseLost)
    try server.start()
    let notes = try Migrator(database, scripts).migrate().flatMap(\.notes)
    #expect(notes.first == "V1__t.sql was taken up behind statement 2 of 4")
    #expect(notes.contains("statement 3 had no effect: the definitions are those of before"), "\(notes)")
    let session = try database.connect()
    #expect(
      try session.run("SELECT count(*), max(b) FROM t WHERE a < 2") == [["2", String(repeating: "x", count: 200)]])
    #expect(
      try session.run(
        "SELECT column_type FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b' AND table_schema = DATABASE()"
      ) == [["varchar(400)"]])
  }
}
