import ConfigDocument
import ConfigMigration
import Testing

/// An anchored value is edited once, and only for those who are meant.
@Suite struct AliasTests {
  static func migrate(_ text: String, _ operations: String) throws -> Plan {
    try SmallSet(["main.yaml": "version: 1.0.0\n" + text]).plan(operations)
  }

  static let rename = "- rename: {path: \"/jobs/*/retry\", to: retries}"

  @Test func `where all users are meant, the anchor is edited once`() throws {
    let plan = try Self.migrate("jobs:\n  a: &d\n    retry: 3\n  b: *d\n", Self.rename)
    #expect(plan["main.yaml"] == "version: 2.0.0\njobs:\n  a: &d\n    retries: 3\n  b: *d\n")
    #expect(plan.warnings == [])
  }

  @Test func `where only an alias is meant, it is expanded, and the plan says so`() throws {
    let plan = try Self.migrate("d: &d\n  retry: 3\njobs:\n  b: *d\n", Self.rename)
    #expect(plan["main.yaml"] == "version: 2.0.0\nd: &d\n  retry: 3\njobs:\n  b:\n    retries: 3\n")
    #expect(plan.warnings.map(\.code) == [.aliasExpanded])
  }

  @Test func `where only the anchored one is meant, its aliases keep what they have`() throws {
    let plan = try Self.migrate("jobs:\n  a: &d\n    retry: 3\nother: *d\n", Self.rename)
    #expect(plan["main.yaml"] == "version: 2.0.0\njobs:\n  a: &d\n    retries: 3\nother:\n  retry: 3\n")
  }

  @Test func `what a merge key brings is left alone, with a warning`() throws {
    let plan = try Self.migrate("d: &d {retry: 3}\njobs:\n  b:\n    <<: *d\n    x: 1\n", Self.rename)
    #expect(plan["main.yaml"] == "version: 2.0.0\nd: &d {retry: 3}\njobs:\n  b:\n    <<: *d\n    x: 1\n")
    #expect(plan.warnings.map(\.code) == [.mergedValue])
  }

  @Test func `a merge that shows a change is told, one that hides it is not`() throws {
    let plan = try Self.migrate(
      "jobs:\n  a: &a {retry: 3}\nb:\n  <<: *a\nc:\n  <<: *a\n  retry: 5\n", "- set: {path: /jobs/a/retry, value: 4}")
    #expect(plan.warnings.map(\.code) == [.sharedAnchor])
    #expect(plan.warnings.first?.place?.line == 5)
  }

  @Test func `an item of an each that merges another is worked itself`() throws {
    let plan = try Self.migrate(
      "jobs:\n  a: &a\n    cron: x\n  b:\n    <<: *a\n    cron: y\n",
      "- each: {in: \"/jobs/*\", do: [{move: {from: /cron, to: /at/cron}}]}")
    #expect(
      plan["main.yaml"]
        == "version: 2.0.0\njobs:\n  a: &a\n    at:\n      cron: x\n  b:\n    <<: *a\n    at:\n      cron: y\n")
    #expect(plan.warnings == [])
  }

  @Test func `an anchored scalar is converted once`() throws {
    let plan = try Self.migrate(
      "jobs:\n  a: {t: &t 30s}\n  b: {t: *t}\n",
      "- convert: {path: \"/jobs/*/t\", from: duration, to: integer, unit: s}")
    #expect(plan["main.yaml"] == "version: 2.0.0\njobs:\n  a: {t: &t 30}\n  b: {t: *t}\n")
  }

  @Test func `reading sees what aliases and merge keys bring`() throws {
    let plan = try Self.migrate(
      "d: &d {n: 3}\nm:\n  <<: *d\na: *d\n",
      """
      - default: {path: /m/n, value: 9}
      - default: {path: /seen, value: 1, when: {/m/n: {equals: 3}, /a/n: {above: 2}}}
      """)
    #expect(plan["main.yaml"] == "version: 2.0.0\nd: &d {n: 3}\nm:\n  <<: *d\na: *d\nseen: 1\n")
  }
}
