import ConfigDocument
import ConfigStore
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct CommandStepTests {
  private static let deploy = """
    deploy: {
      capture: [cat, release], apply: [sh, -c, "echo 2.2.0 > release"], probe: [grep, -qx, 2.2.0, release],
      verify: [test, -s, release], undo: [sh, -c, "cat > release"], way-back: exact}
    """

  @Test func `a deploy step keeps its promises`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write("release", "2.1.0\n")
    try UpgradeStepContract(
      step: try scenario.step(Self.deploy), context: try scenario.context(),
      fingerprint: { scenario.scratch.read("release") ?? "" }
    ).check()
  }

  @Test func `a step that says nothing of its way back is refused`() throws {
    let scenario = DriverScenario()
    let error = try #require(throws: Diagnostic.self) { try scenario.step("run: {apply: [./it]}") }
    #expect(error.code == .noUndo)
    #expect(error.place?.line == 6)
  }

  @Test func `what a command says last is in the error`() throws {
    let scenario = DriverScenario()
    let step = try scenario.step(
      "run: {apply: [sh, -c, 'echo starting; echo no such host >&2; exit 3'], way-back: stays}")
    let error = try #require(throws: Diagnostic.self) {
      try step.apply(StepToken(run: "r", step: "it"), try scenario.context())
    }
    #expect(error.code == "command-failed")
    #expect(error.message.hasSuffix("ended with status 3: no such host"))
  }

  @Test func `a step that is stopped ends what it started`() throws {
    let scenario = DriverScenario()
    let step = try scenario.step("run: {apply: [sh, -c, 'echo $$ > pid; sleep 600'], way-back: stays}")
    var context = try scenario.context()
    let path = scenario.scratch.absolute("pid")
    context.stop = StopSignal { StandaloneFile(path).isFile ? Diagnostic(.upgradeStopped, "a test") : nil }
    #expect(throws: Diagnostic.self) { try step.apply(StepToken(run: "r", step: "it"), context) }
    let pid = try #require(scenario.scratch.read("pid")?.split(separator: "\n").first)
    #expect(!StandaloneFile("/proc/\(pid)/status").isFile, "process \(pid) still runs")
  }

  @Test func `commands are told which upgrade they belong to, and get their secrets`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write("word", "canary-4711\n")
    let step = try scenario.step(
      "run: {apply: [sh, -c, 'echo $CFGMIGRATE_FROM $CFGMIGRATE_TO $WORD $CFGMIGRATE_TOKEN'], secrets: {WORD: {file: word}}, way-back: stays}"
    )
    let evidence = try step.apply(StepToken(run: "r1", step: "it"), try scenario.context())
    #expect(evidence == ["said": "2.1.0 2.2.0 canary-4711 r1/it"])
    #expect(scenario.secrets.hiding(evidence) == ["said": "2.1.0 2.2.0 <REDACTED> r1/it"])
  }

  @Test func `a probe says what there is`() throws {
    let scenario = DriverScenario()
    let context = try scenario.context()
    func state(_ more: String) throws -> StepState {
      try scenario.step("run: {apply: [\"true\"], way-back: stays, \(more)}").probe(context)
    }
    #expect(try state("probe: [sh, -c, exit 0]") == .applied)
    #expect(try state("probe: [sh, -c, exit 1]") == .notApplied)
    #expect(try state("probe: [sh, -c, echo half; exit 2]") == .partial(evidence: "half"))
    #expect(try state("repeatable: true") == .partial(evidence: "it may have been begun", isCompletable: true))
    for more in ["probe: [sh, -c, exit 7]", "manual: [look]"] {
      guard case .unknown = try state(more) else {
        Issue.record("\(more) is not unknown")
        continue
      }
    }
  }
}
