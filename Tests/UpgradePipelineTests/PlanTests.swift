import ConfigDocument
import ConfigStore
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct PlanTests {
  private static func plan(_ scenario: EngineScenario, earlier: [RunHistory] = []) throws -> UpgradePlan {
    try UpgradePlan(
      try scenario.spec(), UpgradeEngine.Surroundings(environment: .simulated(clock: scenario.clock)),
      at: Timestamp(rfc3339: "2026-12-05T00:30:00Z")!, earlier: earlier)
  }

  /// Two components beside each other, and one behind both.
  private static let diamond = """
    upgrade: shop
    from: "1"
    to: "2"
    preparation-time: {likely: 10m}
    validation-time: {likely: 20m}
    components: {a: {}, b: {}, c: {after: [a, b]}}
    steps:
      - {id: a1, component: a, run: {apply: [config]}, estimate: {min: 1m, likely: 10m, max: 20m}}
      - {id: b1, component: b, run: {apply: [schema]}, estimate: {likely: 4m}}
      - {id: b2, component: b, run: {apply: [route]}, estimate: {likely: 4m}}
      - {id: c1, component: c, run: {apply: [worker]}, estimate: {likely: 6m}}
    """

  @Test func `steps that run side by side take the time of the longer one`() throws {
    let plan = try Self.plan(EngineScenario(Self.diamond))
    #expect(plan.items.map(\.id) == ["a1", "b1", "b2", "c1"])
    #expect(plan.items.map(\.begin) == [0, 0, 240_000, 600_000])
    // min 8 + 6, likely 10 + 6, max 20 + 6 minutes.
    #expect(plan.steps == TimeEstimate(minimum: 840_000, likely: 960_000, maximum: 1_560_000))
    // With 10 minutes before, 20 after, and 30 percent.
    #expect(plan.total.likely == (600_000 + 960_000 + 1_200_000) * 13 / 10)
    #expect(plan.timeToRollback.likely == 24 * 60_000)
  }

  @Test func `one after the other they take the sum`() throws {
    let plan = try Self.plan(EngineScenario("side-by-side: 1\n" + Self.diamond))
    #expect(plan.steps.likely == 24 * 60_000)
  }

  @Test func `the plan's digest binds what the steps work with`() throws {
    let scenario = EngineScenario()
    let first = try Self.plan(scenario).digest
    #expect(try Self.plan(scenario).digest == first)
    scenario.system["script of config"] = "sha256:2"
    #expect(try Self.plan(scenario).digest != first)
  }

  @Test func `times of earlier runs come before estimates`() throws {
    var scenario = EngineScenario()
    scenario.meanwhile = { (context) throws(Diagnostic) in
      if context.id == "expand" { try context.sleep(milliseconds: 60_000) }
    }
    var earlier: [RunHistory] = []
    for _ in 0..<3 {
      for name in ["config", "schema"] { scenario.system[name] = "1" }
      scenario.system["route"] = "blue"
      #expect(try scenario.begin().name == "completed")
      earlier.append(try #require(try scenario.history()))
    }
    let item = try #require(try Self.plan(scenario, earlier: earlier).items.first { $0.id == "expand" })
    #expect(item.source == .history)
    #expect((60_000..<62_000).contains(item.time.likely))
  }

  @Test func `an appointment is one that calendars read`() throws {
    var scenario = EngineScenario()
    let long = "Upgrade; of, everything\\ — für alle, die damit arbeiten, und für alle, die es morgen brauchen 平台平台平台平台"
    scenario.text +=
      "\ntitle: \"Shop, 1 → 2\"\ncommunication: [{audience: end users, message: \"\(long.replacing("\\", with: "\\\\"))\\nThanks\"}]"
    let plan = try Self.plan(scenario)
    let announcement = try #require(plan.announcements.first)
    #expect(announcement.sendBy == Timestamp(rfc3339: "2026-12-02T00:30:00Z"))
    let text = announcement.calendar(stamp: Timestamp(rfc3339: "2026-11-20T10:00:00Z")!, upgrade: "shop")
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.last == "", "every line ends with CRLF")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    // Unfolded as RFC 5545, 3.1 says.
    let unfolded = text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
    #expect(
      unfolded == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cfgmigrate//upgrade//EN", "BEGIN:VEVENT",
        "UID:shop-end-users@cfgmigrate", "DTSTAMP:20261120T100000Z", "DTSTART:20261205T003000Z",
        "DTEND:20261205T003100Z", "SUMMARY:Shop\\, 1 → 2",
        "DESCRIPTION:" + long.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
          + "\\nThanks", "END:VEVENT", "END:VCALENDAR",
      ])
    #expect(announcement.sendBy.description == "2026-12-02T00:30:00.000Z")
  }

  @Test func `people read times of their own place`() throws {
    var scenario = EngineScenario()
    scenario.text +=
      "\nwindow: {utc-offset: \"-03:30\"}\ncommunication: [{audience: all, message: \"{begin} to {end}\"}]"
    let announcement = try #require(try Self.plan(scenario).announcements.first)
    #expect(announcement.text == "2026-12-04 21:00 UTC-03:30 to 2026-12-04 21:01 UTC-03:30")
  }

  @Test func `room for all steps together is looked for`() throws {
    var scenario = EngineScenario()
    var surroundings = UpgradeEngine.Surroundings(environment: .simulated(clock: scenario.clock))
    surroundings.stateDirectory = scenario.scratch.path
    #expect(!(try PreflightRun(try scenario.spec(), surroundings).report().entries.contains { $0.id == "space" }))
    scenario.system["space"] = scenario.scratch.absolute("not/yet")
    scenario.system["bytes"] = "1"
    let good = try PreflightRun(try scenario.spec(), surroundings).report().entries.last
    #expect(good?.id == "space")
    #expect(good?.result.verdict == .pass)
    scenario.system["bytes"] = "4000000000000000000"
    scenario.text += "\n# the same"
    let bad = try PreflightRun(try scenario.spec(), surroundings).report().entries.last
    #expect(bad?.result.verdict == .fail)
  }

  @Test(arguments: [
    (0, "0 B"), (1_023, "1023 B"), (1_536, "1.5 KiB"), (300 << 20, "300 MiB"), (Int.max, "7.9 EiB"),
  ])
  func `amounts are short`(bytes: Int, text: String) {
    #expect(ByteText.of(bytes) == text)
  }
}
