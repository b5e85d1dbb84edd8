import DataMigration
import DatabaseDrivers

extension Database {
  /// The database as a spec names it.
  var declaration: String {
    switch self {
    case let database as PostgreSQL:
      "{postgresql: \(database.database), socket: \(database.server.place), user: postgres}"
    case let database as MariaDB: "{mariadb: \(database.database), socket: \(database.server.place), user: root}"
    case let database as SQLite: "{sqlite: \(database.path)}"
    default: fatalError("a kind of database that no test makes")
    }
  }
}
