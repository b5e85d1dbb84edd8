package import ConfigDocument
package import ConfigStore
package import DataMigration

/// A Redis server, which is backed up whole: all its databases are one file.
///
/// It is asked by its own client, `redis-cli`.
package struct Redis: DumpableStore {
  package var server: DatabaseServer
  private let label: String
  private let programs: any CommandRunner

  /// - Parameter label: what people call it.
  package init(_ server: DatabaseServer, label: String, programs: any CommandRunner = LocalCommandRunner()) {
    self.server = server
    self.label = label
    self.programs = programs
  }

  package var name: String { "Redis \(label) at \(server.place)" }

  package func reach() throws(Diagnostic) {
    let client = RedisClient(server: server, programs: programs)
    guard try client.ask(["PING"]) == "PONG" else { throw client.unreachable("it answers no PING") }
  }

  /// By `BGSAVE`. Where the server is on this machine its file is copied; another one sends it.
  package func dump(
    to path: String, by programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpContents {
    let client = RedisClient(server: server, programs: programs)
    let before = try client.keys()
    switch server.endpoint {
    case .socket:
      try client.save(isStopped: isStopped)
      let file = try "\(client.setting("dir"))/\(client.setting("dbfilename"))"
      try client.run(["cp", "--", file, path])
    case .host:
      try client.run(client.words + ["--rdb", path])
    }
    let version = try client.field("redis_version", of: "server") ?? ""
    return DumpContents(
      rowsBefore: before, rowsAfter: try client.keys(), definitions: Self.noDefinitions, tool: "Redis \(version)")
  }

  /// In a server of its own that nobody else reaches, and that writes nothing.
  package func trial(
    of path: String, environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpFindings {
    let (directory, file) = Self.parts(of: path)
    let socket = "/tmp/cfgmigrate-redis-\(environment.processID)-\(environment.random())"
    let scratch = RedisClient(server: DatabaseServer(.socket(socket)), programs: programs)
    try scratch.run([
      "redis-server", "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", directory,
      "--dbfilename", file, "--save", "", "--appendonly", "no", "--daemonize", "yes",
    ])
    defer {
      _ = try? scratch.ask(["SHUTDOWN", "NOSAVE"])
      StandaloneFile(socket).removeIfPresent()
    }
    // A server that finds the file damaged ends by itself: it is waited for as long as it says that it reads.
    var patience = 50
    while patience > 0, !isStopped() {
      do throws(Diagnostic) {
        if try scratch.ask(["PING"]) == "PONG" {
          return DumpFindings(rows: try scratch.keys(), definitions: Self.noDefinitions)
        }
      } catch {
        if !error.message.contains("LOADING") { patience -= 1 }
      }
      environment.sleep(100)
    }
    throw Diagnostic(
      .dumpDamaged, "a Redis server does not read \(path)",
      hint: "Look at it with `redis-check-rdb`, and take a new backup before anything changes")
  }

  private static let noDefinitions = Digest(of: [])

  private static func parts(of path: String) -> (directory: String, file: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
  }
}
