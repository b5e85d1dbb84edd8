import ConfigDocument
import DataMigration
import DatabaseServers
import Foundation
import Testing
import UpgradeContracts
import UpgradePipeline

/// What a preflight asks of databases.
@Suite struct DatabaseCheckTests {
  private let scenario = DriverScenario()

  private func contract() throws -> PreflightContract { PreflightContract(context: try scenario.context()) }

  @Test(arguments: DatabaseKind.allCases)
  func `a version is what the server says`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try contract().check(
        passing: try scenario.check("sql: {database: \(database.declaration), at-least: \"3\"}"),
        failing: try scenario.check("sql: {database: \(database.declaration), at-least: \"300\"}"),
        unanswerable: try scenario.check("sql: {database: {sqlite: missing.db}, at-least: \"3\"}"))
      #expect(!FileManager.default.fileExists(atPath: scenario.scratch.absolute("missing.db")), "a look makes no file")
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `a query is true or not`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try database.connect().run("CREATE TABLE jobs (a INTEGER)")
      let check = { (query: String) in try scenario.check("sql: {database: \(database.declaration), query: \(query)}") }
      try contract().check(
        passing: try check("SELECT count(*) = 0 FROM jobs"), failing: try check("SELECT count(*) > 0 FROM jobs"),
        unanswerable: try check("SELECT count(*) FROM nothing"))
    }
  }

  @Test(arguments: DatabaseKind.allCases)
  func `an open transaction is in the way, and says whose it is`(kind: DatabaseKind) throws {
    try kind.withDatabase { database in
      try database.connect().run("CREATE TABLE t (a INTEGER)")
      let check = try scenario.check("sql: {database: \(database.declaration), longest-transaction: 0s}")
      let context = try scenario.context()
      #expect(check.run(context).verdict == .pass)
      let session = try database.connect()
      try session.begin()
      try session.run("INSERT INTO t VALUES (1)")
      // InnoDB makes its list anew ten times a second.
      if kind == .mariaDB { usleep(200_000) }
      let seen = check.run(context)
      #expect(seen.verdict == .fail)
      #expect(seen.found.hasPrefix("a transaction is open"), "\(seen.found)")
      if kind != .sqlite {
        let patient = try scenario.check("sql: {database: \(database.declaration), longest-transaction: 1h}")
        #expect(patient.run(context).verdict == .pass, "a young transaction is no harm")
      }
      session.rollback()
      if kind == .mariaDB { usleep(200_000) }
      #expect(check.run(context).verdict == .pass)
    }
  }

  @Test func `a dump that runs is in the way however young it is`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      let session = try database.connect()
      try session.run("SET application_name = 'pg_dump'")
      try session.begin()
      try session.run("SELECT 1")
      let check = try scenario.check("sql: {database: \(database.declaration), longest-transaction: 1h}")
      let seen = check.run(try scenario.context())
      #expect(seen.verdict == .fail)
      #expect(seen.found.hasPrefix("a dump is running"), "\(seen.found)")
      session.rollback()
    }
  }

  @Test func `who may not see the sessions of others is told so, and is not told that nobody is there`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      let admin = try database.connect()
      let role = "looker_\(UInt32.random(in: 0 ... .max))"
      try admin.run("CREATE ROLE \(role) LOGIN")
      defer { _ = try? admin.run("DROP ROLE \(role)") }
      let declaration = database.declaration.replacing("user: postgres", with: "user: \(role)")
      let check = try scenario.check("sql: {database: \(declaration), longest-transaction: 1m}")
      let context = try scenario.context()
      #expect(check.run(context).verdict == .error)
      try admin.run("GRANT pg_read_all_stats TO \(role)")
      #expect(check.run(context).verdict == .pass)
      try admin.run("REVOKE pg_read_all_stats FROM \(role)")
    }
  }

  @Test(arguments: [
    "sql: {database: {sqlite: a}}", "sql: {database: {sqlite: a}, at-least: 3, query: SELECT 1}",
    "sql: {at-least: 3}", "sql: {database: {sqlite: a}, longest: 3s}",
  ])
  func `a check asks one thing`(declaration: String) {
    #expect(throws: Diagnostic.self) { try scenario.check(declaration) }
  }
}
