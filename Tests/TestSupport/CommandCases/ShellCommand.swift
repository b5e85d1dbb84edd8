private import Glibc

/// One line run by `/bin/sh`, with its own environment, nothing to read, and a time limit.
public struct ShellCommand {
  public struct Outcome {
    public var stdout: [UInt8]
    public var stderr: [UInt8]
    /// The exit status; 128 + the signal where one ended it.
    public var status: Int32
  }

  public var line: String
  public var directory: String
  public var environment: [(name: String, value: String)]
  /// After this many seconds the command and what it started are killed.
  public var limit: Double = 60

  public init(_ line: String, in directory: String, environment: [(name: String, value: String)]) {
    self.line = line
    self.directory = directory
    self.environment = environment
  }

  /// Runs the line to its end.
  /// - Parameter outputs: a directory for what it prints, which the command should not see; nil to throw that away.
  public func run(outputs: String?) throws(CommandCaseError) -> Outcome {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let (out, err) = (outputs.map { $0 + "/stdout" }, outputs.map { $0 + "/stderr" })
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, out ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, err ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)

    // A group of its own, so that the limit ends whatever the line started too.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))

    let words = ["/bin/sh", "-c", "cd \"$1\" && eval \"$2\"", "sh", directory, line]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.name)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, variables)
    guard error == 0 else { throw CommandCaseError("/bin/sh does not start: \(String(cString: strerror(error)))") }

    let status = try wait(for: process)
    guard let out, let err else { return Outcome(stdout: [], stderr: [], status: status) }
    return Outcome(stdout: try FileBytes.read(out), stderr: try FileBytes.read(err), status: status)
  }

  private func wait(for process: pid_t) throws(CommandCaseError) -> Int32 {
    var waited = 0.0
    var pause = 0.0005
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { throw CommandCaseError("waitpid: \(String(cString: strerror(errno)))") }
      guard waited < limit else {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        throw CommandCaseError("'\(line)' did not end within \(limit) seconds")
      }
      usleep(UInt32(pause * 1_000_000))
      waited += pause
      pause = min(pause * 1.5, 0.02)
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
