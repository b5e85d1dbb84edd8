internal import DataMigration

/// A connection to MariaDB, and what its information schema says.
final class MariaDBSession: DatabaseSession {
  private let connection: MariaDBConnection
  private var isInTransaction = false

  init(_ connection: MariaDBConnection) { self.connection = connection }

  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
    try connection.run(sql, parameters)
  }

  func begin() throws(DatabaseError) {
    try run("START TRANSACTION")
    isInTransaction = true
  }

  func beginReading() throws(DatabaseError) {
    try run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    isInTransaction = true
  }

  func commit() throws(DatabaseError) {
    try run("COMMIT")
    isInTransaction = false
  }

  func rollback() {
    if isInTransaction { _ = try? connection.run("ROLLBACK", []) }
    isInTransaction = false
  }

  /// The server counts in seconds.
  func setLockTimeout(milliseconds: Int) throws(DatabaseError) {
    let seconds = milliseconds == 0 ? 86_400 : max(1, (milliseconds + 999) / 1_000)
    try run("SET SESSION lock_wait_timeout = \(seconds), SESSION innodb_lock_wait_timeout = \(seconds)")
  }

  func hasTable(_ name: String) throws(DatabaseError) -> Bool {
    try !run(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?", [name]
    ).isEmpty
  }

  func catalog(without table: String) throws(DatabaseError) -> [String] {
    var lines: [String] = []
    for (kind, query) in Self.catalogQueries {
      for row in try run(query, [table]) {
        lines.append(kind + " " + row.map { $0 ?? "null" }.joined(separator: " "))
      }
    }
    return lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static let catalogQueries: [(kind: String, query: String)] = [
    (
      "table",
      """
      SELECT table_name, table_type, engine, table_collation, table_comment, create_options
      FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> ?
      """
    ),
    (
      "column",
      """
      SELECT table_name, ordinal_position, column_name, column_type, is_nullable, column_default, extra, collation_name,
        generation_expression, column_comment
      FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> ?
      """
    ),
    (
      "index",
      """
      SELECT table_name, index_name, non_unique, seq_in_index, column_name, sub_part, index_type
      FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name <> ?
      """
    ),
    (
      "constraint",
      """
      SELECT c.table_name, c.constraint_name, c.constraint_type, k.check_clause, r.referenced_table_name, r.update_rule,
        r.delete_rule
      FROM information_schema.table_constraints c
        LEFT JOIN information_schema.check_constraints k ON k.constraint_schema = c.constraint_schema
          AND k.table_name = c.table_name AND k.constraint_name = c.constraint_name
        LEFT JOIN information_schema.referential_constraints r ON r.constraint_schema = c.constraint_schema
          AND r.table_name = c.table_name AND r.constraint_name = c.constraint_name
      WHERE c.table_schema = DATABASE() AND c.table_name <> ?
      """
    ),
    (
      "partition",
      """
      SELECT table_name, partition_name, partition_method, partition_expression, partition_description
      FROM information_schema.partitions
      WHERE table_schema = DATABASE() AND partition_name IS NOT NULL AND table_name <> ?
      """
    ),
    (
      "trigger",
      """
      SELECT event_object_table, trigger_name, action_timing, event_manipulation, action_statement
      FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND event_object_table <> ?
      """
    ),
    (
      "routine",
      """
      SELECT routine_type, routine_name, dtd_identifier, routine_definition FROM information_schema.routines
      WHERE routine_schema = DATABASE() AND routine_name <> ?
      """
    ),
    (
      "view",
      "SELECT table_name, REPLACE(view_definition, CONCAT('`', DATABASE(), '`.'), '') FROM information_schema.views WHERE table_schema = DATABASE() AND table_name <> ?"
    ),
  ]

  func rowCounts(without table: String) throws(DatabaseError) -> [TableCount] {
    let tables = try run(
      """
      SELECT table_name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> ? ORDER BY table_name
      """, [table])
    var counts: [TableCount] = []
    for name in tables.compactMap({ $0.first ?? nil }) {
      let answer = try run("SELECT COUNT(*) FROM \(MariaDB.quoted(name))")
      counts.append(TableCount(name, rows: answer.first?.first.flatMap { $0.flatMap { Int($0) } } ?? 0))
    }
    return counts
  }
}
