import DataMigration
package import DatabaseDrivers
import Foundation
import Synchronization

/// The servers of a test run: each is started when it is first asked for, and shared.
package enum TestServers {
  package static let postgreSQL = Result { try makePostgreSQL() }
  package static let mariaDB = Result { try makeMariaDB() }
  package static let redis = Result { try makeRedis() }

  /// One that only tests of copies use: a copy holds all databases of a server.
  package static let ownPostgreSQL = Result { try makePostgreSQL() }
  package static let ownMariaDB = Result { try makeMariaDB() }

  package static func makePostgreSQL() throws -> ServerProcess {
    let versions = ["15", "16", "17"].map { "/usr/lib/postgresql/\($0)/bin" }
    let initdb = try ServerProcess.find("initdb", in: versions)
    let postgres = try ServerProcess.find("postgres", in: versions)
    return try ServerProcess("pg") { directory in
      try ServerProcess.run(
        ServerProcess.unprivileged([
          initdb, "-D", "\(directory)/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N",
        ]))
    } command: { directory in
      [
        postgres, "-D", "\(directory)/data", "-k", directory, "-c", "listen_addresses=", "-c", "fsync=off",
        "-c", "max_connections=60", "-c", "full_page_writes=off",
      ]
    } isReady: { directory in
      (try? PostgreSQL(server(postgreSQL: directory), database: "postgres").connect()) != nil
    }
  }

  package static func server(postgreSQL directory: String) -> DatabaseServer {
    DatabaseServer(.socket(directory), user: "postgres")
  }

  package static func makeMariaDB() throws -> ServerProcess {
    let install = try ServerProcess.find("mariadb-install-db", in: [])
    let mariadbd = try ServerProcess.find("mariadbd", in: [])
    return try ServerProcess("my") { directory in
      try ServerProcess.run(
        ServerProcess.unprivileged([
          install, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
          "--datadir=\(directory)/data", "--tmpdir=\(directory)",
        ]))
    } command: { directory in
      [
        mariadbd, "--no-defaults", "--datadir=\(directory)/data", "--socket=\(directory)/s",
        "--tmpdir=\(directory)", "--pid-file=\(directory)/pid", "--skip-networking",
        "--innodb-flush-log-at-trx-commit=2",
        "--innodb-buffer-pool-size=64M",
      ]
    } isReady: { directory in
      (try? MariaDB(server(mariaDB: directory), database: "mysql").connect()) != nil
    }
  }

  package static func server(mariaDB directory: String) -> DatabaseServer {
    DatabaseServer(.socket(directory + "/s"), user: "root")
  }

  /// - Parameter port: where it listens on this machine beside its socket; 0 for nowhere.
  package static func makeRedis(port: Int = 0) throws -> ServerProcess {
    let redis = try ServerProcess.find("redis-server", in: [])
    return try ServerProcess("redis") { _ in
    } command: { directory in
      [
        redis, "--port", "\(port)", "--bind", "127.0.0.1", "--unixsocket", "\(directory)/s", "--dir", directory,
        "--save", "",
        "--pidfile", "\(directory)/pid",
      ]
    } isReady: { directory in
      (try? ServerProcess.run(["redis-cli", "-s", "\(directory)/s", "PING"])) == "PONG\n"
    }
  }
}
