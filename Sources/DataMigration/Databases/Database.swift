package import ConfigDocument

/// A database that scripts are run on, whatever server or file it is.
///
/// `DatabaseContract` of the tests holds a driver to its promises.
package protocol Database: Sendable {
  /// To show: `PostgreSQL orders at /run/postgresql`. Holds no secret.
  var name: String { get }

  /// Whether statements that change tables can be rolled back.
  var rollsBackDefinitions: Bool { get }

  /// Cuts a script into statements by the rules of the server's own parser or client. No I/O.
  /// - Throws: `script-syntax`.
  func statements(of source: [UInt8], named path: String) throws(Diagnostic) -> [SQLStatement]

  /// A new session.
  /// - Parameter isStopped: asked while a statement runs; where the driver can, it is cancelled then.
  func connect(isStopped: @escaping () -> Bool) throws(DatabaseError) -> any DatabaseSession

  /// Takes the one lock that migrations of this database take, on a session of its own; nil where somebody holds it.
  /// It is given back when the value goes, when the connection breaks, and when this process ends.
  func tryLock() throws(DatabaseError) -> (any MigrationLock)?

  /// A new, empty database on the same server, to try things in.
  func makeScratch(named name: String) throws(DatabaseError) -> any Database

  /// Removes a database that ``makeScratch(named:)`` made.
  func dropScratch() throws(DatabaseError)
}

extension Database {
  package func connect() throws(DatabaseError) -> any DatabaseSession { try connect(isStopped: { false }) }
}

/// One connection. Used by one thread at a time.
package protocol DatabaseSession: AnyObject {
  /// Runs one statement; parameters stand for `?`, in order, and are given apart from the text.
  /// - Returns: the rows, as text.
  @discardableResult
  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]]

  func begin() throws(DatabaseError)
  /// Begins a transaction that only reads, and sees one moment of the database. ``rollback()`` ends it.
  func beginReading() throws(DatabaseError)
  func commit() throws(DatabaseError)
  /// Never fails: where the connection is gone, so is the transaction.
  func rollback()

  /// How long a statement waits for a lock.
  func setLockTimeout(milliseconds: Int) throws(DatabaseError)

  /// One line for each table, column, index, constraint, trigger and routine, sorted: equal lists are equal definitions.
  /// - Parameter table: the history table, which is left out.
  func catalog(without table: String) throws(DatabaseError) -> [String]

  /// How many rows each table has, but for the one that is left out.
  func rowCounts(without table: String) throws(DatabaseError) -> [TableCount]

  /// Whether there is a table of this name.
  func hasTable(_ name: String) throws(DatabaseError) -> Bool

  /// Removes what a failed attempt of a standalone statement left, so that it can be tried again.
  /// - Returns: what was removed; nil where nothing was left.
  func clearRemains(of statement: SQLStatement) throws(DatabaseError) -> String?
}

extension DatabaseSession {
  @discardableResult
  package func run(_ sql: String) throws(DatabaseError) -> [[String?]] { try run(sql, []) }
  package func clearRemains(of statement: SQLStatement) throws(DatabaseError) -> String? { nil }
}

/// How many rows a table has.
package struct TableCount: Hashable, Sendable {
  package var table: String
  package var rows: Int

  package init(_ table: String, rows: Int) {
    self.table = table
    self.rows = rows
  }
}

/// The lock that keeps two migrations of one database apart.
package protocol MigrationLock: AnyObject {
  /// - Throws: where the lock is no longer held, or nobody can say.
  func confirm() throws(DatabaseError)
}
