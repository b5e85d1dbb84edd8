package import ConfigDocument
package import ConfigStore
package import DataMigration

/// A whole copy is by `pg_basebackup`; an increment is the server's log from there on, by `pg_receivewal`.
extension PostgreSQL: IncrementalDatabase {
  package func checkCopying(by programs: any CommandRunner) throws(Diagnostic) -> [Diagnostic] {
    let (mayReplicate, tablespaces, kept): (String?, String?, String?)
    do throws(DatabaseError) {
      let session = try connect()
      mayReplicate = try session.value(
        of: "SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user")
      tablespaces = try session.value(of: "SELECT count(*) FROM pg_tablespace WHERE spcname !~ '^pg_'")
      kept = try session.value(of: "SELECT setting FROM pg_settings WHERE name = 'wal_keep_size'")
    } catch {
      throw error.diagnostic("looking whether it may be copied", on: name)
    }
    guard mayReplicate == "t" else {
      throw Diagnostic(
        .dumpFailed, "the user may not copy the server of \(name)",
        hint: "ALTER ROLE … REPLICATION, and let it in by a line `replication` of pg_hba.conf")
    }
    guard tablespaces == "0" else {
      throw Diagnostic(
        .dumpFailed, "the server of \(name) has tablespaces: their places are not copied",
        hint: "Take `increments` out; then each backup is a dump of this database")
    }
    for name in ["pg_basebackup", "pg_receivewal", "postgres"] {
      _ = try tool(programs, { false }).version(of: program(name))
    }
    guard kept == "0" else { return [] }
    return [
      Diagnostic(
        .logNotKept,
        "the server of \(name) drops its log at the next checkpoint: increments would find it gone, and be whole",
        severity: .warning, hint: "ALTER SYSTEM SET wal_keep_size to what is written between two backups")
    ]
  }

