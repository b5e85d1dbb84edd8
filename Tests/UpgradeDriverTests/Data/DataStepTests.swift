import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Testing
import UpgradeContracts
import UpgradePipeline

@testable import UpgradeDrivers

@Suite struct DataStepTests {
  private let scratch = UpgradeContracts.Scratch()

  private func step(_ fields: String) throws -> any UpgradeStep {
    let document = try Document(Array(fields.utf8), as: .yaml, named: "upgrade.yaml")
    let declaration = Declaration(
      id: "schema", kind: "data", document: document, node: document.roots[0], upgrade: Self.upgrade)
    let makeStep = try #require(UpgradeCatalog.standard.steps["data"])
    return try makeStep(declaration)
  }

  private static let upgrade = UpgradeIdentity(name: "orders", product: nil, from: "2.1", to: "2.2", run: "run-1")

  private func context() throws -> StepContext {
    StepContext(
      upgrade: Self.upgrade, id: "schema", directory: scratch.path,
      store: StepStore(in: try OpenDirectory(scratch.path), [FileName(known: "files")]),
      environment: .current(tool: "test", command: "test"), programs: LocalCommandRunner())
  }

  private func writeScripts() {
    scratch.write("sql/V1__t.sql", "CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (1);\n")
    scratch.write("sql/V2__b.sql", "ALTER TABLE t ADD COLUMN b INTEGER;\n")
    scratch.write("sql/U2__b.sql", "ALTER TABLE t DROP COLUMN b;\n")
    scratch.write("sql/U1__t.sql", "DROP TABLE t;\n")
  }

  private func fingerprint(_ database: any Database) throws -> String {
    let session = try database.connect()
    let rows = try session.hasTable("t") ? try session.run("SELECT * FROM t") : []
    return "\(try session.catalog(without: HistoryTable.defaultName)) \(rows)"
  }

