internal import ConfigDocument
internal import ConfigStore
private import Glibc

/// A directory for the length of a call, where only its user may enter. What a killed process left is taken away by the next one: it
/// may be as large as a database.
enum ScratchDirectory {
  private static let prefix = "cfgmigrate-scratch-"

  /// In `TMPDIR`, or else where large files may be, and not in memory.
  private static var place: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp" }

  /// - Parameter body: is given its path, which is short: the names of sockets in it must be.
  /// - Throws: `io-error`.
  static func with<Result>(
    environment: RunEnvironment, programs: any CommandRunner, _ body: (String) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    removeAbandoned(programs)
    let path = "\(place)/\(prefix)\(environment.processID)-\(environment.random())"
    guard mkdir(path, 0o700) == 0, let lock = lock(path) else {
      throw Diagnostic(
        .ioError, "cannot make a directory to try the backup in: \(path): \(String(cString: strerror(errno)))",
        hint: "Set TMPDIR to a directory with room for the database")
    }
    defer {
      remove(path, programs)
      close(lock)
    }
    return try body(path)
  }

  /// A lock that ends with this process; nil where another one holds it.
  private static func lock(_ path: String) -> Int32? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  private static func removeAbandoned(_ programs: any CommandRunner) {
    for name in (try? OpenDirectory(place).entries()) ?? [] where "\(name)".hasPrefix(prefix) {
      let path = "\(place)/\(name)"
      var status = stat()
      // One that was made just now may not be locked yet.
      guard lstat(path, &status) == 0, geteuid() == 0 || status.st_uid == geteuid(),
        time(nil) - status.st_mtim.tv_sec > 60, let lock = lock(path)
      else { continue }
      remove(path, programs)
      close(lock)
    }
  }

  /// What fails is of no consequence: the next one tries again.
  private static func remove(_ path: String, _ programs: any CommandRunner) {
    _ = try? programs.run(Command(["rm", "-rf", "--", path], timeLimit: 600_000))
  }
}
