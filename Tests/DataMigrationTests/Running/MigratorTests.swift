import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseServers
import Testing

@Suite struct MigratorTests {
  @Test(arguments: DatabaseKind.allCases)
  func `scripts run once, in the order of versions`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let scripts: KeyValuePairs = [
        "V2.10__Third.sql": "INSERT INTO t VALUES (3);", "V2.9__Second.sql": "INSERT INTO t VALUES (2);",
        "V1__First.sql": "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);",
      ]
      let migrator = try Migrator(database, scripts)
      #expect(
        try migrator.path().stages.map(\.script.name.file) == ["V1__First.sql", "V2.9__Second.sql", "V2.10__Third.sql"])
      #expect(try migrator.migrate().map(\.statements) == [2, 1, 1])
      #expect(try migrator.migrate() == [])
      #expect(try database.connect().run("SELECT a FROM t ORDER BY a") == [["1"], ["2"], ["3"]])
      #expect(try migrator.history().map(\.state) == [.done, .done, .done])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `expand and contract run apart`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let migrator = try Migrator(
        database,
        [
          "V1__a.sql": "CREATE TABLE t (a INTEGER, b INTEGER);",
          "V2__drop.sql": "-- @phase contract\nALTER TABLE t DROP COLUMN b;",
          "V3__c.sql": "ALTER TABLE t ADD COLUMN c INTEGER;",
        ])
      #expect(try migrator.migrate(phases: [.expand]).map(\.script) == ["V1__a.sql", "V3__c.sql"])
      #expect(try migrator.migrate(phases: [.contract]).map(\.script) == ["V2__drop.sql"])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a repeatable script runs again when its text changes`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let table = "CREATE TABLE t (a INTEGER);"
      try Migrator(database, ["V1__t.sql": table, "R__rows.sql": "INSERT INTO t VALUES (1);"]).migrate()
      #expect(try Migrator(database, ["V1__t.sql": table, "R__rows.sql": "INSERT INTO t VALUES (1);"]).migrate() == [])
      let changed = try Migrator(database, ["V1__t.sql": table, "R__rows.sql": "INSERT INTO t VALUES (2);"])
      #expect(try changed.migrate().map(\.script) == ["R__rows.sql"])
      #expect(try database.connect().run("SELECT a FROM t ORDER BY a") == [["1"], ["2"]])
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a script that ran cannot change in silence`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);"]).migrate()
      let changed = try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER); -- with a remark"])
      #expect(try #require(throws: Diagnostic.self) { try changed.migrate() }.code == .scriptChanged)
      #expect(try changed.acceptChangedScripts() == ["V1__t.sql"])
      #expect(try changed.migrate() == [])
      let gone = try Migrator(database, ["V2__u.sql": "CREATE TABLE u (a INTEGER);"])
      #expect(try #require(throws: Diagnostic.self) { try gone.migrate() }.code == .scriptMissing)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a version below one that ran is refused`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try Migrator(database, ["V2__t.sql": "CREATE TABLE t (a INTEGER);"]).migrate()
      var late = try Migrator(
        database, ["V2__t.sql": "CREATE TABLE t (a INTEGER);", "V1__u.sql": "CREATE TABLE u (a INTEGER);"])
      #expect(try #require(throws: Diagnostic.self) { try late.migrate() }.code == .scriptOutOfOrder)
      late.settings.allowsOutOfOrder = true
      #expect(try late.migrate().count == 1)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a database with tables wants a baseline`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try database.connect().run("CREATE TABLE old (a INTEGER)")
      let migrator = try Migrator(
        database, ["V1__old.sql": "CREATE TABLE old (a INTEGER);", "V2__new.sql": "CREATE TABLE new_one (a INTEGER);"])
      #expect(try #require(throws: Diagnostic.self) { try migrator.migrate() }.code == .baselineMissing)
      try migrator.baseline(at: try #require(ScriptVersion("1")))
      #expect(try migrator.migrate().map(\.script) == ["V2__new.sql"])
      #expect(
        try #require(throws: Diagnostic.self) { try migrator.baseline(at: ScriptVersion("2")!) }.code
          == .baselineRefused)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `assertions stop a script before and after it`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);"]).migrate()
      let before = try database.picture(of: "t")
      let scripts: KeyValuePairs = [
        "V1__t.sql": "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);",
        "V2__u.sql": "-- @before SELECT count(*) = 0 FROM t\nCREATE TABLE u (a INTEGER);",
      ]
      let error = try #require(throws: Diagnostic.self) { try Migrator(database, scripts).migrate() }
      #expect(error.code == .assertionFailed)
      #expect(error.place?.description == "sql/V2__u.sql:1:4")
      #expect(try database.picture(of: "t") == before)
    }
  }

  @Test(arguments: [DatabaseKind.postgreSQL, .sqlite])
  func `a script that fails leaves nothing where definitions roll back`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let before = try database.picture(of: "t")
      let error = try #require(throws: Diagnostic.self) {
        try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);\nINSERT INTO nobody VALUES (1);"]).migrate()
      }
      #expect(error.code == .statementFailed)
      #expect(error.place?.line == 2)
      #expect(error.message.contains("statement 2 of 2"))
      #expect(try database.picture(of: "t") == before)
      #expect(try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);"]).migrate().count == 1)
    }
  }

  @Test func `a script of MariaDB that fails is taken up behind what is done`() throws {
    try DatabaseKind.mariaDB.withDatabase { database in
      let begin = "CREATE TABLE t (a INTEGER);\nSET @x = 7;\n"
      let broken = try Migrator(database, ["V1__t.sql": begin + "INSERT INTO nobody VALUES (@x);"])
      let error = try #require(throws: Diagnostic.self) { try broken.migrate() }
      #expect(error.place?.line == 3)
      let entry = try #require(try broken.history().last)
      #expect(entry.state == .failed)
      #expect(entry.position == 2)

      let other = try Migrator(database, ["V1__t.sql": "CREATE TABLE t (b INTEGER);\nSET @x = 7;\nSELECT 1;"])
      #expect(try #require(throws: Diagnostic.self) { try other.migrate() }.code == .scriptChanged)

      let mended = try Migrator(database, ["V1__t.sql": begin + "INSERT INTO t VALUES (@x);"])
      let applied = try mended.migrate()
      #expect(applied.first?.notes == ["V1__t.sql was taken up behind statement 2 of 3"])
      // The session is told again what it had been told.
      #expect(try database.connect().run("SELECT a FROM t") == [["7"]])
      #expect(try mended.history().map(\.state) == [.done])
    }
  }

  @Test func `a procedure that was cut off asks a person`() throws {
    try DatabaseKind.mariaDB.withDatabase { database in
      let scripts: KeyValuePairs = [
        "V1__t.sql":
          "CREATE TABLE t (a INTEGER);\nDELIMITER //\nCREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (1); END //\nDELIMITER ;\nCALL p();"
      ]
      let faulty = FaultyDatabase(database, failing: .afterwards) { $0 == "CALL p()" }
      #expect(try #require(throws: Diagnostic.self) { try Migrator(faulty, scripts).migrate() }.code == .databaseLost)
      let migrator = try Migrator(database, scripts)
      let error = try #require(throws: Diagnostic.self) { try migrator.migrate() }
      #expect(error.code == .statementUndecided)
      try migrator.settle(ScriptVersion("1")!, as: .done)
      #expect(try migrator.migrate().count == 1)
      #expect(try database.connect().run("SELECT a FROM t") == [["1"]])
    }
  }

  @Test(arguments: [DatabaseKind.postgreSQL, .sqlite])
  func `undo takes versions back, newest first`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let before = try database.picture(of: "t")
      let migrator = try Migrator(
        database,
        [
          "V1__t.sql": "CREATE TABLE t (a INTEGER);", "V2__b.sql": "ALTER TABLE t ADD COLUMN b INTEGER;",
          "U2__b.sql": "ALTER TABLE t DROP COLUMN b;", "U1__t.sql": "DROP TABLE t;",
        ])
      try migrator.migrate()
      let versions = ["1", "2"].compactMap { ScriptVersion($0) }
      #expect(try migrator.undo(versions).map(\.script) == ["U2__b.sql", "U1__t.sql"])
      #expect(try database.picture(of: "t") == before)
      #expect(try migrator.undo(versions) == [], "undo can be called again")
      #expect(try migrator.migrate().count == 2, "what was undone can be applied again")
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a script does not control its transaction`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let migrator = try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);\nCOMMIT;"])
      let error = try #require(throws: Diagnostic.self) { try migrator.migrate() }
      #expect(error.code == .scriptTransaction)
      #expect(error.place?.line == 2)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `two migrations of one database do not run at once`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      var lock = try database.tryLock()
      try #require(lock != nil)
      let migrator = try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);"])
      #expect(try #require(throws: Diagnostic.self) { try migrator.migrate() }.code == .databaseLocked)
      lock = nil
      #expect(try migrator.migrate().count == 1)
    }
  }

  @Test func `an index that was broken off is dropped and built again`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      let table = "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (1);"
      let index = "-- @transaction none\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);"
      let migrator = try Migrator(database, ["V1__t.sql": table, "V2__i.sql": index])
      #expect(try #require(throws: Diagnostic.self) { try migrator.migrate() }.code == .statementFailed)
      let session = try database.connect()
      #expect(try session.run("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass") == [["f"]])
      try session.run("UPDATE t SET a = 2 WHERE ctid = (SELECT max(ctid) FROM t)")
      let notes = try migrator.migrate().flatMap(\.notes)
      #expect(notes.contains { $0.contains("invalid index i") })
      #expect(try session.run("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass") == [["t"]])
    }
  }

  @Test func `a concurrent build does not stand in a transaction`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      let migrator = try Migrator(
        database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);\nCREATE INDEX CONCURRENTLY i ON t (a);"])
      let error = try #require(throws: Diagnostic.self) { try migrator.migrate() }
      #expect(error.code == .scriptTransaction)
      #expect(error.hint?.contains("@transaction none") == true)
    }
  }

  @Test(arguments: [DatabaseKind.postgreSQL, .sqlite])
  func `a table that is in use is tried again, and others are let by`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try Migrator(database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);"]).migrate()
      let reader = try database.connect()
      try reader.begin()
      try reader.run("INSERT INTO t VALUES (1)")
      var migrator = try Migrator(
        database, ["V1__t.sql": "CREATE TABLE t (a INTEGER);", "V2__b.sql": "ALTER TABLE t ADD COLUMN b INTEGER;"])
      migrator.settings.lockTimeout = 20
      migrator.settings.attempts = 3
      #expect(try #require(throws: Diagnostic.self) { try migrator.migrate() }.code == .databaseBusy)
      // The pause between two attempts is when the reader comes to its end.
      nonisolated(unsafe) let open = reader
      migrator.environment.sleep = { _ in try? open.commit() }
      #expect(try migrator.migrate().map(\.retries) == [1])
    }
  }

  @Test func `a full disk leaves what was there`() throws {
    try DatabaseKind.sqlite.withDatabase { database in
      let table = "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('kept');"
      try Migrator(database, ["V1__t.sql": table]).migrate()
      let before = try database.picture(of: "t")
      let rows = """
        PRAGMA max_page_count = 20;
        CREATE TABLE u (a TEXT);
        INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
          SELECT hex(zeroblob(2000)) FROM n;
        """
      let error = try #require(throws: Diagnostic.self) {
        try Migrator(database, ["V1__t.sql": table, "V2__rows.sql": rows]).migrate()
      }
      #expect(error.code == .diskFull)
      #expect(try database.picture(of: "t") == before)
      #expect(try Migrator(database, ["V1__t.sql": table]).history().count == 1)
    }
  }
}
