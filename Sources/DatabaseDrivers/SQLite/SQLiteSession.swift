internal import DataMigration

/// A connection to an SQLite file, and what its schema says.
final class SQLiteSession: DatabaseSession {
  let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) { self.connection = connection }

  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
    try connection.run(sql, parameters)
  }

  /// As a writer from the start: one that becomes it later can find that others were faster.
  func begin() throws(DatabaseError) { try run("BEGIN IMMEDIATE") }
  func beginReading() throws(DatabaseError) { try run("BEGIN") }
  func commit() throws(DatabaseError) { try run("COMMIT") }
  func rollback() {
    if connection.isInTransaction { _ = try? connection.run("ROLLBACK", []) }
  }

  func setLockTimeout(milliseconds: Int) throws(DatabaseError) {
    connection.setBusyTimeout(milliseconds: milliseconds == 0 ? .max : milliseconds)
  }

  func hasTable(_ name: String) throws(DatabaseError) -> Bool {
    try !run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [name]).isEmpty
  }

  func catalog(without table: String) throws(DatabaseError) -> [String] {
    let rows = try run(
      "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE tbl_name <> ?", [table])
    return rows.compactMap { $0.first ?? nil }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func rowCounts(without table: String) throws(DatabaseError) -> [TableCount] {
    let tables = try run(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> ? ORDER BY name",
      [table])
    var counts: [TableCount] = []
    for name in tables.compactMap({ $0.first ?? nil }) {
      let quoted = "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      let answer = try run("SELECT count(*) FROM \(quoted)")
      counts.append(TableCount(name, rows: answer.first?.first.flatMap { $0.flatMap { Int($0) } } ?? 0))
    }
    return counts
  }
}
