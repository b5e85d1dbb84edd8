import ConfigDocument
import DataMigration
import DatabaseServers
import Synchronization
import TestSupport
import Testing

/// The connection breaks at the n-th word to the server, for every n, before it or behind it: run again, the database
/// ends as if nothing had happened.
@Suite struct BrokenConnectionTests {
  static func scripts(for kind: DatabaseKind) -> KeyValuePairs<String, String> {
    let trigger =
      switch kind {
      case .postgreSQL: "-- @transaction none\nCREATE INDEX CONCURRENTLY i ON t (b);\nINSERT INTO t VALUES (4, 5);"
      case .mariaDB: "CREATE INDEX i ON t (b);\nINSERT INTO t VALUES (4, 5);\nRENAME TABLE u TO w;"
      case .sqlite: "-- @transaction none\nCREATE INDEX i ON t (b);\nVACUUM;\nINSERT INTO t VALUES (4, 5);"
      }
    return [
      "V1__t.sql": "CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1);\nCREATE TABLE u (a INTEGER);",
      "V2__b.sql": "ALTER TABLE t ADD COLUMN b INTEGER;\nUPDATE t SET b = a + 1;\nINSERT INTO t VALUES (2, 3);",
      "V3__i.sql": trigger,
    ]
  }

  @Test(arguments: DatabaseKind.allCases, FaultyDatabase.Moment.allCases)
  func `every cut is healed by running again`(kind: DatabaseKind, moment: FaultyDatabase.Moment) throws {
    var expected: [String] = []
    try kind.withDatabase { database in
      try Migrator(database, Self.scripts(for: kind)).migrate()
      expected = try database.picture(of: "t")
    }
    // Each try of a server makes a database: a sample there, all with CFGMIGRATE_ANOMALIES=all.
    let stride = kind == .sqlite ? 1 : Thoroughness.sample(every: 4)
    var cuts = 0
    var isCutting = true
    while isCutting {
      try kind.withDatabase { database in
        let cut = cuts
        let count = Mutex(0)
        let faulty = FaultyDatabase(database, failing: moment) { _ in
          count.withLock {
            $0 += 1
            return $0 == cut + 1
          }
        }
        isCutting = (try? Migrator(faulty, Self.scripts(for: kind)).migrate()) == nil
        try Migrator(database, Self.scripts(for: kind)).migrate()
        #expect(try database.picture(of: "t") == expected, "\(kind), cut \(cut)")
        #expect(try Migrator(database, Self.scripts(for: kind)).history().allSatisfy { $0.state == .done })
      }
      cuts += stride
    }
    #expect(cuts > 20)
  }
}
