package import ConfigDocument
package import DataMigration
private import Glibc
internal import SQLParsing

/// An SQLite file that is there; one that is empty is a database without tables.
package struct SQLite: Database {
  package var path: String
  /// What this was made beside, to try things in: only such a database may be removed.
  private var origin: String?

  package init(path: String) { self.path = path }

  package var name: String { origin.map { "a copy of \($0)" } ?? "SQLite \(path)" }
  package var rollsBackDefinitions: Bool { true }

  package func statements(of source: [UInt8], named path: String) throws(Diagnostic) -> [SQLStatement] {
    var statements: [SQLStatement] = []
    var start = SQLTrivia.skip(source, from: 0, to: source.count)
    var end = start
    while end < source.count {
      guard let semicolon = source[end...].firstIndex(of: UInt8(ascii: ";")) else { break }
      end = semicolon + 1
      guard SQLiteConnection.isComplete(String(decoding: source[start..<end], as: UTF8.self)) else { continue }
      statements.append(Self.statement(start..<semicolon, of: source))
      start = SQLTrivia.skip(source, from: end, to: source.count)
      end = start
    }
    if start < source.count {
      guard SQLiteConnection.isComplete(String(decoding: source[start...], as: UTF8.self) + "\n;") else {
        throw Diagnostic(
          .scriptSyntax, "this statement does not end",
          at: SourcePlace(ofByte: start, in: source, file: path),
          hint: "Look for a quote, comment or `END;` that is missing")
      }
      statements.append(Self.statement(start..<source.count, of: source))
    }
    return statements
  }

  private static func statement(_ range: Range<Int>, of source: [UInt8]) -> SQLStatement {
    let text = String(decoding: source[range], as: UTF8.self)
    let effect: SQLStatement.Effect =
      switch SQLStatement.firstWord(of: text) {
      case "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE": .transactionControl
      case "PRAGMA": .session
      case "VACUUM", "ATTACH", "DETACH": .standalone
      default: .transactional
      }
    return SQLStatement(text: text, range: range, effect: effect)
  }

  package func connect(isStopped: @escaping () -> Bool) throws(DatabaseError) -> any DatabaseSession {
    SQLiteSession(try SQLiteConnection(path, isCreating: false, isStopped: isStopped))
  }

  /// An exclusive transaction on a second file beside the first: SQLite's own lock, which ends with this process. On the
  /// first one it would keep out the session that migrates.
  package func tryLock() throws(DatabaseError) -> (any MigrationLock)? {
    let connection = try SQLiteConnection(path + "-cfgmigrate-lock", isCreating: true)
    connection.setBusyTimeout(milliseconds: 0)
    do throws(DatabaseError) { _ = try connection.run("BEGIN EXCLUSIVE", []) } catch {
      if error.kind == .lockTimeout { return nil }
      throw error
    }
    return SessionLock(SQLiteSession(connection), release: "ROLLBACK")
  }

  package func makeScratch(named name: String) throws(DatabaseError) -> any Database {
    var scratch = self
    scratch.path = path + "-" + name
    scratch.origin = self.name
    _ = try SQLiteConnection(scratch.path, isCreating: true)
    return scratch
  }

  package func dropScratch() throws(DatabaseError) {
    precondition(origin != nil, "only what was made to try things in is removed")
    for suffix in ["", "-journal", "-wal", "-shm", "-cfgmigrate-lock"] { unlink(path + suffix) }
  }
}
