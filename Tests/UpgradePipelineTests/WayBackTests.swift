import ConfigDocument
import ConfigStore
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct WayBackTests {
  /// The last step fails.
  private static func failing(_ change: (inout EngineScenario) -> Void = { _ in }) -> EngineScenario {
    var scenario = EngineScenario(
      EngineScenario.threeSteps.replacing(
        "notify:", with: "  - {id: last, run: {apply: [worker, \"2\"]}}\nnotify:"))
    change(&scenario)
    scenario.system.fail("worker")
    return scenario
  }

  private static let before = ["config": "1", "schema": "2", "route": "blue"]

  @Test func `a way back that hangs ends at the step's time limit`() throws {
    let scenario = Self.failing { scenario in
      scenario.text = scenario.text.replacing("{id: config, run", with: "{id: config, undo-timeout: 20s, run")
      scenario.meanwhileUndoing = { (context) throws(Diagnostic) in
        if context.id == "config" { try context.sleep(milliseconds: 7_200_000) }
      }
    }
    guard case .rollbackIncomplete(let unfinished) = try scenario.begin() else {
      Issue.record("the way back was complete")
      return
    }
    #expect(unfinished.map(\.failure.code) == [.stepTimeout])
    #expect(scenario.platform["route"] == "blue")
  }

  @Test func `abort stops a way back, and resume goes on with it`() throws {
    let box = Pausing()
    var scenario = Self.failing()
    scenario.meanwhileUndoing = { (context) throws(Diagnostic) in
      try box.act(context.id)
      try context.sleep(milliseconds: 600_000)
    }
    let plain = scenario
    box.at("config") { () throws(Diagnostic) in try plain.ask(.abort) }
    guard case .paused(let reason) = try scenario.begin() else {
      Issue.record("the way back went on")
      return
    }
    #expect(reason.contains("`upgrade abort` by ben"))
    #expect(scenario.platform == ["config": "2", "schema": "2", "route": "blue"])
    #expect(try scenario.resume().name == "rolled back")
    #expect(scenario.platform == Self.before)
    let history = try #require(try scenario.history())
    #expect(history.rollbackReason == "worker cannot be changed")
    #expect(scenario.system.log.count { $0 == "tell failed" } == 1)
  }

  @Test func `what is still there after it was taken back is told`() throws {
    let scenario = Self.failing { $0.system.stick("config") }
    guard case .rollbackIncomplete(let unfinished) = try scenario.begin() else {
      Issue.record("the way back was complete")
      return
    }
    #expect(unfinished.map(\.failure.code) == [.undoWithoutEffect])
    scenario.system.release("config")
    #expect(try scenario.resume().name == "rolled back")
    #expect(scenario.platform == Self.before)
  }

  @Test func `a step that failed before it began is not taken back`() throws {
    let scenario = EngineScenario()
    scenario.system.hide("route")
    #expect(try scenario.begin().name == "rolled back")
    #expect(!scenario.system.log.contains("undo traffic"))
    #expect(scenario.platform == ["config": "1", "schema": "2", "route": "blue"])
  }

  @Test func `a step without a way back that had no effect does not close the way back`() throws {
    let scenario = EngineScenario(EngineScenario.threeSteps.replacing("way-back: stays", with: "way-back: none"))
    scenario.system.fail("schema")
    #expect(try scenario.begin().name == "rolled back")
    #expect(scenario.platform == EngineScenario.old)
  }

  @Test func `a step without a way back that had half its effect closes the way back`() throws {
    let scenario = EngineScenario(EngineScenario.threeSteps.replacing("way-back: stays", with: "way-back: none"))
    scenario.system.leaveHalf(of: "schema")
    #expect(try scenario.begin().name == "failed")
    #expect(code { _ = try scenario.engine().rollBack(reason: "a test") } == .pastPivot)
    #expect(scenario.platform["config"] == "2")
  }

  @Test func `a run that was completed is taken back when that is said`() throws {
    let scenario = EngineScenario()
    #expect(try scenario.begin().name == "completed")
    #expect(code { _ = try scenario.engine().rollBack(reason: "a test") } == .noRun)
    #expect(try scenario.engine().rollBack(reason: "orders are lost", completed: true).name == "rolled back")
    #expect(scenario.platform == Self.before)
    #expect(try scenario.history()?.phase == .ended(.rolledBack))
    #expect(code { _ = try scenario.engine().rollBack(reason: "a test", completed: true) } == .noRun)
  }

  @Test func `a run is taken back by the steps that it had`() throws {
    var scenario = EngineScenario(
      EngineScenario.threeSteps.replacing("{id: traffic, run", with: "{id: traffic, approve: true, run"))
    _ = try scenario.begin()
    let text = scenario.text
    // Somebody took the step away that was done.
    scenario.text = text.replacing(
      "  - {id: config, run: {apply: [config, \"2\"], effects: [configuration]}}\n", with: "")
    #expect(code { _ = try scenario.engine().rollBack(reason: "a test") } == .upgradeChanged)
    let state = try #require(try UpgradeState(readingIn: try OpenDirectory(scenario.scratch.path), upgrade: "shop"))
    let run = try #require(try scenario.history()).run
    let kept = try #require(try state.keptSpec(of: run))
    scenario.text = String(decoding: kept, as: UTF8.self)
    #expect(scenario.text == text)
    #expect(try scenario.engine().rollBack(reason: "a test").name == "rolled back")
    #expect(scenario.platform["config"] == "1")
  }

  @Test func `a process that is to end leaves a run that goes on`() throws {
    var scenario = EngineScenario()
    let isToEnd = CallCount()
    scenario.meanwhile = { (context) throws(Diagnostic) in
      guard context.id == "expand", isToEnd.value == 0 else { return }
      isToEnd.note(1)
      try context.sleep(milliseconds: 600_000)
    }
    let engine = try scenario.engine {
      $0.interruption = { isToEnd.value == 1 ? Diagnostic(.upgradeStopped, "stopped by SIGTERM") : nil }
    }
    guard case .paused("stopped by SIGTERM") = try engine.begin() else {
      Issue.record("the run did not pause")
      return
    }
    _ = consume engine
    #expect(scenario.platform == ["config": "2", "schema": "1", "route": "blue"])
    #expect(try scenario.resume().name == "completed")
    #expect(scenario.platform == EngineScenario.new)
  }

  @Test func `pauses grow, have a limit, and differ by chance`() {
    var retry = RetryPolicy()
    (retry.pause, retry.longestPause) = (10_000, 30_000)
    #expect((2...5).map { retry.pause(before: $0, chance: .max / 2) } == [9_999, 19_999, 29_999, 29_999])
    #expect(retry.pause(before: 2, chance: 0) == 8_000)
    #expect(retry.pause(before: 2, chance: .max) == 12_000)
    retry.jitter = 0
    #expect(retry.pause(before: 3, chance: 12_345) == 20_000)
  }

  @Test func `a notice is delivered again where the first delivery failed`() throws {
    let scenario = EngineScenario(EngineScenario.threeSteps)
    scenario.system.fail("mail", times: 2)
    #expect(try scenario.begin().name == "completed")
    #expect(scenario.system.log.count { $0 == "tell started" } == 3)
    let told = try #require(try scenario.history()).records.filter { $0.kind == .notified }
    #expect(told.allSatisfy { $0.details["failure"] == nil })
  }

  @Test func `a notice that cannot be delivered stops nothing, and is recorded`() throws {
    let scenario = EngineScenario(EngineScenario.threeSteps)
    scenario.system.fail("mail")
    #expect(try scenario.begin().name == "completed")
    let told = try #require(try scenario.history()).records.filter { $0.kind == .notified }
    #expect(told.count == 2)
    #expect(told.allSatisfy { $0.details["failure"]?.string == "mail cannot be changed" })
  }
}
