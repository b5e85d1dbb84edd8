package import ConfigDocument
package import ConfigStore
package import DataMigration

extension MariaDB: DumpableDatabase {
  /// By `mariadb-dump --single-transaction`. Its moment lies between the two counts.
  package func dump(
    to path: String, by programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpContents {
    let (before, definitions) = try count()
    return try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      let tool = tool(programs, isStopped)
      try tool.run(
        ["mariadb-dump"] + words + [
          "--single-transaction", "--quick", "--routines", "--triggers", "--events", "--hex-blob",
          "--result-file=\(path)", database,
        ])
      let (after, definitionsAfter) = try count()
      guard definitions == definitionsAfter else {
        throw Diagnostic(
          .dumpFailed, "the definitions of \(name) changed while it was dumped",
          hint: "Dump it while nobody changes tables")
      }
      return DumpContents(
        rowsBefore: before, rowsAfter: after, definitions: definitions, tool: try tool.version(of: "mariadb-dump"))
    }
  }

  private func count() throws(Diagnostic) -> ([TableCount], Digest) {
    do throws(DatabaseError) {
      let session = try connect()
      return (try session.rowCounts(without: ""), try session.definitions())
    } catch {
      throw error.diagnostic("counting what is dumped", on: name)
    }
  }

  package func load(_ path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic) {
    try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      try tool(programs, isStopped).run(
        ["mariadb"] + words + ["--batch", "--database=\(database)", "--execute=source \(path)"])
    }
  }

  package func sizeQuery(ofServer isWhole: Bool) -> String {
    "SELECT CAST(SUM(data_length + index_length) AS UNSIGNED) FROM information_schema.tables"
      + (isWhole ? "" : " WHERE table_schema = DATABASE()")
  }

  package func clear() throws(DatabaseError) {
    let session = try connect()
    try session.run("DROP DATABASE \(Self.quoted(database))")
    try session.run("CREATE DATABASE \(Self.quoted(database))")
  }

  /// How the tools reach the server.
  var words: [String] {
    var words: [String] = ["--no-defaults"]
    switch server.endpoint {
    case .socket(let path): words.append("--socket=\(path)")
    case .host(let host): words += ["--host=\(host)", "--protocol=TCP"]
    }
    if let port = server.port { words.append("--port=\(port)") }
    if let user = server.user { words.append("--user=\(user)") }
    return words
  }

  func tool(_ programs: any CommandRunner, _ isStopped: @escaping () -> Bool) -> DumpTool {
    var variables: [String: String] = [:]
    variables["MYSQL_PWD"] = server.password
    return DumpTool(programs: programs, isStopped: isStopped, variables: variables)
  }
}
