internal import ConfigDocument
internal import DataMigration
internal import SQLParsing

/// A connection to PostgreSQL, and what its catalog says.
final class PostgreSQLSession: DatabaseSession {
  private let connection: PostgreSQLConnection

  init(_ connection: PostgreSQLConnection) { self.connection = connection }

  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
    try connection.run(sql, parameters)
  }

  func begin() throws(DatabaseError) { try run("BEGIN") }
  func beginReading() throws(DatabaseError) { try run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") }
  func commit() throws(DatabaseError) {
    // A failed transaction answers COMMIT with ROLLBACK; every failure is thrown before, so it does not come here.
    try run("COMMIT")
  }
  func rollback() {
    if connection.isInTransaction { _ = try? connection.run("ROLLBACK", []) }
  }

  func setLockTimeout(milliseconds: Int) throws(DatabaseError) { try run("SET lock_timeout = \(milliseconds)") }

  func hasTable(_ name: String) throws(DatabaseError) -> Bool {
    try run("SELECT to_regclass(?) IS NOT NULL", [name]) == [["t"]]
  }

  func catalog(without table: String) throws(DatabaseError) -> [String] {
    let rows = try run(Self.catalogQuery, [table, table + "_pkey"])
    return rows.compactMap { $0.first ?? nil }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static let inUserSchema = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'"

  private static let catalogQuery = """
    WITH relations AS (
      SELECT c.oid, c.relname, c.relkind, n.nspname || '.' || c.relname AS name, c.reloptions, c.relispartition,
        c.relpartbound, c.relrowsecurity
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE \(inUserSchema) AND c.relname NOT IN (?, ?))
    SELECT 'relation ' || name || ' ' || relkind::text || ' ' || coalesce(reloptions::text, '') || ' '
      || coalesce(pg_get_expr(relpartbound, oid), '') || coalesce(pg_get_partkeydef(oid), '') || relrowsecurity::text
    FROM relations WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL SELECT 'column ' || r.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || ' ' || a.attnotnull::text || ' ' || a.attgenerated::text || a.attidentity::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a JOIN relations r ON r.oid = a.attrelid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND r.relkind IN ('r', 'p', 'v', 'm', 'f')
    UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid::text
    FROM pg_index i JOIN relations r ON r.oid = i.indrelid
    UNION ALL SELECT 'constraint ' || r.name || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) || k.convalidated::text
    FROM pg_constraint k JOIN relations r ON r.oid = k.conrelid
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) || t.tgenabled::text
    FROM pg_trigger t JOIN relations r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL SELECT 'view ' || r.name || ' ' || pg_get_viewdef(r.oid) FROM relations r WHERE r.relkind IN ('v', 'm')
    UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace WHERE \(inUserSchema) AND p.prokind IN ('f', 'p')
    UNION ALL SELECT 'type ' || n.nspname || '.' || t.typname || ' '
      || coalesce((SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e
        WHERE e.enumtypid = t.oid), '')
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE \(inUserSchema) AND t.typtype IN ('e', 'd')
    UNION ALL SELECT 'schema ' || n.nspname FROM pg_namespace n WHERE \(inUserSchema)
    UNION ALL SELECT 'extension ' || extname || ' ' || extversion FROM pg_extension
    """

  func rowCounts(without table: String) throws(DatabaseError) -> [TableCount] {
    let tables = try run(
      """
      SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE \(Self.inUserSchema) AND c.relkind = 'r' AND c.relname <> ? ORDER BY 1
      """, [table])
    var counts: [TableCount] = []
    for name in tables.compactMap({ $0.first ?? nil }) {
      let answer = try run("SELECT count(*) FROM \(name)")
      counts.append(TableCount(name, rows: answer.first?.first.flatMap { $0.flatMap { Int($0) } } ?? 0))
    }
    return counts
  }

  /// A build of an index that was broken off leaves one that is kept up to date and never used.
  func clearRemains(of statement: SQLStatement) throws(DatabaseError) -> String? {
    guard let parsed = try? PostgreSQLParser.statements(of: Array(statement.text.utf8)).first,
      parsed.kind == "IndexStmt", let fields = parsed.tree.object, fields["concurrent"]?.bool == true,
      let index = fields["idxname"]?.string
    else { return nil }
    let table = fields["relation"]?.object
    let schema = table?["schemaname"]?.string
    let qualified = (schema.map { PostgreSQL.quoted($0) + "." } ?? "") + PostgreSQL.quoted(index)
    let isInvalid = try run(
      "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(?) AND NOT indisvalid", [qualified])
    guard !isInvalid.isEmpty else { return nil }
    try run("DROP INDEX CONCURRENTLY \(qualified)")
    return "the invalid index \(index), which a build that was broken off had left, was dropped"
  }
}
