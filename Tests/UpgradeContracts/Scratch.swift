package import ConfigStore
private import Glibc

/// A directory for one test, removed with its last user.
package final class Scratch: Sendable {
  package let path: String

  /// In memory, where there is such a place: the tests sync thousands of times.
  package init() {
    var status = stat()
    let place = stat("/dev/shm", &status) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/cfgmigrate-upgrade-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { fatalError("mkdtemp: errno \(errno)") }
    path = String(cString: made)
  }

  deinit {
    let result = try? LocalCommandRunner().run(Command(["/bin/rm", "-rf", path]))
    precondition(result?.succeeded == true, "cannot remove \(path)")
  }

  package func absolute(_ name: String) -> String { "\(path)/\(name)" }

  package func write(_ name: String, _ text: String, executable: Bool = false) {
    var parent = path
    for part in name.split(separator: "/").dropLast() {
      parent += "/\(part)"
      mkdir(parent, 0o755)
    }
    let descriptor = open(absolute(name), O_WRONLY | O_CREAT | O_TRUNC, executable ? 0o755 : 0o644)
    precondition(descriptor >= 0, "cannot write \(name)")
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  package func read(_ name: String) -> String? {
    (try? StandaloneFile(absolute(name)).read()).map { String(decoding: $0, as: UTF8.self) }
  }

  package func remove(_ name: String) { unlink(absolute(name)) }
}

extension RunEnvironment {
  /// A clock that moves by a millisecond with each look and by what is slept, so that nothing waits.
  package static func simulated(clock: SimulatedClock = SimulatedClock()) -> RunEnvironment {
    RunEnvironment(
      now: { clock.now() }, random: { UInt32(truncatingIfNeeded: clock.now().seconds) },
      sleep: {
        clock.advance(milliseconds: $0)
        usleep(500)
      },
      user: "ada", tool: "cfgmigrate-upgrade 0.0.0", command: "cfgmigrate upgrade run", processID: getpid())
  }
}
