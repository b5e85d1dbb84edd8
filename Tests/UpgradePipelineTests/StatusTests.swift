import ConfigDocument
import ConfigStore
import Synchronization
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct StatusTests {
  /// Ten minutes beside four and four, and six behind both: sixteen, where their sum is twenty-four.
  private static let diamond = """
    upgrade: shop
    from: "1"
    to: "2"
    components: {a: {}, b: {}, c: {after: [a, b]}}
    steps:
      - {id: a1, component: a, run: {apply: [config, "2"]}, estimate: {likely: 10m}}
      - {id: b1, component: b, run: {apply: [schema, "2"]}, estimate: {likely: 4m}}
      - {id: b2, component: b, run: {apply: [worker, "2"]}, estimate: {likely: 4m}}
      - {id: c1, component: c, run: {apply: [route, green]}, estimate: {likely: 6m}}
    """

  /// What is left whenever a step begins, in minutes.
  private static func remaining(_ text: String) throws -> [Int] {
    let scenario = EngineScenario(text)
    let spec = try scenario.spec()
    let surroundings = UpgradeEngine.Surroundings(environment: .simulated(clock: scenario.clock))
    let plan = try UpgradePlan(spec, surroundings, at: scenario.clock.now(), earlier: [])
    let times = Dictionary(uniqueKeysWithValues: plan.items.map { ($0.id, $0.time) })
    let seen = RemainingMinutes()
    let ending = try scenario.engine {
      $0.listener = { record, history in
        guard record.kind == .intent else { return }
        let status = UpgradeStatus(history, of: spec, times: times, progress: nil, now: scenario.clock.now())
        seen.note(status.remaining.map { ($0 + 30_000) / 60_000 } ?? -1)
      }
    }.begin()
    #expect(ending.name == "completed")
    return seen.values
  }

  @Test func `what runs side by side is waited for once`() throws {
    let left = try Self.remaining(Self.diamond)
    #expect(left.first == 16)
    #expect(left.last == 6)
  }

  @Test func `one after the other all is waited for`() throws {
    let left = try Self.remaining("side-by-side: 1\n" + Self.diamond)
    #expect(left == [24, 14, 10, 6])
  }
}

/// What was left when steps began: they begin in threads of their own.
private final class RemainingMinutes: Sendable {
  private let held = Mutex<[Int]>([])

  func note(_ minutes: Int) { held.withLock { $0.append(minutes) } }
  var values: [Int] { held.withLock { $0 } }
}
