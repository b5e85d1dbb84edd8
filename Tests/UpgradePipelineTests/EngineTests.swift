import ConfigDocument
import ConfigStore
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct EngineTests {
  @Test func `the steps are done in order, and the run is recorded`() throws {
    let scenario = EngineScenario()
    #expect(try scenario.begin().name == "completed")
    #expect(scenario.platform == EngineScenario.new)
    #expect(
      scenario.system.log == ["tell started", "apply config", "apply expand", "apply traffic", "tell completed"])
    let history = try #require(try scenario.history())
    #expect(history.phase == .ended(.completed))
    #expect(history.steps.values.allSatisfy { $0.status == .done })
  }

  @Test func `a failed step takes everything back, traffic first, and additive changes stay`() throws {
    let scenario = EngineScenario(
      EngineScenario.threeSteps.replacing(
        "notify:", with: "  - {id: last, run: {apply: [worker, \"2\"]}}\nnotify:"))
    scenario.system.fail("worker")
    #expect(try scenario.begin().name == "rolled back")
    #expect(scenario.platform == ["config": "1", "schema": "2", "route": "blue"])
    #expect(
      scenario.system.log == [
        "tell started", "apply config", "apply expand", "apply traffic", "apply last", "tell failed", "undo traffic",
        "undo config", "tell rolled-back",
      ])
  }

  @Test func `traffic is taken back before newer steps`() throws {
    let scenario = EngineScenario(
      """
      upgrade: shop
      from: "1"
      to: "2"
      steps:
        - {id: traffic, run: {apply: [route, green], effects: [traffic]}}
        - {id: config, run: {apply: [config, "2"]}}
        - {id: last, run: {apply: [worker, "2"]}}
      """)
    scenario.system.fail("worker")
    _ = try scenario.begin()
    #expect(scenario.system.log.suffix(2) == ["undo traffic", "undo config"])
  }

  @Test func `a step is tried again with growing pauses`() throws {
    let scenario = EngineScenario(
      EngineScenario.threeSteps.replacing(
        "{id: config, run", with: "{id: config, retry: {attempts: 3, wait: 10s}, run"))
    scenario.system.fail("config", times: 2)
    #expect(try scenario.begin().name == "completed")
    let history = try #require(try scenario.history())
    #expect(history.step("config").attempts == 3)
    let times = history.records.filter { $0.kind == .intent && $0.subject == "config" }.map(\.time)
    #expect(times[1].milliseconds(since: times[0]) >= 10_000)
    #expect(times[2].milliseconds(since: times[1]) >= 20_000)
  }

  @Test func `behind a step without a way back there is only the way forward`() throws {
    let scenario = EngineScenario(
      EngineScenario.threeSteps.replacing("way-back: stays", with: "way-back: none"))
    scenario.system.fail("route", times: 1)
    #expect(try scenario.begin().name == "failed")
    #expect(throws: Diagnostic.self) { try scenario.engine().rollBack(reason: "a test") }
    #expect(try scenario.resume().name == "completed")
    #expect(scenario.platform == EngineScenario.new)
    #expect(!scenario.system.log.contains { $0.hasPrefix("undo") })
  }

  @Test func `what cannot be taken back is told, and stops nothing that does not depend on it`() throws {
    let scenario = EngineScenario(
      """
      upgrade: shop
      from: "1"
      to: "2"
      side-by-side: 1
      components: {a: {}, b: {}, c: {after: [a, b]}}
      steps:
        - {id: a1, component: a, run: {apply: [config, "2"]}}
        - {id: a2, component: a, run: {apply: [route, green]}}
        - {id: b1, component: b, run: {apply: [schema, "2"]}}
        - {id: c1, component: c, run: {apply: [worker, "2"]}}
      """)
    scenario.system.fail("worker")
    let engine = try scenario.engine { surroundings in
      // The way back of a2 is blocked as soon as the way forward has failed.
      surroundings.listener = { [system = scenario.system] record, _ in
        if record.kind == .rollingBack { system.fail("route") }
      }
    }
    guard case .rollbackIncomplete(let unfinished) = try engine.begin() else {
      Issue.record("the way back was complete")
      return
    }
    #expect(unfinished.map(\.step) == ["a2", "a1"])
    #expect(unfinished.map(\.failure.code) == ["simulated-fault", .undoBlocked])
    #expect(unfinished[0].manualSteps == ["Set route to blue"])
    #expect(scenario.platform == ["config": "2", "route": "green", "schema": "1"])
    // When someone has repaired it, the next try goes on where this one stopped.
    _ = consume engine
    scenario.system.fail("route", times: 0)
    #expect(try scenario.resume().name == "rolled back")
    #expect(scenario.platform == EngineScenario.old)
  }

  @Test func `components that do not depend on each other run side by side`() throws {
    let both = BothWaiting()
    var scenario = EngineScenario(
      """
      upgrade: shop
      from: "1"
      to: "2"
      components: {a: {}, b: {}}
      steps:
        - {id: a1, component: a, run: {apply: [config, "2"]}}
        - {id: b1, component: b, run: {apply: [schema, "2"]}}
      """)
    scenario.meanwhile = { (context) throws(Diagnostic) in both.arrive(context.id) }
    #expect(try scenario.begin().name == "completed")
    #expect(both.met)
  }

  @Test func `steps with the same lock never run side by side`() throws {
    let both = BothWaiting(patience: 50)
    var scenario = EngineScenario(
      """
      upgrade: shop
      from: "1"
      to: "2"
      components: {a: {}, b: {}}
      steps:
        - {id: a1, component: a, run: {apply: [config, "2"], locks: [db]}}
        - {id: b1, component: b, run: {apply: [schema, "2"], locks: [db]}}
      """)
    scenario.meanwhile = { (context) throws(Diagnostic) in both.arrive(context.id) }
    #expect(try scenario.begin().name == "completed")
    #expect(!both.met)
  }

  @Test func `a step without a way back waits for all that do not come after it`() throws {
    let scenario = EngineScenario(
      """
      upgrade: shop
      from: "1"
      to: "2"
      components: {a: {}, b: {}}
      steps:
        - {id: pivot, component: a, run: {apply: [config, "2"], way-back: none}}
        - {id: b1, component: b, run: {apply: [schema, "2"]}}
        - {id: b2, component: b, run: {apply: [route, green]}}
      """)
    #expect(try scenario.begin().name == "completed")
    #expect(scenario.system.log == ["apply b1", "apply b2", "apply pivot"])
  }
}
