import ConfigDocument
import DataMigration
import Synchronization

/// A database whose connection breaks at chosen statements: before they reach it, or when they are done and nobody hears.
final class FaultyDatabase: Database {
  enum Moment: CaseIterable { case before, afterwards }

  private let database: any Database
  private let moment: Moment
  private let isFailing: @Sendable (String) -> Bool

  init(_ database: any Database, failing moment: Moment, at isFailing: @escaping @Sendable (String) -> Bool) {
    self.database = database
    self.moment = moment
    self.isFailing = isFailing
  }

  var name: String { database.name }
  var rollsBackDefinitions: Bool { database.rollsBackDefinitions }
  func statements(of source: [UInt8], named path: String) throws(Diagnostic) -> [SQLStatement] {
    try database.statements(of: source, named: path)
  }
  func connect(isStopped: @escaping () -> Bool) throws(DatabaseError) -> any DatabaseSession {
    Session(try database.connect(isStopped: isStopped), moment, isFailing)
  }
  func tryLock() throws(DatabaseError) -> (any MigrationLock)? { try database.tryLock() }
  func makeScratch(named name: String) throws(DatabaseError) -> any Database { try database.makeScratch(named: name) }
  func dropScratch() throws(DatabaseError) { try database.dropScratch() }

  private final class Session: DatabaseSession {
    private var session: (any DatabaseSession)?
    private let moment: Moment
    private let isFailing: (String) -> Bool

    init(_ session: any DatabaseSession, _ moment: Moment, _ isFailing: @escaping (String) -> Bool) {
      self.session = session
      self.moment = moment
      self.isFailing = isFailing
    }

    private func around<Result>(
      _ statement: String, _ body: (any DatabaseSession) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
      guard let session else { throw Self.lost }
      guard isFailing(statement) else { return try body(session) }
      if moment == .afterwards { _ = try body(session) }
      // The server rolls back what a client that is gone had begun.
      session.rollback()
      self.session = nil
      throw Self.lost
    }

    private static let lost = DatabaseError(.connectionLost, "the connection was cut by the test")

    func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
      try around(sql) { (session) throws(DatabaseError) in try session.run(sql, parameters) }
    }
    func begin() throws(DatabaseError) {
      try around("BEGIN") { (session) throws(DatabaseError) in try session.begin() }
    }
    func beginReading() throws(DatabaseError) {
      try around("BEGIN") { (session) throws(DatabaseError) in try session.beginReading() }
    }
    func commit() throws(DatabaseError) {
      try around("COMMIT") { (session) throws(DatabaseError) in try session.commit() }
    }
    func rollback() { session?.rollback() }
    func setLockTimeout(milliseconds: Int) throws(DatabaseError) {
      try around("SET") { (session) throws(DatabaseError) in try session.setLockTimeout(milliseconds: milliseconds) }
    }
    func catalog(without table: String) throws(DatabaseError) -> [String] {
      try around("CATALOG") { (session) throws(DatabaseError) in try session.catalog(without: table) }
    }
    func rowCounts(without table: String) throws(DatabaseError) -> [TableCount] {
      try around("COUNTS") { (session) throws(DatabaseError) in try session.rowCounts(without: table) }
    }
    func hasTable(_ name: String) throws(DatabaseError) -> Bool {
      try around("HAS") { (session) throws(DatabaseError) in try session.hasTable(name) }
    }
    func clearRemains(of statement: SQLStatement) throws(DatabaseError) -> String? {
      try around("CLEAR") { (session) throws(DatabaseError) in try session.clearRemains(of: statement) }
    }
  }
}
