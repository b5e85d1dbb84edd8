import Glibc
import Testing

@testable import ConfigStore

/// Programs that are started, spoken to and ended; the shell stands for all of them.
@Suite struct ChildProcessTests {
  static let limits = ProgramLimits(milliseconds: 20_000, output: 1 << 20)

  static func shell(
    _ script: String, _ input: String = "", limits: ProgramLimits = Self.limits
  ) throws -> (output: String, complaint: String, ending: ChildProcess.Ending, status: ChildProcess.ExitStatus) {
    var child = try ChildProcess(
      "/bin/sh", arguments: ["sh", "-c", script], environment: ["A=b"], directory: "/", limits: limits)
    let (output, ending) = child.converse(sending: Array(input.utf8), until: .end, limits: limits)
    let status = child.finish(limits: limits)
    return (
      String(decoding: output, as: UTF8.self), String(decoding: child.complaint, as: UTF8.self), ending, status
    )
  }

  @Test func `what it says, and how it ends`() throws {
    let result = try Self.shell("read x; echo $x; echo oh >&2; exit 3", "hello\n")
    #expect(result.output == "hello\n")
    #expect(result.complaint == "oh\n")
    #expect(result.status == .exited(3))
    #expect(try Self.shell("kill -TERM $$").status == .signalled(SIGTERM))
  }

  @Test func `a large input and a large output at once do not stop each other`() throws {
    let text = String(repeating: "0123456789abcdef\n", count: 50_000)
    #expect(try Self.shell("cat", text).output == text)
  }

  @Test func `a program that reads nothing is no error`() throws {
    let result = try Self.shell("echo 1", String(repeating: "x", count: 1 << 20))
    #expect(result.output == "1\n")
    #expect(result.status == .exited(0))
  }

  @Test func `it has three descriptors, its own group, and the environment that it was given`() throws {
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    let result = try Self.shell("echo /proc/$$/fd/*; env; pwd")
    let lines = result.output.split(separator: "\n")
    // A shell may hold one more, for the script that it reads.
    #expect(lines[0].split(separator: " ").allSatisfy { !$0.hasSuffix("/\(leak)") })
    #expect(lines.contains("A=b"))
    #expect(!lines.contains { $0.hasPrefix("HOME=") })
    #expect(lines.last == "/")
  }

  @Test func `signals are as they are for any program`() throws {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &set, nil)
    defer { pthread_sigmask(SIG_UNBLOCK, &set, nil) }
    let result = try Self.shell("grep -E 'SigBlk|SigIgn' /proc/self/status")
    let sets = result.output.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
    // The C library keeps the signals above 31 to itself.
    #expect(sets.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }

  @Test func `what takes too long is ended with all that it started`() throws {
    var limits = Self.limits
    limits.milliseconds = 200
    let result = try Self.shell("sleep 1000 & echo $!; wait", limits: limits)
    #expect(result.ending == .timedOut)
    #expect(result.status == .signalled(SIGKILL))
    let sleeper = try #require(Int32(result.output.prefix { $0 != "\n" }))
    // It was killed with its group; it ends when it is scheduled, and init reaps it when it likes.
    var state = "S\n"
    for _ in 0..<1_000 where !["", "Z\n", "X\n"].contains(state) {
      usleep(10_000)
      state = (try? Self.shell("cut -d' ' -f3 /proc/\(sleeper)/stat 2>/dev/null").output) ?? ""
    }
    #expect(["", "Z\n", "X\n"].contains(state))
  }

  @Test func `an end is seen though something that it started holds its output`() throws {
    let result = try Self.shell("sleep 1000 & echo done")
    #expect(result.output == "done\n")
    #expect(result.ending == .answered)
    #expect(result.status == .exited(0))
  }

  @Test func `output has a limit`() throws {
    let result = try Self.shell(
      "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done")
    #expect(result.ending == .tooMuchOutput)
    #expect(result.status == .signalled(SIGKILL) || result.status == .signalled(SIGPIPE))
  }

  @Test func `what cannot be started says why`() {
    #expect {
      _ = try ChildProcess("/nowhere/x", arguments: ["x"], environment: [], limits: Self.limits)
    } throws: { ($0 as? SpawnError)?.code == ENOENT }
    #expect {
      _ = try ChildProcess("/etc/passwd", arguments: ["x"], environment: [], limits: Self.limits)
    } throws: { ($0 as? SpawnError)?.code == EACCES }
    #expect {
      _ = try ChildProcess("/bin/sh", arguments: ["sh"], environment: [], directory: "/nowhere", limits: Self.limits)
    } throws: { ($0 as? SpawnError)?.code == ENOENT }
  }
}
