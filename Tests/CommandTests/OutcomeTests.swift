import ConfigDocument
import TestSupport
import Testing

@testable import CfgmigrateCommands

@Suite struct OutcomeTests {
  // Testing has an ExitStatus too.
  typealias Status = CfgmigrateCommands.ExitStatus

  @Test func `the exit statuses are those that the documentation lists`() throws {
    let text = String(decoding: try FileBytes.read(Repository.root + "/docs/commands.md"), as: UTF8.self)
    let listed = text.matches(of: /(?m)^\| ([0-9]+) \|/).compactMap { Int32($0.1) }
    #expect(listed == Status.allCases.map(\.rawValue))
  }

  @Test(
    arguments: [
      ("plan-drift", .drift), ("drift", .failed), ("invalid-result", .invalid),
      ("unacknowledged", .unacknowledged), ("locked", .locked), ("interrupted-run", .interruptedRun),
      ("version-unknown", .noPath),
      ("version-newer", .noPath), ("version-mixed", .noPath), ("no-path", .noPath), ("ambiguous-path", .noPath),
      ("yaml-syntax", .failed), ("anything-else", .failed),
    ] as [(Diagnostic.Code, Status)])
  func `an error has the status of its code`(code: Diagnostic.Code, status: Status) {
    #expect(Status(stoppedBy: Diagnostic(code, "message")) == status)
  }

  @Test func `the JSON form is one object, without a result where an error stopped the command`() {
    let finding = Diagnostic("x-y", "message", severity: .warning)
    #expect(
      Outcome.envelope(command: "backup list", status: .invalid, diagnostics: [finding], result: nil) == [
        "format": 1, "command": "backup list", "status": 3,
        "diagnostics": [["severity": "warning", "code": "x-y", "message": "message"]],
      ])
    #expect(
      Outcome.envelope(command: "plan", status: .done, diagnostics: [], result: ["a": 1]).object?.keys
        == ["format", "command", "status", "diagnostics", "result"])
  }
}
