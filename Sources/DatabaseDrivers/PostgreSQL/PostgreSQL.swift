package import ConfigDocument
package import DataMigration
internal import SQLParsing

/// A database of a PostgreSQL server.
package struct PostgreSQL: Database {
  package var server: DatabaseServer
  package var database: String
  /// What this was made beside, to try things in: only such a database may be removed.
  private var origin: String?

  package init(_ server: DatabaseServer, database: String) {
    self.server = server
    self.database = database
  }

  package var name: String { origin.map { "a copy of \($0)" } ?? "PostgreSQL \(database) at \(server.place)" }
  package var rollsBackDefinitions: Bool { true }

  package func statements(of source: [UInt8], named path: String) throws(Diagnostic) -> [SQLStatement] {
    let parsed: [PostgreSQLParser.Statement]
    do throws(PostgreSQLParser.SyntaxError) { parsed = try PostgreSQLParser.statements(of: source) } catch {
      throw Diagnostic(
        .scriptSyntax, "PostgreSQL does not read this: \(error.message)",
        at: SourcePlace(ofByte: error.offset, in: source, file: path))
    }
    return parsed.map { statement in
      SQLStatement(
        text: String(decoding: source[statement.range], as: UTF8.self), range: statement.range,
        effect: statement.effect, isPatient: statement.isConcurrent)
    }
  }

  package func connect(isStopped: @escaping () -> Bool) throws(DatabaseError) -> any DatabaseSession {
    PostgreSQLSession(try PostgreSQLConnection(parameters, isStopped: isStopped))
  }

  /// The server notices a client that is gone while a statement waits.
  private var parameters: [(String, String)] {
    var parameters = [
      ("dbname", database), ("connect_timeout", "10"), ("application_name", "cfgmigrate"),
      ("client_encoding", "UTF8"), ("options", "-c client_connection_check_interval=2s"),
    ]
    switch server.endpoint {
    case .socket(let path): parameters.append(("host", path))
    case .host(let host): parameters.append(("host", host))
    }
    if let port = server.port { parameters.append(("port", String(port))) }
    if let user = server.user { parameters.append(("user", user)) }
    if let password = server.password { parameters.append(("password", password)) }
    return parameters
  }

  /// A session of its own that holds an advisory lock and no transaction: a transaction would keep `CREATE INDEX
  /// CONCURRENTLY` waiting for ever.
  package func tryLock() throws(DatabaseError) -> (any MigrationLock)? {
    let connection = try PostgreSQLConnection(parameters, isStopped: { false })
    let answer = try connection.run("SELECT pg_try_advisory_lock(\(Self.lockKey))", [])
    guard answer == [["t"]] else { return nil }
    return SessionLock(PostgreSQLSession(connection), release: "SELECT pg_advisory_unlock_all()")
  }

  /// `cfgmigr8`, as a number.
  private static let lockKey = "cfgmigr8".utf8.reduce(Int64(0)) { $0 << 8 | Int64($1) }

  package func makeScratch(named name: String) throws(DatabaseError) -> any Database {
    // Beside the database, and empty: `template1` may hold what its owner put there.
    try connect().run("CREATE DATABASE \(Self.quoted(name)) TEMPLATE template0")
    var scratch = self
    scratch.database = name
    scratch.origin = self.name
    return scratch
  }

  package func dropScratch() throws(DatabaseError) {
    precondition(origin != nil, "only what was made to try things in is removed")
    var server = self
    server.database = "postgres"
    try server.connect().run("DROP DATABASE IF EXISTS \(Self.quoted(database)) WITH (FORCE)")
  }

  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

extension PostgreSQLParser.Statement {
  fileprivate var effect: SQLStatement.Effect {
    switch kind {
    case "TransactionStmt": .transactionControl
    case "VariableSetStmt": .session
    case "VacuumStmt", "CreatedbStmt", "DropdbStmt", "AlterSystemStmt", "CreateTableSpaceStmt", "DropTableSpaceStmt",
      "ClusterStmt":
      .standalone
    case "CallStmt": .opaque
    default: isConcurrent ? .standalone : .transactional
    }
  }

  /// `CONCURRENTLY`, wherever the statement has it.
  fileprivate var isConcurrent: Bool {
    guard let fields = tree.object else { return false }
    switch kind {
    case "IndexStmt", "DropStmt": return fields["concurrent"]?.bool == true
    case "ReindexStmt":
      return (fields["params"]?.array ?? []).contains {
        $0.object?["DefElem"]?.object?["defname"]?.string == "concurrently"
      }
    case "AlterTableStmt":
      return (fields["cmds"]?.array ?? []).contains { command in
        command.object?["AlterTableCmd"]?.object?["def"]?.object?["PartitionCmd"]?.object?["concurrent"]?.bool == true
      }
    default: return false
    }
  }
}
