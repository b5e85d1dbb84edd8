internal import ConfigDocument
internal import ConfigStore
internal import DataMigration
private import Glibc

/// A server on files of its own, in a directory that only its user may enter and that goes with the end of a call.
///
/// Servers refuse to run as root: for root it runs as nobody.
struct ScratchServer {
  let directory: String
  private let environment: RunEnvironment
  private let programs: any CommandRunner
  private let isStopped: () -> Bool

  static func with<Result>(
    environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool,
    _ body: (ScratchServer) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try withoutActuallyEscaping(isStopped) { (isStopped) throws(Diagnostic) in
      try ScratchDirectory.with(environment: environment, programs: programs) { (directory) throws(Diagnostic) in
        try body(
          ScratchServer(
            directory: directory, environment: environment, programs: programs, isStopped: isStopped))
      }
    }
  }

  /// Runs a program that prepares its files.
  func run(_ words: [String]) throws(Diagnostic) {
    try DumpTool(programs: programs, isStopped: isStopped).run(words)
  }

  /// Unpacks an archive into a directory below its own, which is made.
  func unpack(_ archive: String, into name: String) throws(Diagnostic) {
    try run(["mkdir", "-p", "-m", "700", "--", "\(directory)/\(name)"])
    try run(["tar", "--extract", "--no-same-owner", "--file", archive, "--directory", "\(directory)/\(name)"])
  }

  /// Runs it until the body is done. It ends with this process too, however that ends.
  /// - Throws: `dump-damaged` where it ends before it answers.
  func serve<Result>(
    _ words: [String], isReady: () -> Bool, _ body: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let isRoot = geteuid() == 0
    if isRoot { try run(["chown", "-R", "\(Self.nobody):\(Self.nobody)", directory]) }
    let prefix = isRoot ? ["setpriv", "--reuid=\(Self.nobody)", "--regid=\(Self.nobody)", "--clear-groups"] : []
    var command = Command(prefix + words, timeLimit: DumpTool.timeLimit, grace: 20_000)
    command.keepsTail = true
    let server = BackgroundCommand(command, by: programs)
    defer { server.end() }
    while !isStopped() {
      if isReady() { return try body() }
      if let result = try server.result() {
        throw Diagnostic(
          .dumpDamaged,
          "`\(words[0])` does not run on what was backed up: it \(result.ending): \(result.lastWords(lines: 3))",
          hint: "Take a new backup before anything changes")
      }
      environment.sleep(100)
    }
    throw Diagnostic(
      .dumpFailed, "reading the backup back was stopped", hint: "`cfgmigrate upgrade resume` takes it anew")
  }

  private static let nobody = 65_534
}
