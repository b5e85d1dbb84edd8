import ConfigDocument
import Testing

@testable import ConfigStore

/// The application's own look at what was written. Tests of the command line have what it accepts and refuses.
@Suite struct ProductCheckTests {
  @Test func `a check that does not end is ended, and its run taken back`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "1\n")
    let before = scratch.snapshot()
    var check = ProductCheck(arguments: ["sleep", "1000"], directory: scratch.path, isAllowed: true)
    check.limits = ProgramLimits(milliseconds: 100, output: 1_024)
    var refusal: Diagnostic?
    let changes = [FileChange(.replace(Array("2\n".utf8)), at: "a.yaml")]
    do {
      _ = try scratch.store().commit(changes, RunDescription(.apply)) { () throws(Diagnostic) in
        #expect(scratch.read("a.yaml") == "2\n")
        try check.run(on: scratch.path)
      }
    } catch let error as Diagnostic {
      refusal = error
    }
    #expect(refusal?.code == .verifyFailed)
    #expect(refusal?.message.contains("did not end within") == true)
    #expect(scratch.snapshot() == before)
    #expect(try scratch.store().ledger().records == [])
  }
}
