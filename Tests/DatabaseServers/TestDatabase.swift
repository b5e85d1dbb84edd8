package import DataMigration
import DatabaseDrivers
import Foundation
import Testing

/// A kind of database that tests run on.
package enum DatabaseKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case postgreSQL, mariaDB, sqlite

  package var testDescription: String { rawValue }

  /// A new, empty database. Cancels the test with the reason where its server is not here.
  package func makeDatabase() throws -> any Database {
    let name = "test_\(getpid())_\(UInt32.random(in: 0 ... .max))"
    switch self {
    case .postgreSQL:
      let server = TestServers.server(postgreSQL: try available(TestServers.postgreSQL).directory)
      return try PostgreSQL(server, database: "postgres").makeScratch(named: name)
    case .mariaDB:
      let server = TestServers.server(mariaDB: try available(TestServers.mariaDB).directory)
      return try MariaDB(server, database: "mysql").makeScratch(named: name)
    case .sqlite:
      let path = NSTemporaryDirectory() + "/\(name).db"
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return SQLite(path: path)
    }
  }

  /// A new database for the length of `body`.
  package func withDatabase(_ body: (any Database) throws -> Void) throws {
    let database = try makeDatabase()
    defer {
      if let sqlite = database as? SQLite {
        for suffix in ["", "-journal", "-wal", "-shm", "-cfgmigrate-lock"] { unlink(sqlite.path + suffix) }
      } else {
        try? database.dropScratch()
      }
    }
    try body(database)
  }
}

/// The server, or the end of the test with the reason.
package func available(_ server: Result<ServerProcess, any Error>) throws -> ServerProcess {
  switch server {
  case .success(let process): return process
  case .failure(let error): try Test.cancel("needs a server: \(error)")
  }
}
