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
/// ```
struct DatabaseDeclaration {
  private enum Kind: String, CaseIterable { case postgresql, mariadb, sqlite }

  private let kind: Kind
  /// The database's name, or the file.
  let target: String
  private var endpoint: DatabaseServer.Endpoint
  private let port: Int?
  private let user: String?
  private let password: SecretSource?

  init(_ node: NodeID, of document: Document) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "`database`")
    var named: [(Kind, String)] = []
    for kind in Kind.allCases {
      if let target = try fields.optionalText(kind.rawValue) { named.append((kind, target)) }
    }
    guard named.count == 1 else {
      throw Diagnostic(
        .badValue, "`database` names \(named.isEmpty ? "none" : "more than one")", at: document.place(of: node),
        hint: "Write one of `postgresql: NAME`, `mariadb: NAME`, `sqlite: FILE`")
    }
    (kind, target) = named[0]
    let host = try fields.optionalText("host")
    let socket = try fields.optionalText("socket")
    if host != nil, socket != nil {
      throw Diagnostic(
        .badValue, "`database` has a `host` and a `socket`", at: document.place(of: node), hint: "Keep one of them")
    }
    let standard = kind == .mariadb ? "/run/mysqld/mysqld.sock" : "/run/postgresql"
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

  /// - Throws: `secret-missing`.
  func open(_ context: StepContext) throws(Diagnostic) -> any DumpableDatabase & InspectableDatabase {
    guard kind != .sqlite else { return SQLite(path: context.path(target)) }
    var secret: String?
    if let password { secret = try context.secrets.read(password, in: context.directory) }
    let server = DatabaseServer(endpoint, port: port, user: user, password: secret)
    return kind == .postgresql ? PostgreSQL(server, database: target) : MariaDB(server, database: target)
  }
}
