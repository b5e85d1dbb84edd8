import ConfigDocument
import Glibc
import TestSupport
import Testing

@testable import CfgmigrateCommands

@Suite struct TerminalTests {
  @Test func `colour is for terminals, and NO_COLOR and a dumb terminal have none`() throws {
    #expect(ColorChoice.always.isOn(-1) { _ in "1" })
    #expect(!ColorChoice.never.isOn(-1) { _ in nil })
    #expect(!ColorChoice.auto.isOn(-1) { _ in nil }, "-1 is no terminal")

    let (leader, follower) = try Self.pseudoTerminal()
    defer {
      close(leader)
      close(follower)
    }
    #expect(ColorChoice.auto.isOn(follower) { _ in nil })
    #expect(ColorChoice.auto.isOn(follower) { $0 == "NO_COLOR" ? "" : nil }, "an empty NO_COLOR says nothing")
    #expect(!ColorChoice.auto.isOn(follower) { $0 == "NO_COLOR" ? "1" : nil })
    #expect(!ColorChoice.auto.isOn(follower) { $0 == "TERM" ? "dumb" : nil })
  }

  @Test func `a reader that leaves does not end the work`() {
    OutputBuffer.ignoreBrokenPipes()
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    close(ends[0])
    var buffer = OutputBuffer(descriptor: ends[1])
    for _ in 0..<100 { buffer.write(String(repeating: "x", count: 4096)) }
    buffer.flush()
    close(ends[1])
  }

  @Test func `all that is written arrives, in order`() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var buffer = OutputBuffer(descriptor: ends[1])
    buffer.write("one ")
    buffer.write(bytes: Array("two".utf8))
    buffer.flush()
    close(ends[1])
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(ends[0], &bytes, 64)
    close(ends[0])
    #expect(String(decoding: bytes[..<count], as: UTF8.self) == "one two")
  }

  @Test(arguments: [
    ("a", 1), ("é", 1), ("端", 2), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("\u{301}", 0), ("\u{200B}", 0), ("〿", 1),
    ("⚠", 1), ("𠀀", 2),
  ])
  func `cells of a character`(text: String, cells: Int) {
    #expect(DisplayWidth.of(text) == cells)
  }

  @Test func `a bar`() {
    #expect(ProgressBar.line("plan", seconds: 1.2) == "plan ░░░░░░░░░░░░██████░░░░░░ 1 s")
    #expect(ProgressBar.line("plan", seconds: 1.9) == "plan ░░░░░░░░░░░░░░░░░██████░ 1 s")
    #expect(ProgressBar.line("plan", seconds: 3.6).hasPrefix("plan ██████░"))
  }

  @Test func `a diff keeps its bytes where there are no colours`() {
    let diff = Array("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\r\n+b\n+\u{FF}\n --- c\n".utf8) + [0xFF]
    #expect(DiffText.bytes(of: diff, palette: Palette(isOn: false)) == diff)
  }

  @Test func `a coloured diff`() {
    let diff = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\r\n+b\n c\n"
    let text = String(decoding: DiffText.bytes(of: Array(diff.utf8), palette: Palette(isOn: true)), as: UTF8.self)
    #expect(
      VisibleBytes.text(of: Array(text.utf8)) == """
        ⟦1b⟧[1m--- a/f⟦1b⟧[0m
        ⟦1b⟧[1m+++ b/f⟦1b⟧[0m
        ⟦1b⟧[36m@@ -1 +1 @@⟦1b⟧[0m
        ⟦1b⟧[31m-a␍⟦1b⟧[0m
        ⟦1b⟧[32m+b⟦1b⟧[0m
         c

        """)
  }

  private static func pseudoTerminal() throws -> (leader: Int32, follower: Int32) {
    let leader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(leader >= 0)
    // TIOCSPTLCK and TIOCGPTN: what unlockpt and ptsname do, which Swift does not see.
    var lock: Int32 = 0
    var number: UInt32 = 0
    try #require(ioctl(leader, 0x4004_5431, &lock) == 0 && ioctl(leader, 0x8004_5430, &number) == 0)
    let follower = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(follower >= 0)
    return (leader, follower)
  }
}
