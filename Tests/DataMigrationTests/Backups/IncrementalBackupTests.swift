import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Foundation
import Testing

/// Copies of real servers: a whole one, and increments on it, each of which is proved by a server that runs on all of them.
@Suite(.serialized) struct IncrementalBackupTests {
  static let servers: [DatabaseKind] = [.postgreSQL, .mariaDB]

  /// On a server that only such tests use.

  /// - Parameter log: how much of its log PostgreSQL keeps.
  private static func withDatabase(
    _ kind: DatabaseKind, keeping log: String = "64MB", _ body: (any Database) throws -> Void
  ) throws {
    let name = "copied_\(UInt32.random(in: 0 ... .max))"
    let database: any Database
    if kind == .postgreSQL {
      let server = TestServers.server(postgreSQL: try available(TestServers.ownPostgreSQL).directory)
      let admin = PostgreSQL(server, database: "postgres")
      try admin.connect().run("ALTER SYSTEM SET wal_keep_size = '\(log)'")
      try admin.connect().run("SELECT pg_reload_conf()")
      database = try admin.makeScratch(named: name)
    } else {
      let server = TestServers.server(mariaDB: try available(TestServers.ownMariaDB).directory)
      database = try MariaDB(server, database: "mysql").makeScratch(named: name)
    }
    defer { try? database.dropScratch() }
    try body(database)
  }

  private static let environment = RunEnvironment.current(tool: "test", command: "test")

  private static func backup(
    _ database: any Database, as name: String, in directory: String, increments: Int = 9
  ) throws -> DatabaseBackup {
    let database = try #require(database as? any IncrementalDatabase)
    return try DatabaseBackup(
      ofServerOf: database, increments: increments, named: FileName(known: name), in: directory,
      environment: environment, programs: LocalCommandRunner(), isStopped: { false })
  }

  /// What a person would see who reads the backup back.
  private static func verify(_ path: String, against database: any Database) throws {
    let database = try #require(database as? any DumpableDatabase)
    try DatabaseBackup(in: path).verify(
      against: database, environment: environment, programs: LocalCommandRunner(), isStopped: { false })
  }

