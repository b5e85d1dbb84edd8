package import ConfigDocument
package import ConfigStore
package import DataMigration

/// By `mariadb-backup`, which reads the server's files: a whole copy, or the pages that were written since.
extension MariaDB: IncrementalDatabase {
  package func checkCopying(by programs: any CommandRunner) throws(Diagnostic) -> [Diagnostic] {
    guard case .socket = server.endpoint else {
      throw Diagnostic(
        .dumpFailed, "\(name) is on another machine: `mariadb-backup` reads the server's files",
        hint: "Run the upgrade on that machine, or take `increments` out; then each backup is a dump of this database")
    }
    _ = try DumpTool(programs: programs, isStopped: { false }).version(of: "mariadb-backup")
    return []
  }

  package func copyServer(
    since position: String?, to archive: String, in work: String, by programs: any CommandRunner,
    isStopped: () -> Bool
  ) throws(Diagnostic) -> ServerCopy {
    _ = try checkCopying(by: programs)
    return try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      let tool = tool(programs, isStopped)
      let before = try contents()
      let since = position.map { ["--incremental-lsn=\($0)"] } ?? []
      try tool.run(["mariadb-backup"] + words + ["--backup", "--target-dir=\(work)"] + since)
      let after = try contents()
      guard before.definitions == after.definitions else {
        throw Diagnostic(
          .dumpFailed, "the definitions of \(name) changed while it was copied",
          hint: "Copy it while nobody changes tables")
      }
      let end = try Self.end(of: work)
      if let begin = position.flatMap({ Int($0) }), end < begin {
        throw Diagnostic(
          .dumpFailed, "\(name) is on another server than when it was copied before", hint: "Take a whole backup")
      }
      try tool.archive(work, to: archive)
      return ServerCopy(
        contents: DumpContents(
          rowsBefore: before.rows, rowsAfter: after.rows, definitions: before.definitions,
          tool: try tool.version(of: "mariadb-backup")),
        position: "\(end)")
    }
  }

  /// The number up to which all pages are in a copy, which `mariadb-backup` leaves beside it. Version 11 has renamed the file.
  private static func end(of copy: String) throws(Diagnostic) -> Int {
    for name in ["xtrabackup_checkpoints", "mariadb_backup_checkpoints"] {
      let file = StandaloneFile("\(copy)/\(name)")
      guard file.isFile else { continue }
      for line in String(decoding: try file.read(), as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: " ")
        if parts.count == 3, parts[0] == "to_lsn", let end = Int(parts[2]) { return end }
      }
    }
    throw Diagnostic(
      .dumpFailed, "`mariadb-backup` does not say where its copy ends",
      hint: "Look whether its version fits the server's")
  }

  package func serving<Result>(
    _ archives: [String], environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool,
    _ body: (any DumpableDatabase, String) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try ScratchServer.with(environment: environment, programs: programs, isStopped: isStopped) {
      (scratch) throws(Diagnostic) in
      let data = "\(scratch.directory)/data"
      let prepare = ["mariadb-backup", "--no-defaults", "--prepare", "--target-dir=\(data)"]
      for (number, archive) in archives.enumerated() {
        let folder = number == 0 ? "data" : "increment-\(number)"
        try scratch.unpack(archive, into: folder)
        try scratch.run(prepare + (number == 0 ? [] : ["--incremental-dir=\(scratch.directory)/\(folder)"]))
        if number > 0 { try scratch.run(["rm", "-rf", "--", "\(scratch.directory)/\(folder)"]) }
      }
      let socket = "\(scratch.directory)/s"
      var copy = self
      copy.server = DatabaseServer(.socket(socket), user: server.user)
      // A server that starts removes what looks like temporary tables in its directory for them: in one that it shares, those of
      // a server that runs.
      return try scratch.serve([
        Self.daemon, "--defaults-file=\(data)/backup-my.cnf", "--datadir=\(data)", "--socket=\(socket)",
        "--tmpdir=\(scratch.directory)", "--pid-file=\(scratch.directory)/pid", "--skip-networking",
        "--skip-grant-tables",
      ]) {
        (try? copy.connect()) != nil
      } _: { () throws(Diagnostic) in
        try body(copy, scratch.directory)
      }
    }
  }

  /// Daemons are often in a directory that is on no plain user's `PATH`.
  private static var daemon: String { StandaloneFile("/usr/sbin/mariadbd").isFile ? "/usr/sbin/mariadbd" : "mariadbd" }
}
