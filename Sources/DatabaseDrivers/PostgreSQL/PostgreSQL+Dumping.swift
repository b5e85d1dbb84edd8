package import ConfigDocument
package import ConfigStore
package import DataMigration

extension PostgreSQL: DumpableDatabase {
  /// By `pg_dump`, in the snapshot in which the rows are counted: the counts are exact however much is written meanwhile.
  package func dump(
    to path: String, by programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpContents {
    let (session, snapshot, rows, definitions): (any DatabaseSession, String, [TableCount], Digest)
    do throws(DatabaseError) {
      session = try connect()
      try session.beginReading()
      snapshot = try session.run("SELECT pg_export_snapshot()").first?.first.flatMap { $0 } ?? ""
      rows = try session.rowCounts(without: "")
      definitions = try session.definitions()
    } catch {
      throw error.diagnostic("counting what is dumped", on: name)
    }
    defer { session.rollback() }
    return try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      let tool = tool(programs, isStopped)
      try tool.run(["pg_dump", "--format=custom", "--snapshot=\(snapshot)", "--file=\(path)"])
      return DumpContents(
        rowsBefore: rows, rowsAfter: rows, definitions: definitions, tool: try tool.version(of: "pg_dump"))
    }
  }

  package func load(_ path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic) {
    try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      try tool(programs, isStopped).run(
        ["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--dbname=\(database)", path])
    }
  }

  package func sizeQuery(ofServer isWhole: Bool) -> String {
    isWhole
      ? "SELECT sum(pg_database_size(oid)) FROM pg_database" : "SELECT pg_database_size(current_database())"
  }

  package func clear() throws(DatabaseError) {
    let session = try connect()
    let schemas = try session.run(
      "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'")
    try session.begin()
    for schema in schemas.compactMap({ $0.first ?? nil }) {
      try session.run("DROP SCHEMA \(Self.quoted(schema)) CASCADE")
    }
    try session.run("CREATE SCHEMA public")
    try session.commit()
  }

  func tool(_ programs: any CommandRunner, _ isStopped: @escaping () -> Bool) -> DumpTool {
    var variables = ["PGDATABASE": database]
    switch server.endpoint {
    case .socket(let place), .host(let place): variables["PGHOST"] = place
    }
    variables["PGPORT"] = server.port.map { String($0) }
    variables["PGUSER"] = server.user
    variables["PGPASSWORD"] = server.password
    return DumpTool(programs: programs, isStopped: isStopped, variables: variables)
  }
}
