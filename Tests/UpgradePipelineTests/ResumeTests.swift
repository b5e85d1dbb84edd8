import ConfigDocument
import ConfigStore
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct ResumeTests {
  @Test func `a run that is paused by somebody goes on where it stopped`() throws {
    let box = Pausing()
    var scenario = EngineScenario()
    scenario.meanwhile = { (context) throws(Diagnostic) in try box.act(context.id) }
    let plain = scenario
    box.at("config") { () throws(Diagnostic) in try plain.ask(.pause) }
    #expect(try scenario.begin().name == "paused")
    #expect(scenario.platform["config"] == "2")
    #expect(scenario.platform["schema"] == "1")
    #expect(try scenario.resume().name == "completed")
    #expect(scenario.platform == EngineScenario.new)
  }

  @Test func `abort ends what runs, and leaves all as it is`() throws {
    let box = Pausing()
    var scenario = EngineScenario()
    scenario.meanwhile = { (context) throws(Diagnostic) in
      try box.act(context.id)
      try context.sleep(milliseconds: 600_000)
    }
    let plain = scenario
    box.at("config") { () throws(Diagnostic) in try plain.ask(.abort) }
    #expect(try scenario.begin().name == "paused")
    #expect(scenario.platform == EngineScenario.old)
    #expect(try scenario.history()?.step("config").failureCode == "upgrade-stopped")
  }

  @Test func `rollback from another terminal takes everything back`() throws {
    let box = Pausing()
    var scenario = EngineScenario()
    scenario.meanwhile = { (context) throws(Diagnostic) in
      try box.act(context.id)
      try context.stop.check()
    }
    let plain = scenario
    box.at("traffic") { () throws(Diagnostic) in try plain.ask(.rollback) }
    #expect(try scenario.begin().name == "rolled back")
    #expect(scenario.platform == ["config": "1", "schema": "2", "route": "blue"])
  }

  @Test func `a step waits until it is approved`() throws {
    let scenario = EngineScenario(
      EngineScenario.threeSteps.replacing("{id: traffic, run", with: "{id: traffic, approve: true, run"))
    #expect(try scenario.begin().name == "awaiting approval")
    #expect(scenario.platform["route"] == "blue")
    #expect(try scenario.resume().name == "awaiting approval")
    try scenario.ask(.approve, step: "traffic")
    #expect(try scenario.resume().name == "completed")
    #expect(try scenario.history()?.approvals == ["traffic"])
  }

  @Test func `a changed spec is refused`() throws {
    var scenario = EngineScenario(
      EngineScenario.threeSteps.replacing("{id: traffic, run", with: "{id: traffic, approve: true, run"))
    _ = try scenario.begin()
    let before = scenario.text
    scenario.text = before.replacing("green", with: "purple")
    #expect(code { _ = try scenario.resume() } == .upgradeChanged)
    // Layout and comments, and who is told, change nothing that is done.
    scenario.text = "# reviewed\n" + before.replacing("[mail]", with: "[post]")
    try scenario.ask(.approve, step: "traffic")
    #expect(try scenario.resume().name == "completed")
  }

  @Test func `a script that was edited between two processes is refused`() throws {
    let scenario = EngineScenario(
      EngineScenario.threeSteps.replacing("{id: traffic, run", with: "{id: traffic, approve: true, run"))
    scenario.system["script of route"] = "sha256:1"
    _ = try scenario.begin()
    scenario.system["script of route"] = "sha256:2"
    try scenario.ask(.approve, step: "traffic")
    #expect(code { _ = try scenario.resume() } == .upgradeChanged)
    scenario.system["script of route"] = "sha256:1"
    #expect(try scenario.resume().name == "completed")
  }

  @Test func `two engines at once are one too many`() throws {
    let scenario = EngineScenario()
    let first = try scenario.engine()
    #expect(code { _ = try scenario.engine(patience: 0) } == .locked)
    #expect(try first.begin().name == "completed")
  }

  @Test func `a second run waits for the end of the first`() throws {
    let scenario = EngineScenario(
      EngineScenario.threeSteps.replacing("{id: traffic, run", with: "{id: traffic, approve: true, run"))
    _ = try scenario.begin()
    #expect(code { _ = try scenario.begin() } == .unfinishedRun)
    try scenario.engine().abandon(reason: "a test")
    #expect(code { _ = try scenario.resume() } == .noRun)
  }

  @Test func `an edited journal is refused`() throws {
    let scenario = EngineScenario()
    _ = try scenario.begin()
    let run = try #require(try scenario.history()).run
    let name = ".cfgmigrate-upgrade/shop/runs/\(run)/journal.jsonl"
    let text = try #require(scenario.scratch.read(name))
    scenario.scratch.write(name, text.replacing("\"subject\": \"config\"", with: "\"subject\": \"konfig\""))
    #expect(code { _ = try scenario.history() } == .logDamaged)
  }
}

/// The code of the diagnostic that `body` throws; nil where it throws none.
func code(_ body: () throws -> Void) -> Diagnostic.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? Diagnostic)?.code
  }
}
