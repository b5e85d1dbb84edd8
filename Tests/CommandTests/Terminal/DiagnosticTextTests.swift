import ConfigDocument
import TestSupport
import Testing

@testable import CfgmigrateCommands

@Suite struct DiagnosticTextTests {
  private func check(_ diagnostic: Diagnostic, width: Int = 80, _ expected: String) {
    let text = DiagnosticText(palette: Palette(isOn: false), width: width).text(of: diagnostic)
    #expect(text == expected, "\(LineDiff.unified(from: expected, to: text))")
  }

  @Test func `the place, the line, a second place and the hint`() {
    let first = SourcePlace(file: "platform.yaml", line: 9, column: 3)
    check(
      Diagnostic(
        .duplicateKey, "the key `port` stands twice in one mapping",
        at: SourcePlace(file: "platform.yaml", line: 12, column: 3, length: 4, lineText: "  port: 5433"),
        hint: "Remove one of the two", related: [.init("first", at: first)]),
      """
      error[duplicate-key]: the key `port` stands twice in one mapping
        --> platform.yaml:12:3
         |
      12 |   port: 5433
         |   ^^^^
         = first: platform.yaml:9:3
         hint: Remove one of the two
      """)
  }

  @Test func `without a place, without a line, with a hint of two lines`() {
    check(Diagnostic("x-y", "nothing is known", severity: .note), "note[x-y]: nothing is known")
    check(
      Diagnostic(
        "x-y", "no such file", severity: .warning, at: SourcePlace(file: "a.yaml", line: 3, column: 1), hint: "One\nTwo"
      ),
      """
      warning[x-y]: no such file
       --> a.yaml:3:1
        hint: One
              Two
      """)
  }

  @Test func `marks stand under wide characters, cell by cell`() {
    check(
      Diagnostic(
        .yamlSyntax, "wrong", at: SourcePlace(file: "平台.yaml", line: 1, column: 5, length: 2, lineText: "端口: 五四 # 注")),
      """
      error[yaml-syntax]: wrong
       --> 平台.yaml:1:5
        |
      1 | 端口: 五四 # 注
        |       ^^^^
      """)
  }

  @Test func `combining marks take no cell`() {
    check(
      Diagnostic(.yamlSyntax, "wrong", at: SourcePlace(file: "a", line: 1, column: 4, lineText: "e\u{301}: x")),
      "error[yaml-syntax]: wrong\n --> a:1:4\n  |\n1 | e\u{301}: x\n  |   ^")
  }

  @Test func `tabs lead to the next stop, in the line and in the marks`() {
    check(
      Diagnostic(.yamlSyntax, "wrong", at: SourcePlace(file: "a", line: 1, column: 4, lineText: "a\t\tb")),
      """
      error[yaml-syntax]: wrong
       --> a:1:4
        |
      1 | a       b
        |         ^
      """)
  }

  @Test func `the end of a line can be meant`() {
    check(
      Diagnostic(.yamlSyntax, "wrong", at: SourcePlace(file: "a", line: 1, column: 4, lineText: "ab:")),
      "error[yaml-syntax]: wrong\n --> a:1:4\n  |\n1 | ab:\n  |    ^")
    check(
      Diagnostic(.yamlSyntax, "wrong", at: SourcePlace(file: "a", line: 1, column: 99, length: 9, lineText: "ab:")),
      "error[yaml-syntax]: wrong\n --> a:1:99\n  |\n1 | ab:\n  |    ^")
  }

  @Test func `a long line is cut around its place`() {
    let line = String(repeating: "x", count: 1000) + "HERE" + String(repeating: "y", count: 1000)
    check(
      Diagnostic(.jsonSyntax, "wrong", at: SourcePlace(file: "a", line: 1, column: 1001, length: 4, lineText: line)),
      width: 30,
      """
      error[json-syntax]: wrong
       --> a:1:1001
        |
      1 | …xxxxxxxxxxHEREyyyyyyyyyyyyyy…
        |            ^^^^
      """)
  }

  @Test func `a file cannot speak to the terminal`() {
    check(
      Diagnostic(
        .yamlSyntax, "the value `\u{1B}[2J` is wrong",
        at: SourcePlace(file: "\u{1B}]0;x", line: 1, column: 2, lineText: "\u{1B}[31m\u{202E}\u{7}")),
      """
      error[yaml-syntax]: the value `␛[2J` is wrong
       --> ␛]0;x:1:2
        |
      1 | ␛[31m\u{FFFD}␇
        |  ^
      """)
  }

  @Test func `with colours, the same text`() {
    let diagnostic = Diagnostic(
      .duplicateKey, "twice", at: SourcePlace(file: "a", line: 1, column: 1, lineText: "b"), hint: "Do")
    let plain = DiagnosticText(palette: Palette(isOn: false), width: 80).text(of: diagnostic)
    let coloured = DiagnosticText(palette: Palette(isOn: true), width: 80).text(of: diagnostic)
    #expect(coloured.contains("\u{1B}[1;31merror[duplicate-key]\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}
