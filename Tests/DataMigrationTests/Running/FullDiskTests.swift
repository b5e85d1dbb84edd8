import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Foundation
import Testing

/// A disk that is full while a script runs. The servers get a small file system of their own, which only root can make.
@Suite(.serialized) struct FullDiskTests {
  /// A file system of some megabytes in memory, gone when `body` ends.
  private static func withSmallDisk(megabytes: Int, _ body: (String) throws -> Void) throws {
    guard getuid() == 0 else { try Test.cancel("needs root, to mount a small file system") }
    let path = NSTemporaryDirectory() + "/small-disk-\(getpid())-\(UInt32.random(in: 0...9_999))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    do { try ServerProcess.run(["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0777", "tmpfs", path]) } catch {
      try Test.cancel("needs a machine where file systems may be mounted: \(error)")
    }
    defer { _ = try? ServerProcess.run(["umount", "-l", path]) }
    try body(path)
  }

  @Test func `PostgreSQL's tablespace is full: the script is rolled back, and runs when there is room`() throws {
    let server = TestServers.server(postgreSQL: try available(TestServers.postgreSQL).directory)
    try Self.withSmallDisk(megabytes: 8) { path in
      let space = "small_\(UInt32.random(in: 0 ... .max))"
      let admin = try PostgreSQL(server, database: "postgres").connect()
      try ServerProcess.run(ServerProcess.unprivileged(["mkdir", "-m", "0700", "\(path)/space"]))
      try admin.run("CREATE TABLESPACE \(space) LOCATION '\(path)/space'")
      defer { _ = try? admin.run("DROP TABLESPACE \(space)") }
      try DatabaseKind.postgreSQL.withDatabase { database in
        let scripts = { (rows: Int) -> KeyValuePairs<String, String> in
          [
            "V1__t.sql": "CREATE TABLE t (a text) TABLESPACE \(space);\nINSERT INTO t VALUES ('kept');",
            "V2__rows.sql":
              "CREATE TABLE u (a text) TABLESPACE \(space);\nINSERT INTO u SELECT repeat(md5(n::text), 30) FROM generate_series(1, \(rows)) n;",
          ]
        }
        let error = try #require(throws: Diagnostic.self) { try Migrator(database, scripts(20_000)).migrate() }
        #expect(error.code == .diskFull, "\(error)")
        #expect(error.place?.line == 2)
        #expect(try !database.connect().hasTable("u"))
        #expect(try database.connect().run("SELECT a FROM t") == [["kept"]])
        #expect(try Migrator(database, scripts(100)).migrate().map(\.script) == ["V2__rows.sql"])
        try database.connect().run("DROP TABLE t, u")
      }
    }
  }

  @Test func `MariaDB's table is full: the statement is undone, the position stays, and the script is taken up`() throws
  {
    let server = try available(TestServers.mariaDB)
    try Self.withSmallDisk(megabytes: 12) { path in
      try ServerProcess.run(ServerProcess.unprivileged(["mkdir", "-m", "0700", "\(path)/space"]))
      try DatabaseKind.mariaDB.withDatabase { database in
        let name = "small_\(UInt32.random(in: 0 ... .max))"
        let table = "CREATE TABLE \(name) (a VARCHAR(900)) DATA DIRECTORY='\(path)/space';\n"
        let scripts = { (rows: Int) -> KeyValuePairs<String, String> in
          [
            "V1__t.sql":
              table
              + "INSERT INTO \(name) VALUES ('kept');\nINSERT INTO \(name) SELECT REPEAT('x', 900) FROM seq_1_to_\(rows);"
          ]
        }
        let error = try #require(throws: Diagnostic.self) { try Migrator(database, scripts(40_000)).migrate() }
        #expect(error.code == .diskFull, "\(error)")
        #expect(try database.connect().run("SELECT a FROM \(name)") == [["kept"]])
        #expect(try Migrator(database, scripts(100)).history().map(\.position) == [2])
        let applied = try Migrator(database, scripts(100)).migrate()
        #expect(applied.first?.notes == ["V1__t.sql was taken up behind statement 2 of 3"])
        #expect(try database.connect().run("SELECT count(*) FROM \(name)") == [["101"]])
        try database.connect().run("DROP TABLE \(name)")
      }
      _ = server
    }
  }
}
