import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseServers
import Foundation
import Synchronization
import Testing

/// Several engines at once on one database: the lock lets one after the other, and each script runs once.
@Suite struct ConcurrentMigrationTests {
  @Test(arguments: DatabaseKind.allCases)
  func `of four engines that begin at once each script is run by one`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let ran = Mutex<[String]>([])
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { number in
        do {
          var migrator = try Migrator(
            database,
            [
              "V1__t.sql": "CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1);",
              "V2__u.sql": "INSERT INTO t VALUES (2);",
              "V3__v.sql": "CREATE TABLE v (a INTEGER);",
            ], run: "run-\(number)")
          migrator.settings.lockWait = 60_000
          migrator.environment.sleep = { usleep(UInt32($0) * 100) }
          let applied = try migrator.migrate().map(\.script)
          ran.withLock { $0 += applied }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      let (seen, failed) = (ran.withLock { $0.sorted() }, failures.withLock { $0 })
      #expect(failed == [])
      #expect(seen == ["V1__t.sql", "V2__u.sql", "V3__v.sql"])
      let rows = try database.connect().run("SELECT a FROM t ORDER BY a")
      #expect(rows == [["1"], ["2"]])
    }
  }
}
