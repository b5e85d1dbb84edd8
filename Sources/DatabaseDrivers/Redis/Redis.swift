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

  /// What it holds in memory: its file is smaller.
  package func size(ofServer isWhole: Bool) throws(Diagnostic) -> Int {
    try RedisClient(server: server, programs: programs).field("used_memory", of: "memory").flatMap { Int($0) } ?? 0
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
    try ScratchServer.with(environment: environment, programs: programs, isStopped: isStopped) {
      (scratch) throws(Diagnostic) in
      try scratch.run(["cp", "--", path, "\(scratch.directory)/dump"])
      let socket = "\(scratch.directory)/s"
      let client = RedisClient(server: DatabaseServer(.socket(socket)), programs: programs)
      return try scratch.serve([
        "redis-server", "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", scratch.directory,
        "--dbfilename", "dump", "--save", "", "--appendonly", "no",
      ]) {
        (try? client.ask(["PING"])) == "PONG"
      } _: { () throws(Diagnostic) in
        DumpFindings(rows: try client.keys(), definitions: Self.noDefinitions)
      }
    }
  }

  private static let noDefinitions = Digest(of: [])
}
