import ConfigDocument
import TestSupport
import Testing

@testable import CfgmigrateCommands

@Suite struct JSONOutputTests {
  @Test func `two spaces a level, members in their order`() {
    let value: Value = ["b": [1, true, nil, "x\"\n"], "a": ["c": [:]], "d": []]
    #expect(
      JSONOutput.text(of: value) == #"""
        {
          "b": [
            1,
            true,
            null,
            "x\"\n"
          ],
          "a": {
            "c": {}
          },
          "d": []
        }
        """#)
  }

  @Test(
    arguments: [
      ("1.10", "1.10"), ("-0", "-0"), ("1E5", "1E5"), ("0x1F", "31"), ("0o17", "15"), ("+1", "1"), (".5", "5e-1"),
      ("1.", "1"), ("007", "7"), (".inf", "\".inf\""), (".nan", "\".nan\""), ("-0x", nil), ("0.5e+3", "0.5e+3"),
      ("123456789012345678901234567890", "123456789012345678901234567890"), ("-.25", "-25e-2"),
    ] as [(String, String?)])
  func `numbers are spelled as JSON spells them`(spelling: String, expected: String?) {
    #expect(Number(spelling).map { JSONOutput.text(of: .number($0)) } == expected)
  }

  @Test func `a diagnostic`() {
    let place = SourcePlace(file: "a.yaml", line: 2, column: 3, length: 4, lineText: "  port: 1")
    let diagnostic = Diagnostic(
      .duplicateKey, "twice", at: place, hint: "Remove one",
      related: [.init("first", at: SourcePlace(file: "a.yaml", line: 1, column: 3))])
    #expect(
      diagnostic.json == [
        "severity": "error", "code": "duplicate-key", "message": "twice",
        "place": ["file": "a.yaml", "line": 2, "column": 3, "length": 4], "hint": "Remove one",
        "related": [["message": "first", "place": ["file": "a.yaml", "line": 1, "column": 3, "length": 1]]],
      ])
    #expect(Diagnostic("x", "y", severity: .note).json == ["severity": "note", "code": "x", "message": "y"])
  }
}
