import ConfigDocument
import ConfigStore
import Foundation
import TestSupport
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct SpecTests {
  @Test func `the program carries the schema that the repository has`() throws {
    let file = try String(contentsOfFile: Repository.root + "/schemas/upgrade/upgrade.schema.json", encoding: .utf8)
    #expect(String(decoding: UpgradeSchema.bytes, as: UTF8.self) == file)
  }

  /// Every property of the schema, with the definition that it stands in.
  private static func properties(of node: Value, in owner: String) -> [(owner: String, name: String, schema: Value)] {
    switch node {
    case .array(let items): return items.flatMap { properties(of: $0, in: owner) }
    case .object(let object):
      var out: [(String, String, Value)] = []
      for (key, value) in object.members {
        if key == "properties" {
          for (name, schema) in value.object?.members ?? [] { out.append((owner, name, schema)) }
        }
        out += properties(of: value, in: ["properties", "items", "$defs"].contains(key) ? owner : key)
      }
      return out
    case .null, .bool, .number, .string: return []
    }
  }

  private static func schema() throws -> Value {
    let document = try Document(UpgradeSchema.bytes, as: .json, named: "upgrade.schema.json")
    return document.value(of: document.roots[0])
  }

  @Test func `every key has a description`() throws {
    let found = Self.properties(of: try Self.schema(), in: "the spec")
    #expect(found.count > 150)
    for (owner, name, schema) in found where schema.object?["description"] == nil {
      Issue.record("`\(name)` of \(owner) has no description")
    }
  }

  @Test func `the sample of every key has every key`() throws {
    let text = try String(contentsOfFile: Repository.root + "/samples/upgrade/every-key.yaml", encoding: .utf8)
    let document = try Document(Array(text.utf8), as: .yaml, named: "every-key.yaml")
    #expect(try UpgradeSchema.findings(in: document) == [])
    func keys(_ value: Value) -> Set<String> {
      switch value {
      case .array(let items): items.reduce(into: []) { $0.formUnion(keys($1)) }
      case .object(let object): object.members.reduce(into: []) { $0.formUnion(keys($1.value).union([$1.key])) }
      case .null, .bool, .number, .string: []
      }
    }
    let shown = keys(document.value(of: document.roots[0]))
    let known = Set(Self.properties(of: try Self.schema(), in: "").map(\.name))
    #expect(known.subtracting(shown).sorted() == [])
  }

  @Test func `components are upgraded behind those that they depend on`() throws {
    let scenario = EngineScenario(
      """
      upgrade: shop
      from: "1"
      to: "2"
      components: {c: {after: [b]}, b: {after: [a]}, a: {}}
      steps:
        - {id: c1, component: c, run: {apply: [x]}}
        - {id: a1, component: a, run: {apply: [y]}}
        - {id: b1, component: b, run: {apply: [z]}}
      """)
    #expect(try scenario.spec().steps.map(\.id) == ["a1", "b1", "c1"])
    #expect(try scenario.spec().components.map(\.id) == ["a", "b", "c"])
  }

  @Test(arguments: [
    ("components: {a: {after: [b]}, b: {after: [a]}}\nsteps: [{id: s, run: {apply: [x]}}]", "component-cycle"),
    ("steps: [{id: s, after: [t], run: {apply: [x]}}]", "unknown-reference"),
    ("steps: [{id: s, component: c, run: {apply: [x]}}]", "unknown-reference"),
    ("steps: [{id: s, run: {apply: [x]}}, {id: s, run: {apply: [y]}}]", "duplicate-id"),
    ("steps: [{id: s}]", "unknown-kind"),
    ("steps: [{id: s, timeout: soon, run: {apply: [x]}}]", "schema-pattern"),
    ("steps: [{id: s, timeout: 5x, run: {apply: [x]}}]", "bad-value"),
    ("stepz: [{id: s, run: {apply: [x]}}]\nsteps: [{id: s, run: {apply: [x]}}]", "schema-additional"),
  ])
  func `a fault is told at its place`(parts: String, expected: String) {
    let scenario = EngineScenario("upgrade: shop\nfrom: \"1\"\nto: \"2\"\n\(parts)\n")
    do {
      _ = try scenario.spec()
      Issue.record("no fault was found")
    } catch {
      #expect(error.code.rawValue == expected)
      #expect((error.place?.line ?? 0) >= 4)
    }
  }
}

@Suite struct WindowTests {
  /// Saturdays and Sundays from 01:00 to 05:00 in UTC+1, and Fridays over midnight.
  private let window = MaintenanceWindow(
    openings: [
      .init(weekdays: [5, 6], begin: 60, end: 300), .init(weekdays: [4], begin: 23 * 60, end: 30),
    ],
    blackouts: [
      .init(
        begin: Timestamp(rfc3339: "2026-12-12T00:00:00Z")!, end: Timestamp(rfc3339: "2026-12-13T00:00:00Z")!,
        reason: "audit")
    ], offset: 3_600)

  @Test(arguments: [
    ("2026-12-05T00:30:00Z", 60, true), ("2026-12-05T03:30:00Z", 60, false), ("2026-12-04T12:00:00Z", 1, false),
    ("2026-12-04T22:30:00Z", 30, true), ("2026-12-04T23:10:00Z", 10, true), ("2026-12-04T23:25:00Z", 10, false),
    ("2026-12-12T01:00:00Z", 10, false),
  ])
  func `the window is open`(at: String, minutes: Int, isOpen: Bool) {
    let moment = Timestamp(rfc3339: at)!
    #expect((window.objection(at: moment, for: minutes * 60_000) == nil) == isOpen)
  }

  @Test func `the next opening is found behind a blackout`() {
    let friday = Timestamp(rfc3339: "2026-12-11T23:40:00Z")!
    #expect(window.nextOpening(from: friday, for: 3_600_000) == Timestamp(rfc3339: "2026-12-13T00:00:00Z"))
  }
}
