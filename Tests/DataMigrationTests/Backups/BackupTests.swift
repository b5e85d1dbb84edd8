import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Foundation
import Testing

@Suite struct BackupTests {
  static func backup(
    _ database: any Database, as name: String, in directory: String
  ) throws -> (DatabaseBackup, any DumpableDatabase) {
    let database = try #require(database as? any DumpableDatabase)
    let backup = try DatabaseBackup(
      of: database, named: FileName(known: name), in: directory,
      environment: .current(tool: "test", command: "test"), programs: LocalCommandRunner(), isStopped: { false })
    return (backup, database)
  }

  static func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = NSTemporaryDirectory() + "/backups-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory)
  }

  static func fill(_ database: any Database) throws {
    let session = try database.connect()
    try session.run("CREATE TABLE t (a INTEGER NOT NULL, b VARCHAR(20))")
    try session.run("CREATE INDEX i ON t (b)")
    try session.run("INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, 'drei; ''ü''')")
    try session.run("CREATE VIEW v AS SELECT a FROM t")
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a backup is proved, and gives back what was there`(kind: DatabaseKind) throws {
    try Self.withDirectory { directory in
      try kind.withDatabase { database in
        try Self.fill(database)
        let before = try database.picture(of: "t")
        let (backup, dumpable) = try Self.backup(database, as: "first", in: directory)
        #expect(backup.manifest.contents.rowsBefore.map(\.rows) == [3])
        #expect(backup.manifest.verifiedAt != nil)
        let session = try database.connect()
        try session.run("DELETE FROM t WHERE a = 2")
        try session.run("CREATE TABLE other (a INTEGER)")
        let found = try DatabaseBackup(in: directory + "/first")
        #expect(found.manifest.bytes == backup.manifest.bytes)
        try found.restore(
          into: dumpable, environment: .current(tool: "test", command: "test"), programs: LocalCommandRunner(),
          isStopped: { false })
        #expect(try database.picture(of: "t") == before)
        #expect(try !database.connect().hasTable("other"))
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a backup that was damaged is not restored`(kind: DatabaseKind) throws {
    try Self.withDirectory { directory in
      try kind.withDatabase { database in
        try Self.fill(database)
        let (backup, dumpable) = try Self.backup(database, as: "first", in: directory)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: backup.dumpPath))
        try file.seek(toOffset: UInt64(backup.manifest.size / 2))
        try file.write(contentsOf: Data([0x21]))
        try file.close()
        let before = try database.picture(of: "t")
        let error = try #require(throws: Diagnostic.self) {
          try backup.restore(
            into: dumpable, environment: .current(tool: "test", command: "test"), programs: LocalCommandRunner(),
            isStopped: { false })
        }
        #expect(error.code == .dumpDamaged)
        #expect(try database.picture(of: "t") == before, "nothing was removed")
      }
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a dump that lacks rows is found by counting`(kind: DatabaseKind) throws {
    try Self.withDirectory { directory in
      try kind.withDatabase { database in
        try Self.fill(database)
        var (backup, dumpable) = try Self.backup(database, as: "first", in: directory)
        backup.manifest.contents.rowsBefore[0].rows += 1
        backup.manifest.contents.rowsAfter[0].rows += 1
        let error = try #require(throws: Diagnostic.self) {
          try backup.verify(
            against: dumpable, environment: .current(tool: "test", command: "test"), programs: LocalCommandRunner(),
            isStopped: { false })
        }
        #expect(error.message.contains("3 rows"))
      }
    }
  }

  @Test func `what a restore loses is said in time`() throws {
    try Self.withDirectory { directory in
      try DatabaseKind.sqlite.withDatabase { database in
        try Self.fill(database)
        let (backup, _) = try Self.backup(database, as: "first", in: directory)
        var later = backup.manifest.takenAt
        later.seconds += 3 * 3_600
        #expect(backup.lossWindow(at: later).hasSuffix("(3 h) is lost"))
      }
    }
  }
}