  package func copyServer(
    since position: String?, to archive: String, in work: String, by programs: any CommandRunner,
    isStopped: () -> Bool
  ) throws(Diagnostic) -> ServerCopy {
    try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      let tool = tool(programs, isStopped)
      let before = try contents()
      var end = try endOfLog()
      if let position {
        try receive(since: position, until: end, in: work, by: tool)
      } else {
        try tool.run([
          program("pg_basebackup"), "--pgdata=\(work)", "--wal-method=stream", "--checkpoint=fast",
        ])
        // The log that a copy needs is in it; its last segment is not whole yet.
        let segments = try OpenDirectory("\(work)/pg_wal").entries().map { "\($0)" }
        guard let last = segments.filter({ $0.utf8.count == 24 }).max() else {
          throw Diagnostic(
            .dumpFailed, "`pg_basebackup` left no log in its copy", hint: "Look whether its version fits the server's")
        }
        end.position = WALPosition(system: end.position.system, segment: last)
      }
      let after = try contents()
      guard before.definitions == after.definitions else {
        throw Diagnostic(
          .dumpFailed, "the definitions of \(name) changed while it was copied",
          hint: "Copy it while nobody changes tables")
      }
      try tool.archive(work, to: archive)
      return ServerCopy(
        contents: DumpContents(
          rowsBefore: before.rows, rowsAfter: after.rows, definitions: before.definitions,
          tool: try tool.version(of: program(position == nil ? "pg_basebackup" : "pg_receivewal"))),
        position: end.position.text)
    }
  }

  /// Where a server's log ends, and how it is cut.
  private struct LogEnd {
    var position: WALPosition
    var lsn: String
    var segmentSize: Int
  }

  /// All that was committed before this is called lies before what it returns.
  private func endOfLog() throws(Diagnostic) -> LogEnd {
    let row: [String?]?
    do throws(DatabaseError) {
      let session = try connect()
      // A commit that waits for the disk brings all commits before it there.
      try session.run("SET synchronous_commit = on")
      try session.run("SELECT pg_logical_emit_message(true, 'cfgmigrate', 'backup')")
      row = try session.run(
        """
        SELECT system_identifier, pg_walfile_name(at), at - 1, pg_size_bytes(current_setting('wal_segment_size'))
        FROM pg_control_system(), pg_current_wal_flush_lsn() AS at
        """
      ).first
    } catch {
      throw error.diagnostic("asking for the end of the log", on: name)
    }
    guard let row, row.count == 4, let system = row[0], let segment = row[1], let lsn = row[2],
      let size = row[3].flatMap({ Int($0) })
    else {
      throw Diagnostic(.dumpFailed, "\(name) does not say where its log ends", hint: "Ask its primary server")
    }
    return LogEnd(position: WALPosition(system: system, segment: segment), lsn: lsn, segmentSize: size)
  }

  /// Fetches the segments of the log. `pg_receivewal` goes on behind the newest segment that it finds, so it finds an empty one.
  private func receive(
    since begin: String, until end: LogEnd, in work: String, by tool: DumpTool
  ) throws(Diagnostic) {
    guard let begin = WALPosition(begin), begin.system == end.position.system,
      begin.timeline == end.position.timeline, let before = begin.predecessor(segmentSize: end.segmentSize)
    else {
      throw Diagnostic(
        .dumpFailed, "\(name) is on another server, or another timeline, than when it was copied before",
        hint: "Take a whole backup")
    }
    try tool.run(["truncate", "--size=\(end.segmentSize)", "\(work)/\(before)"])
    try tool.run([program("pg_receivewal"), "--directory=\(work)", "--endpos=\(end.lsn)", "--no-loop"])
    let folder = try OpenDirectory(work)
    for file in try folder.entries() {
      let name = "\(file)"
      if name == before { _ = try folder.removeFile(file) }
      // The last one ends where the log ended; recovery stops there.
      if name.hasSuffix(".partial"), let whole = FileName(name.dropLast(".partial".count).utf8) {
        try folder.rename(file, to: whole)
        // What is behind the end are zeros, which need no room; not every file system knows holes.
        _ = try tool.programs.run(Command(["fallocate", "--dig-holes", "\(work)/\(whole)"]))
      }
    }
  }

  package func serving<Result>(
    _ archives: [String], environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool,
    _ body: (any DumpableDatabase, String) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let postgres = try program("postgres")
    return try ScratchServer.with(environment: environment, programs: programs, isStopped: isStopped) {
      (scratch) throws(Diagnostic) in
      let data = "\(scratch.directory)/data"
      for (number, archive) in archives.enumerated() {
        try scratch.unpack(archive, into: number == 0 ? "data" : "data/pg_wal")
      }
      try StandaloneFile("\(scratch.directory)/conf").write([])
      try StandaloneFile("\(scratch.directory)/hba").write(Array("local all all trust\n".utf8))
      // What the copied server's own settings would do (archive, listen, load libraries) is not wanted here.
      let settings = [
        "config_file=\(scratch.directory)/conf", "hba_file=\(scratch.directory)/hba", "data_directory=\(data)",
        "unix_socket_directories=\(scratch.directory)", "port=\(Self.trialPort)", "listen_addresses=",
        "archive_mode=off", "ssl=off",
        "logging_collector=off", "shared_preload_libraries=", "fsync=off", "max_prepared_transactions=500",
      ]
      var copy = self
      copy.server = DatabaseServer(.socket(scratch.directory), port: Self.trialPort, user: server.user)
      return try scratch.serve([postgres, "-D", data] + settings.flatMap { ["-c", $0] }) {
        (try? copy.connect()) != nil
      } _: { () throws(Diagnostic) in
        try body(copy, scratch.directory)
      }
    }
  }

  /// A part of its socket's name, and no more: it listens to no network.
  private static let trialPort = 5_432

  /// Where a program of the server's own version is.
  private func program(_ name: String) throws(Diagnostic) -> String {
    let version: String?
    do throws(DatabaseError) { version = try connect().value(of: "SHOW server_version_num") } catch {
      throw error.diagnostic("asking for its version", on: self.name)
    }
    let major = (version.flatMap { Int($0) } ?? 0) / 10_000
    for directory in ["/usr/lib/postgresql/\(major)/bin", "/usr/pgsql-\(major)/bin"] {
      let path = "\(directory)/\(name)"
      if StandaloneFile(path).isFile { return path }
    }
    return name
  }
}

extension Diagnostic.Code {
  /// A server drops its log before the next increment could take it.
  static let logNotKept: Self = "log-not-kept"
}
