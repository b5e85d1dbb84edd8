internal import ConfigDocument
internal import ConfigMigration
internal import DataMigration
internal import DatabaseDrivers
internal import UpgradePipeline

/// The database that a step works on.
///
/// ```yaml
/// database: {postgresql: orders, socket: /run/postgresql, user: app, password: {env: DB_PASSWORD}}
/// database: {mariadb: orders, host: db.internal, port: 3306, user: app}
/// database: {sqlite: state/orders.db}
/// database: {redis: sessions, socket: /run/redis/redis-server.sock}     # for backups
/// ```
struct DatabaseDeclaration {
  private enum Kind: String, CaseIterable { case postgresql, mariadb, sqlite, redis }

  private let kind: Kind
  /// The database's name, or the file.
  let target: String
  private var endpoint: DatabaseServer.Endpoint
  private let port: Int?
  private let user: String?
  private let password: SecretSource?

  /// - Parameter isForBackup: whether a store without SQL will do.
  init(_ node: NodeID, of document: Document, isForBackup: Bool = false) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "`database`")
    var named: [(Kind, String)] = []
    for kind in Kind.allCases {
      if let target = try fields.optionalText(kind.rawValue) { named.append((kind, target)) }
    }
    guard named.count == 1 else {
      throw Diagnostic(
        .badValue, "`database` names \(named.isEmpty ? "none" : "more than one")", at: document.place(of: node),
        hint: "Write one of `postgresql: NAME`, `mariadb: NAME`, `sqlite: FILE`, `redis: NAME`")
    }
    (kind, target) = named[0]
    if kind == .redis, !isForBackup {
      throw Diagnostic(
        .badValue, "Redis has no SQL: only its backup is a step", at: document.place(of: node),
        hint: "Write `run` with redis-cli for all else")
    }
    let host = try fields.optionalText("host")
    let socket = try fields.optionalText("socket")
    if host != nil, socket != nil {
      throw Diagnostic(
        .badValue, "`database` has a `host` and a `socket`", at: document.place(of: node), hint: "Keep one of them")
    }
    let standard =
      switch kind {
      case .mariadb: "/run/mysqld/mysqld.sock"
      case .redis: "/run/redis/redis-server.sock"
      case .postgresql, .sqlite: "/run/postgresql"
      }
    endpoint = host.map { .host($0) } ?? .socket(socket ?? standard)
    port = try fields.optionalInteger("port", in: 1...65_535)
    user = try fields.optionalText("user")
    password =
      if let node = fields.optional("password") { try SecretSource(node, of: document, field: "password") } else { nil }
    try fields.finish()
  }

  /// What only one step may use at a time.
  var lock: String { "database:\(kind.rawValue):\(target)" }

  var name: String { "\(kind.rawValue) \(target)" }

  /// Why there are no increments of it; nil where there are.
  var whyNoIncrements: String? {
    switch (kind, endpoint) {
    case (.sqlite, _): "SQLite keeps no record of what has changed"
    case (.redis, _): "Redis writes all of it, each time"
    case (.mariadb, .host): "`mariadb-backup` reads the server's files, and so works on its machine, by its socket"
    case (.mariadb, .socket), (.postgresql, _): nil
    }
  }

  /// - Throws: `secret-missing`.
  func open(_ context: StepContext) throws(Diagnostic) -> any DumpableDatabase & InspectableDatabase {
    switch kind {
    case .sqlite: return SQLite(path: context.path(target))
    case .postgresql: return PostgreSQL(try server(context), database: target)
    case .mariadb: return MariaDB(try server(context), database: target)
    case .redis: preconditionFailure("only a backup is declared for Redis, and that opens a store")
    }
  }

  /// For a backup.
  /// - Throws: `secret-missing`.
  func openStore(_ context: StepContext) throws(Diagnostic) -> any DumpableStore {
    guard kind == .redis else { return try open(context) }
    return Redis(try server(context), label: target, programs: context.programs)
  }

  private func server(_ context: StepContext) throws(Diagnostic) -> DatabaseServer {
    var secret: String?
    if let password { secret = try context.secrets.read(password, in: context.directory) }
    return DatabaseServer(endpoint, port: port, user: user, password: secret)
  }
}