  @Test(arguments: DatabaseKind.allCases)
  func `the step that runs scripts keeps the promises of a step`(kind: DatabaseKind) throws {
    writeScripts()
    try kind.withDatabase { database in
      let step = try step("{database: \(database.declaration), scripts: sql, undo: scripts}")
      #expect(step.traits.reversibility == .compensable)
      try UpgradeStepContract(step: step, context: try context(), fingerprint: { try fingerprint(database) }).check()
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `the step that takes a backup keeps the promises of a step`(kind: DatabaseKind) throws {
    scratch.write("backups/README", "")
    try kind.withDatabase { database in
      try database.connect().run("CREATE TABLE t (a INTEGER)")
      let step = try step("{database: \(database.declaration), backup: backups}")
      try UpgradeStepContract(step: step, context: try context(), fingerprint: { try fingerprint(database) }).check()
      #expect(scratch.read("backups/run-1-schema/manifest.json")?.contains("verified_at") == true)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a backup wants as much room as its database takes`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      let session = try database.connect()
      try session.run("CREATE TABLE t (a INTEGER, b VARCHAR(200))")
      let step = try step("{database: \(database.declaration), backup: backups}")
      let directory = scratch.absolute("backups")
      let before = try #require(try step.space(try context())[directory])
      let text = String(repeating: "x", count: 200)
      for _ in 0..<40 {
        try session.run("INSERT INTO t VALUES " + (0..<100).map { "(\($0), '\(text)')" }.joined(separator: ", "))
      }
      // MariaDB counts from statistics, which are written behind the rows.
      if kind == .mariaDB { try session.run("ANALYZE TABLE t") }
      let after = try #require(try step.space(try context())[directory])
      #expect(after > before + 500_000, "\(before) before, \(after) after")
    }
  }

  @Test func `increments of a server are taken by the step, and too many backups go`() throws {
    scratch.write("backups/README", "")
    let server = try available(TestServers.ownPostgreSQL)
    let database = PostgreSQL(TestServers.server(postgreSQL: server.directory), database: "postgres")
    for sql in [
      "ALTER SYSTEM SET wal_keep_size = '64MB'", "SELECT pg_reload_conf()", "CREATE TABLE IF NOT EXISTS t (a INTEGER)",
    ] {
      try database.connect().run(sql)
    }
    let step = try step("{database: \(database.declaration), backup: backups, increments: 1, keep: 1}")
    #expect(try step.check(try context()) == [])
    var seen: [Value] = []
    for run in ["run-1", "run-2", "run-3"] {
      var context = try context()
      context.upgrade.run = run
      seen.append(try step.apply(StepToken(run: run, step: "schema"), context))
      try step.verify(context)
    }
    #expect(seen[1].object?["since"]?.string == "run-1-schema")
    #expect(seen[1].object?["removed"]?.array == [])
    #expect(seen[2].object?["since"] == nil)
    #expect(seen[2].object?["removed"]?.array?.compactMap(\.string) == ["run-1-schema", "run-2-schema"])
  }

  @Test(arguments: ["{sqlite: a}", "{redis: a}", "{mariadb: a, host: h}"])
  func `increments of what knows none are refused`(database: String) {
    let error = #expect(throws: Diagnostic.self) {
      try step("{database: \(database), backup: backups, increments: 3}")
    }
    #expect(error?.message.contains("wants `increments`") == true)
  }

  @Test(arguments: DatabaseKind.allCases)
  func `the step rehearses on a copy`(kind: DatabaseKind) throws {
    writeScripts()
    try kind.withDatabase { database in
      let before = try fingerprint(database)
      let step = try step("{database: \(database.declaration), scripts: sql, queries: {list: SELECT a FROM t}}")
      let seen = try step.rehearse(try context())
      #expect(seen?.object?["applied"]?.array?.count == 2)
      #expect(seen?.object?["undone"]?.array?.count == 2)
      #expect(try fingerprint(database) == before)
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `key data is exported and counted`(kind: DatabaseKind) throws {
    scratch.write("exports/README", "")
    try kind.withDatabase { database in
      try database.connect().run("CREATE TABLE t (a INTEGER, b VARCHAR(9))")
      try database.connect().run("INSERT INTO t VALUES (1, 'x'), (2, NULL)")
      let step = try step(
        "{database: \(database.declaration), export: exports, queries: {rows: \"SELECT a, b FROM t ORDER BY a\"}}")
      try UpgradeStepContract(step: step, context: try context(), fingerprint: { try fingerprint(database) }).check()
      #expect(scratch.read("exports/run-1-schema/rows.jsonl") == "[\"1\", \"x\"]\n[\"2\", null]\n")
      #expect(scratch.read("exports/run-1-schema/manifest.json")?.contains("\"rows\": 2") == true)
    }
  }

  @Test func `what programs give is exported and counted too`() throws {
    scratch.write("exports/README", "")
    scratch.write("rules", "{\"name\": \"down\"}\n{\"name\": \"slow\"}")
    try DatabaseKind.sqlite.withDatabase { database in
      func step(counting count: String) throws -> any UpgradeStep {
        try self.step(
          "{database: \(database.declaration), export: exports, commands: {rules: {run: [cat, rules], count: [echo, '\(count)']}}}"
        )
      }
      let error = try #require(throws: Diagnostic.self) {
        try step(counting: "3").apply(StepToken(run: "run-1", step: "schema"), try context())
      }
      #expect(error.message == "`rules` gave 2 records, and `echo 3` counts 3")
      #expect(scratch.read("exports/run-1-schema/manifest.json") == nil)
      let good = try step(counting: "2")
      try UpgradeStepContract(step: good, context: try context(), fingerprint: { try fingerprint(database) }).check()
      #expect(scratch.read("exports/run-1-schema/rules.jsonl") == "{\"name\": \"down\"}\n{\"name\": \"slow\"}\n")
      #expect(scratch.read("exports/run-1-schema/manifest.json")?.contains("\"rows\": 2") == true)
    }
  }

  @Test func `a restore says what is lost, and is asked for twice`() throws {
    scratch.write("backups/README", "")
    try DatabaseKind.sqlite.withDatabase { database in
      try database.connect().run("CREATE TABLE t (a INTEGER)")
      let context = try context()
      let token = StepToken(run: "run-1", step: "schema")
      _ = try step("{database: \(database.declaration), backup: backups}").apply(token, context)
      try database.connect().run("INSERT INTO t VALUES (1)")
      let fields = "database: \(database.declaration), restore: backups/run-1-schema"
      #expect(try step("{\(fields)}").validate().map(\.code) == [.restoreUnaccepted])
      let restore = try step("{\(fields), accept-loss: true}")
      #expect(restore.validate() == [])
      #expect(restore.traits.reversibility == .pivot)
      #expect(try restore.plan(context).changes.contains { $0.contains("is lost") })
      _ = try restore.apply(token, context)
      #expect(try database.connect().run("SELECT count(*) FROM t") == [["0"]])
      #expect(try restore.probe(context) == .applied)
    }
  }

  @Test(arguments: [
    "{database: {sqlite: a, postgresql: b}, scripts: sql}", "{database: {}, scripts: sql}", "{database: {sqlite: a}}",
    "{database: {sqlite: a, host: h, socket: s}, scripts: sql}", "{database: {sqlite: a}, scripts: sql, to: two}",
    "{database: {sqlite: a}, scripts: sql, history: 'a b'}", "{database: {sqlite: a}, scripts: sql, fase: expand}",
    "{database: {postgresql: a, password: secret}, scripts: sql}", "{database: {sqlite: a}, export: exports}",
    "{database: {sqlite: a}, export: e, queries: {x: SELECT 1}, commands: {x: {run: [a], count: [b]}}}",
    "{database: {sqlite: a}, export: e, commands: {x: {run: [a]}}}",
  ])
  func `a declaration that cannot be meant is refused`(fields: String) {
    #expect(throws: Diagnostic.self) { try step(fields) }
  }
}
