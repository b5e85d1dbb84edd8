import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseServers
import Foundation
import Synchronization
import TestSupport
import Testing

/// The scripts of the job platform, on a PostgreSQL server with rows.
@Suite(.serialized) struct PlatformScriptTests {
  static func migrator(_ database: any Database, _ folder: String) throws -> Migrator {
    var environment = RunEnvironment.current(tool: "test", command: "test")
    environment.user = "tester"
    var migrator = Migrator(
      database: database, folder: try ScriptFolder(Repository.root + "/samples/job-platform/sql/\(folder)"),
      settings: MigrationSettings(history: HistoryTable(HistoryTable.defaultName)!, run: "run-1"),
      environment: environment)
    migrator.settings.firstPause = 20
    return migrator
  }

  static func fill(_ database: any Database, rows: Int) throws {
    try migrator(database, "2.2").migrate(to: ScriptVersion("2.0.0"))
    try database.connect().run(
      "INSERT INTO users SELECT n, 'user ' || n, n || '@example.org' FROM generate_series(1, \(rows)) n")
  }

  static func rehearse(_ migrator: Migrator) throws -> Rehearsal.Outcome {
    let queries = [(name: "the old version's list", sql: "SELECT id, name, email FROM users LIMIT 10")]
    return try Rehearsal(migrator, to: nil, phases: [.expand], queries: queries).run(
      in: NSTemporaryDirectory(), programs: LocalCommandRunner(), isStopped: { false })
  }

  @Test func `the right scripts run over rows, there and back`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      try Self.fill(database, rows: 1_000)
      let before = try database.picture(of: "users")
      let outcome = try Self.rehearse(try Self.migrator(database, "2.2"))
      #expect(outcome.applied.count == 3)
      #expect(outcome.undone.count == 3)
      #expect(outcome.rows >= 1_000)
      #expect(try database.picture(of: "users") == before, "a rehearsal changes nothing")
    }
  }

  @Test func `NOT NULL on a column without values is found by a rehearsal with rows, and only by one`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      try Self.migrator(database, "faulty").migrate(to: ScriptVersion("2.0.0"))
      #expect(try Self.rehearse(Self.onlyUserFields(database)).applied.count == 1, "an empty table hides it")
      try database.connect().run("INSERT INTO users VALUES (1, 'a', 'b')")
      let error = try #require(throws: Diagnostic.self) { try Self.rehearse(Self.onlyUserFields(database)) }
      #expect(error.code == .statementFailed)
      #expect(error.place?.line == 6)
      #expect(error.message.contains("phone_number"))
    }
  }

  private static func onlyUserFields(_ database: any Database) throws -> Migrator {
    var migrator = try migrator(database, "faulty")
    migrator.folder.versioned.removeLast()
    return migrator
  }

  @Test func `a trigger that calls itself is found by a rehearsal`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      var migrator = try Self.migrator(database, "faulty")
      migrator.folder.versioned.remove(at: 1)
      try migrator.migrate(to: ScriptVersion("2.0.0"))
      let error = try #require(throws: Diagnostic.self) { try Self.rehearse(migrator) }
      #expect(error.message.contains("stack depth"))
    }
  }

  /// 1,000,000 rows, while a client goes on reading and writing. Its longest stall is printed, and not judged: it is a
  /// matter of the machine.
  @Test func `a million rows are migrated under a client that reads and writes`() throws {
    try DatabaseKind.postgreSQL.withDatabase { database in
      let rows = 1_000_000
      try Self.fill(database, rows: rows)
      let client = BusyClient(of: database, rows: rows)
      client.start()
      let applied = try Self.migrator(database, "2.2").migrate()
      let seen = client.stop()
      #expect(applied.count == 3)
      #expect(seen.failures == [])
      #expect(seen.reads > 0 && seen.writes > 0)
      let session = try database.connect()
      #expect(try session.run("SELECT count(*) FROM users WHERE phone_number IS NULL") == [["0"]])
      #expect(try session.run("SELECT count(*) FROM users") == [["\(rows + seen.inserted)"]])
      for script in applied { print("  \(script.script): \(script.milliseconds) ms, \(script.retries) retries") }
      print(
        "  \(rows) rows: \(seen.reads) reads, \(seen.writes) writes meanwhile; the longest stall was \(seen.longest) ms"
      )
    }
  }
}

/// Reads and writes as the old version does, one after the other, until it is stopped.
private final class BusyClient: Sendable {
  struct Seen: Sendable {
    var reads = 0
    var writes = 0
    var inserted = 0
    var longest = 0
    var failures: [String] = []
  }

  private let database: any Database
  private let rows: Int
  private let seen = Mutex(Seen())
  private let isStopped = Atomic(false)
  private let hasEnded = DispatchSemaphore(value: 0)

  init(of database: any Database, rows: Int) {
    self.database = database
    self.rows = rows
  }

  func start() {
    let ready = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      do {
        let session = try self.database.connect()
        ready.signal()
        var number = 0
        while !self.isStopped.load(ordering: .relaxed) {
          number += 1
          self.turn(session, number)
        }
      } catch {
        self.seen.withLock { $0.failures.append("\(error)") }
        ready.signal()
      }
      self.hasEnded.signal()
    }
    ready.wait()
  }

  private func turn(_ session: any DatabaseSession, _ number: Int) {
    let row = number * 7_919 % rows + 1
    let clock = ContinuousClock()
    do {
      let read = try clock.measure { try session.run("SELECT name, email FROM users WHERE id = \(row)") }
      let write = try clock.measure {
        if number.isMultiple(of: 10) {
          try session.run("INSERT INTO users (id, name, email) VALUES (\(rows + number), 'new', 'new')")
        } else {
          try session.run("UPDATE users SET name = 'changed' WHERE id = \(row)")
        }
      }
      let longest = max(read, write).components
      seen.withLock {
        $0.reads += 1
        $0.writes += 1
        if number.isMultiple(of: 10) { $0.inserted += 1 }
        $0.longest = max($0.longest, Int(longest.seconds * 1_000 + longest.attoseconds / 1_000_000_000_000_000))
      }
    } catch {
      seen.withLock { if $0.failures.count < 3 { $0.failures.append("\(error)") } }
    }
  }

  func stop() -> Seen {
    isStopped.store(true, ordering: .relaxed)
    hasEnded.wait()
    return seen.withLock { $0 }
  }
}
