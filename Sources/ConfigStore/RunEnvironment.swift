private import Glibc

/// What a run takes from the world around it: time, chance, and who runs it. Tests hand in their own.
public struct RunEnvironment: Sendable {
  public var now: @Sendable () -> Timestamp
  public var random: @Sendable () -> UInt32
  /// Waits for some milliseconds, between two looks at a lock.
  public var sleep: @Sendable (_ milliseconds: Int) -> Void
  /// The user's name, or number where it has none.
  public var user: String
  /// The version of the tool, for the ledger.
  public var tool: String
  /// The command that runs, to name it to others who wait for the lock.
  public var command: String
  public var processID: Int32
  /// The permissions that new files do not get: the process's umask.
  public var mask: UInt32

  public init(
    now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable () -> UInt32,
    sleep: @escaping @Sendable (_ milliseconds: Int) -> Void, user: String, tool: String, command: String,
    processID: Int32, mask: UInt32 = 0o022
  ) {
    self.now = now
    self.random = random
    self.sleep = sleep
    self.user = user
    self.tool = tool
    self.command = command
    self.processID = processID
    self.mask = mask
  }

  /// The machine's clock and chance, and this process.
  public static func current(tool: String, command: String) -> RunEnvironment {
    RunEnvironment(
      now: {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
      },
      random: { UInt32.random(in: .min ... .max) },
      sleep: { milliseconds in
        var time = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
        nanosleep(&time, nil)
      },
      // The environment and not the user database: a static executable cannot load what reads that.
      user: getenv("USER").map { String(cString: $0) } ?? "uid \(getuid())",
      tool: tool, command: command, processID: getpid(), mask: currentMask())
  }

  /// The umask, which the system tells nobody who does not also set it; but other threads may be making files meanwhile.
  private static func currentMask() -> UInt32 {
    let key = Array("Umask:".utf8)
    guard let status = try? OpenDirectory("/proc/self").readIfPresent(FileName(known: "status")),
      let line = status.bytes.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: key) }),
      let mask = UInt32(String(decoding: line.dropFirst(key.count + 1), as: UTF8.self), radix: 8)
    else { return 0o022 }
    return mask
  }
}