  @Test(arguments: servers)
  func `an increment holds what changed since, and gives it back with what it rests on`(kind: DatabaseKind) throws {
    try BackupTests.withDirectory { directory in
      try Self.withDatabase(kind) { database in
        try BackupTests.fill(database)
        let session = try database.connect()
        let whole = try Self.backup(database, as: "whole", in: directory)
        #expect(whole.manifest.link?.predecessor == nil)
        try session.run("INSERT INTO t VALUES (4, 'four')")
        let first = try Self.backup(database, as: "first", in: directory)
        try session.run("CREATE TABLE later (a INTEGER)")
        try session.run("INSERT INTO later VALUES (1)")
        try session.run("DELETE FROM t WHERE a = 1")
        let picture = try database.picture(of: "t")
        let second = try Self.backup(database, as: "second", in: directory)
        #expect(first.manifest.link?.predecessor?.name == "whole")
        #expect(second.manifest.link?.predecessor?.name == "first")
        #expect(second.manifest.link?.number == 2)
        #expect(second.manifest.contents.rowsBefore.map(\.rows) == [1, 3])
        #expect(
          second.manifest.size < whole.manifest.size / 2,
          "it holds \(second.manifest.size) bytes, the whole \(whole.manifest.size)")
        let read = try DatabaseBackup(in: directory + "/second")
        #expect(read.manifest.bytes == second.manifest.bytes)
        let left = try FileManager.default.contentsOfDirectory(atPath: directory + "/second").sorted()
        #expect(left == ["dump", "manifest.json"])

        try session.run("DROP TABLE later")
        try session.run("DELETE FROM t")
        let dumpable = try #require(database as? any DumpableDatabase)
        try second.restore(
          into: dumpable, environment: Self.environment, programs: LocalCommandRunner(), isStopped: { false })
        #expect(try database.picture(of: "t") == picture)
        #expect(try database.connect().run("SELECT a FROM later") == [["1"]])
      }
    }
  }

  @Test(arguments: servers)
  func `a part that is lost or damaged is named, and the next backup is whole`(kind: DatabaseKind) throws {
    try BackupTests.withDirectory { directory in
      try Self.withDatabase(kind) { database in
        try BackupTests.fill(database)
        for name in ["whole", "first"] { _ = try Self.backup(database, as: name, in: directory) }
        try FileManager.default.moveItem(atPath: directory + "/whole", toPath: directory + "/.elsewhere")
        let lost = try #require(throws: Diagnostic.self) { try Self.verify(directory + "/first", against: database) }
        #expect(lost.code == .dumpPartMissing)
        #expect(lost.message.contains("\(directory)/whole, which is not there"))

        let next = try Self.backup(database, as: "next", in: directory)
        #expect(next.manifest.link?.predecessor == nil)
        #expect(next.manifest.link?.reason?.contains("which is not there") == true)

        try FileManager.default.moveItem(atPath: directory + "/.elsewhere", toPath: directory + "/whole")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: directory + "/whole/dump"))
        try file.seek(toOffset: UInt64(2_000))
        try file.write(contentsOf: Data([0x21, 0x22]))
        try file.close()
        let damaged = try #require(throws: Diagnostic.self) { try Self.verify(directory + "/first", against: database) }
        #expect(damaged.code == .dumpDamaged)
        #expect(damaged.message.contains("whole/dump"))
      }
    }
  }

  @Test(arguments: servers)
  func `behind so many increments comes a whole one, and what nothing rests on is removed`(kind: DatabaseKind) throws {
    try BackupTests.withDirectory { directory in
      try Self.withDatabase(kind) { database in
        try BackupTests.fill(database)
        var numbers: [Int?] = []
        for name in ["a", "b", "c"] {
          numbers.append(try Self.backup(database, as: name, in: directory, increments: 1).manifest.link?.number)
        }
        #expect(numbers == [0, 1, 0])
        #expect(try BackupRetention(keeping: 2).apply(to: directory, of: database.name) == [], "b rests on a")
        #expect(try BackupRetention(keeping: 1).apply(to: directory, of: "another") == [])
        #expect(try BackupRetention(keeping: 1).apply(to: directory, of: database.name) == ["a", "b"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["c"])
      }
    }
  }

  @Test func `a copy that is read back leaves the temporary tables of other servers alone`() throws {
    let others = FileManager.default.temporaryDirectory.appending(
      path: "#sql-temptable-\(UInt32.random(in: 0 ... .max)).MAI")
    try BackupTests.withDirectory { directory in
      try Self.withDatabase(.mariaDB) { database in
        try BackupTests.fill(database)
        try Data().write(to: others)
        // A server's files are its user's, and for root servers run as nobody.
        if geteuid() == 0 { chown(others.path(percentEncoded: false), 65_534, 65_534) }
        defer { try? FileManager.default.removeItem(at: others) }
        _ = try Self.backup(database, as: "whole", in: directory)
        #expect(FileManager.default.fileExists(atPath: others.path(percentEncoded: false)))
      }
    }
  }

  @Test func `a log that the server has no longer is no reason to go without a backup`() throws {
    try BackupTests.withDirectory { directory in
      try Self.withDatabase(.postgreSQL, keeping: "0") { database in
        try BackupTests.fill(database)
        _ = try Self.backup(database, as: "whole", in: directory)
        let session = try database.connect()
        let copied = try #require(database as? any IncrementalDatabase)
        #expect(try copied.checkCopying(by: LocalCommandRunner()).map(\.code.rawValue) == ["log-not-kept"])
        // The server drops the segments that no checkpoint needs.
        for _ in 0..<4 {
          try session.run("SELECT pg_switch_wal()")
          try session.run("INSERT INTO t VALUES (4, 'four')")
        }
        try session.run("CHECKPOINT")
        try session.run("CHECKPOINT")
        let next = try Self.backup(database, as: "next", in: directory)
        #expect(next.manifest.link?.predecessor == nil)
        #expect(next.manifest.link?.reason?.contains("pg_receivewal") == true, "\(next.manifest.link as Any)")
      }
    }
  }
}
