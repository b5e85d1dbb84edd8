import ConfigDocument
import ConfigStore
import StoreTestSupport
import SystemPackage
import TestSupport
import Testing
import UpgradeContracts
import UpgradePipeline

/// The engine is killed, or the disk fails, at the n-th call that changes the disk; n grows until nothing is left to fail.
/// Whatever happened, the next process brings the upgrade to the end that an unbroken run has, and does nothing twice.
@Suite struct EngineAnomalyTests {
  enum Kind: CaseIterable, Sendable {
    case killed, ioError, noSpaceFromThenOn, shortWrites

    func fault(at n: Int) -> FaultyFileSystem.Fault {
      switch self {
      case .killed: .killed(at: n)
      case .ioError: .failing(.ioError, at: n)
      case .noSpaceFromThenOn: .failing(.noSpace, at: n, lasting: true)
      case .shortWrites: .shortWrites(from: n)
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `an upgrade that was cut off ends as an unbroken one`(kind: Kind) throws {
    for n in 1... {
      let scenario = EngineScenario()
      let faulty = FaultyFileSystem(kind.fault(at: n))
      let ending = try? scenario.engine(through: faulty).begin()
      try expectCompleted(scenario, ending, "\(kind) at call \(n)")
      guard faulty.hasStruck else {
        print("Upgrades, \(kind): up to call \(n)")
        break
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `a way back that was cut off ends as an unbroken one`(kind: Kind) throws {
    let text = EngineScenario.threeSteps.replacing(
      "notify:", with: "  - {id: last, run: {apply: [worker, \"2\"]}}\nnotify:")
    for n in 1... {
      let scenario = EngineScenario(text)
      scenario.system.fail("worker")
      let faulty = FaultyFileSystem(kind.fault(at: n))
      var ending = try? scenario.engine(through: faulty).begin()
      for _ in 0..<2 where ending == nil { ending = try goOn(scenario) }
      #expect(ending?.name == "rolled back", "\(kind) at call \(n)")
      #expect(scenario.platform == ["config": "1", "schema": "2", "route": "blue"], "\(kind) at call \(n)")
      let undos = scenario.system.log.filter { $0.hasPrefix("undo") }
      #expect(undos == ["undo traffic", "undo config"], "\(kind) at call \(n)")
      guard faulty.hasStruck else {
        print("Ways back, \(kind): up to call \(n)")
        break
      }
    }
  }

  @Test func `a process that goes on and is killed as well leaves it to the next one`() throws {
    for n in stride(from: 8, to: 200, by: Thoroughness.sample(every: 5)) {
      var isPast = false
      for m in 1... {
        let scenario = EngineScenario()
        let first = FaultyFileSystem(.killed(at: n))
        _ = try? scenario.engine(through: first).begin()
        isPast = !first.hasStruck
        if isPast { break }
        let second = FaultyFileSystem(.killed(at: m))
        let ending = try? goOn(scenario, through: second)
        try expectCompleted(scenario, ending, "killed at call \(n), then at call \(m)")
        if !second.hasStruck { break }
      }
      if isPast { break }
    }
  }

  /// In the middle of what a step does, and not in a call of the engine.
  @Test func `a step that was cut off half way is not gone on with by guessing`() throws {
    let scenario = EngineScenario()
    scenario.system.leaveHalf(of: "schema")
    // The answer of the step does not reach the journal either.
    let counting = FaultyFileSystem(.killed(at: .max))
    let killer = FaultyFileSystem(.killed(at: try callsUntilIntent(of: "expand", counting) + 1))
    _ = try? scenario.engine(through: killer).begin()
    guard case .unclear("expand", .partial) = try scenario.resume() else {
      Issue.record("the run went on")
      return
    }
    // Someone looks, repairs it, and says so.
    scenario.system["schema"] = "2"
    #expect(try scenario.engine().resume(assuming: ["expand": .applied]).name == "completed")
    #expect(scenario.platform == EngineScenario.new)
  }

  /// How many calls an engine makes until the intent of a step is durable.
  private func callsUntilIntent(of id: String, _ counting: FaultyFileSystem) throws -> Int {
    let calls = CallCount()
    let scenario = EngineScenario()
    _ = try scenario.engine(through: counting) {
      $0.listener = { record, _ in
        if record.kind == .intent, record.subject == id { calls.note(counting.calls) }
      }
    }.begin()
    return calls.value
  }

  private func goOn(
    _ scenario: EngineScenario, through fileSystem: any FileSystem = LocalFileSystem()
  ) throws -> RunEnding {
    let engine = try scenario.engine(through: fileSystem)
    guard let last = try scenario.history() else { return try engine.begin() }
    switch last.phase {
    case .ended(.rolledBack): return .rolledBack(nil)
    case .ended: return .completed
    case .running, .paused: return try engine.resume()
    }
  }

  private func expectCompleted(_ scenario: EngineScenario, _ ending: RunEnding?, _ label: Comment) throws {
    var ending = ending
    if ending == nil { ending = try goOn(scenario) }
    #expect(ending?.name == "completed", label)
    #expect(scenario.platform == EngineScenario.new, label)
    for id in ["config", "expand", "traffic"] {
      #expect(scenario.system.log.count { $0 == "apply \(id)" } == 1, label)
    }
    #expect(try scenario.history()?.phase == .ended(.completed), label)
  }
}
