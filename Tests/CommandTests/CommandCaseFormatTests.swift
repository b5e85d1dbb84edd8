import TestSupport
import Testing

/// The cases are only as good as what reads and compares them.
@Suite struct CommandCaseFormatTests {
  @Test(
    arguments: [
      [], Array("a\nb\n".utf8), Array("a".utf8), Array("a\r\nb\r".utf8), [0xEF, 0xBB, 0xBF, 0x61, 0x0A],
      [0xFF, 0x00, 0x1B, 0x0A], Array("⟦cr⟧ 端口\n=== x\n".utf8), [0x0A, 0x0A], [0xE4, 0xB8],
    ] as [[UInt8]])
  func `odd bytes are shown and read back`(bytes: [UInt8]) throws {
    let text = VisibleBytes.text(of: bytes)
    #expect(try VisibleBytes.bytes(of: text) == bytes, "\(text)")
    #expect(text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 })
  }

  @Test func `a case reads back as it is written`() throws {
    let text = """
      # Shows something.

      === file a/b.yaml
      a: 1

      === run cat a/b.yaml; exit 3
      === stdout
      a: 1

      === stderr
      talk
      === exit 3

      === after a/b.yaml
      a: 1

      === absent c

      """
    let parsed = try CommandCase(parsing: text)
    #expect(parsed.steps.count == 4)
    #expect(try CommandCase(parsing: parsed.text).text == parsed.text)
    guard case .run(let run) = parsed.steps[1] else {
      Issue.record("the second step is no run")
      return
    }
    #expect(run.stdout == "a: 1\n")
    #expect(run.stderr == "talk\n")
    #expect(run.exit == 3)
  }

  @Test(arguments: ["", "=== run x\n", "# x\n\n=== stdout\n", "# x\n\n=== jump y\n", "# x\n\n=== run\n"])
  func `a case that cannot be meant is refused`(text: String) {
    #expect(throws: CommandCaseError.self) { try CommandCase(parsing: text) }
  }

  @Test func `what really came out is told apart from what was expected`() throws {
    let expected = try CommandCase(
      parsing: """
        # Wrong on purpose.

        === file f
        one
        === run cat f; echo talk >&2; exit 4
        === stdout
        two
        === after f
        two
        === absent f

        """)
    var runner = try CommandCaseRunner()
    let difference = LineDiff.unified(from: expected.text, to: try runner.run(expected).text)
    for line in ["-two", "+one", "+=== stderr", "+talk", "+=== exit 4", "-=== absent f"] {
      #expect(difference.split(separator: "\n").contains { $0 == line }, "\(line) is missing in\n\(difference)")
    }
  }

  @Test func `what differs from run to run gets a name`() throws {
    let first = "20251121T014412001Z-ab12cd"
    let second = "20251121T014412002Z-ab12cd"
    let digest = String(repeating: "0f", count: 32)
    let expected = try CommandCase(
      parsing: """
        # Names.

        === run echo \(first) \(second) \(first) \(digest) 2025-11-21T01:44:12Z done in 1.2 s; pwd; echo $ROOT
        === run test "$RUN2" = \(second)

        """)
    var runner = try CommandCaseRunner()
    guard case .run(let run) = try runner.run(expected).steps[0] else { return }
    #expect(run.stdout == "<run-1> <run-2> <run-1> <digest-1> <time> done in <duration>\n$SCRATCH\n$ROOT\n")
  }

  @Test func `a command that hangs is ended`() throws {
    var command = ShellCommand("sleep 30", in: "/", environment: [("PATH", "/usr/bin:/bin")])
    command.limit = 0.2
    #expect(throws: CommandCaseError.self) { try command.run(outputs: nil) }
  }
}
