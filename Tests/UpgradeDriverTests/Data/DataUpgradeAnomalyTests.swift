import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseServers
import StoreTestSupport
import TestSupport
import Testing
import UpgradeContracts
import UpgradeDrivers
import UpgradePipeline

/// The engine is killed at the n-th call that changes the disk, which is between all records of its journal, while it takes a
/// real database along its scripts. The next process ends where an unbroken run ends.
@Suite struct DataUpgradeAnomalyTests {
  private static func spec(_ database: any Database, _ scratch: Scratch) throws -> UpgradeSpec {
    scratch.write("sql/V1__t.sql", "CREATE TABLE t (a INTEGER, b INTEGER);\nINSERT INTO t VALUES (1, 2);\n")
    scratch.write("sql/V2__c.sql", "ALTER TABLE t ADD COLUMN c INTEGER;\nUPDATE t SET c = a + 1;\n")
    scratch.write("sql/V3__drop.sql", "-- @phase contract\nALTER TABLE t DROP COLUMN b;\n")
    let text = """
      upgrade: orders
      from: "1"
      to: "2"
      steps:
        - {id: backup, data: {database: \(database.declaration), backup: backups}}
        - {id: expand, data: {database: \(database.declaration), scripts: sql}}
        - id: export
          data: {database: \(database.declaration), export: exports, queries: {rows: "SELECT a, c FROM t ORDER BY a"}}
        - {id: contract, data: {database: \(database.declaration), scripts: sql, phase: contract}}

      """
    return try UpgradeSpec.read(Array(text.utf8), named: scratch.absolute("upgrade.yaml"), catalog: .standard)
  }

  private static func engine(
    _ spec: UpgradeSpec, through fileSystem: any FileSystem = LocalFileSystem()
  ) throws -> UpgradeEngine {
    var surroundings = UpgradeEngine.Surroundings(environment: .current(tool: "test", command: "test"))
    surroundings.fileSystem = fileSystem
    // A thread of the engine that was killed may hold its lock a little longer, for both are in one process.
    return try UpgradeEngine(spec, surroundings, patience: 10_000)
  }

  private static func isCompleted(_ ending: RunEnding?) -> Bool { if case .completed = ending { true } else { false } }

  private static func picture(_ database: any Database) throws -> String {
    let session = try database.connect()
    let history = try session.run("SELECT script, state FROM \(HistoryTable.defaultName) ORDER BY installed_rank")
    return "\(try session.catalog(without: HistoryTable.defaultName)) \(try session.run("SELECT * FROM t")) \(history)"
  }

  @Test(arguments: DatabaseKind.allCases)
  func `an upgrade of a database that was killed anywhere ends as an unbroken one`(kind: DatabaseKind) throws {
    var unbroken = ""
    try kind.withDatabase { database in
      let scratch = Scratch()
      let ending = try Self.engine(Self.spec(database, scratch)).begin()
      withExtendedLifetime(scratch) {}
      #expect(Self.isCompleted(ending), "\(ending)")
      unbroken = try Self.picture(database)
    }
    // Each try on a server makes a database: a sample there, all with CFGMIGRATE_ANOMALIES=all.
    for n in stride(from: 1, to: 10_000, by: kind == .sqlite ? 1 : Thoroughness.sample(every: 12)) {
      let faulty = FaultyFileSystem(.killed(at: n))
      try kind.withDatabase { database in
        let scratch = Scratch()
        defer { withExtendedLifetime(scratch) {} }
        let spec = try Self.spec(database, scratch)
        var ending = try? Self.engine(spec, through: faulty).begin()
        if faulty.hasStruck {
          // Killed before the run was begun, there is nothing to resume.
          let engine = try Self.engine(spec)
          ending = (try? engine.resume()) ?? (try? engine.begin())
        }
        #expect(Self.isCompleted(ending), "killed at call \(n): \(String(describing: ending))")
        #expect(try Self.picture(database) == unbroken, "killed at call \(n)")
      }
      guard faulty.hasStruck else {
        print("Upgrades of \(kind), killed: up to call \(n)")
        break
      }
    }
  }
}
