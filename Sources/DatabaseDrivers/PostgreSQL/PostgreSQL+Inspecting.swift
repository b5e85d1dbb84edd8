package import DataMigration

extension PostgreSQL: InspectableDatabase {
  package func version() throws(DatabaseError) -> String { try connect().value(of: "SHOW server_version") ?? "" }

  /// From the server's list of sessions and of prepared transactions, which belong to none.
  package func activity(olderThan seconds: Int) throws(DatabaseError) -> [DatabaseActivity] {
    let session = try connect()
    let mayLook = try session.value(of: "SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')")
    guard mayLook == "t" else {
      throw DatabaseError(
        .other, "the sessions of other users are hidden from this one",
        hint: "GRANT pg_read_all_stats to the user that looks")
    }
    let rows = try session.run(
      """
      SELECT CASE WHEN application_name IN ('pg_dump', 'pg_dumpall') THEN 'dump' ELSE 'transaction' END,
        usename || ', process ' || pid || coalesce(' (' || nullif(application_name, '') || ')', ''),
        extract(epoch FROM now() - xact_start)::bigint
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
      UNION ALL
      SELECT 'transaction', owner || ', prepared transaction ' || gid, extract(epoch FROM now() - prepared)::bigint
      FROM pg_prepared_xacts WHERE database = current_database()
      ORDER BY 3 DESC
      """)
    return DatabaseActivity.reading(rows, olderThan: seconds)
  }
}

extension DatabaseActivity {
  /// Reads rows of a kind, a session and an age in seconds.
  static func reading(_ rows: [[String?]], olderThan seconds: Int) -> [DatabaseActivity] {
    rows.map { row in
      DatabaseActivity(
        row[0] == "dump" ? .dump : .transaction, session: row[1] ?? "somebody", seconds: row[2].flatMap { Int($0) })
    }.filter { $0.kind == .dump || ($0.seconds ?? .max) >= seconds }
  }
}
