import ConfigDocument
import ConfigMigration
import Testing

@Suite struct RegistryTests {
  struct Step: ConfigTransformer {
    var from: String
    var to: String
    var revision = "1"
    var summary = "step"
    func migrate(_ set: inout WorkingSet) throws(Diagnostic) {}
  }

  static func registry(_ edges: [(String, String)]) throws -> Registry {
    let product = try SmallSet([:]).product
    return Registry(
      product: product, transformers: try edges.map { try Transformer(Step(from: $0.0, to: $0.1), product: product) })
  }

  static func chain(_ edges: [(String, String)], from: String, to: String? = nil) throws -> [String] {
    try registry(edges).chain(from: #require(Version(from, scheme: .semver)), to: to).map(\.id)
  }

  static let line = [("2.2", "2.3.0"), ("2.0", "2.1.0"), ("2.1", "2.2.0")]

  @Test func `a chain leads to the newest version, or to the one that is asked for`() throws {
    #expect(try Self.chain(Self.line, from: "2.0.5") == ["2.0-to-2.1.0", "2.1-to-2.2.0", "2.2-to-2.3.0"])
    #expect(try Self.chain(Self.line, from: "2.1.3", to: "2.2.0") == ["2.1-to-2.2.0"])
    #expect(try Self.chain(Self.line, from: "2.1.3", to: "2.2") == ["2.1-to-2.2.0"])
    #expect(try Self.chain(Self.line, from: "2.3.0") == [])
    #expect(try Self.chain(Self.line, from: "2.1.3", to: "2.1") == [])
  }

  @Test(arguments: [
    ("2.4.0", nil, Diagnostic.Code.versionNewer, "the newest known version is 2.3.0; get newer transformers"),
    ("1.9.0", nil, .versionUnknown, "known versions: 2.0, 2.1.0, 2.2.0, 2.3.0"),
    ("2.1.0", "9.9.9", .versionUnknown, "it has 2.0, 2.1.0, 2.2.0, 2.3.0"),
    ("2.1.0", "latest", .versionUnknown, "a version looks like `2.1.0`"),
    ("2.2.0", "2.1.0", .noPath, "`rollback` gives back the bytes of before a run"),
  ])
  func `what cannot be reached is told`(_ from: String, _ to: String?, _ code: Diagnostic.Code, _ hint: String) {
    #expect {
      try Self.chain(Self.line, from: from, to: to)
    } throws: { error in
      let error = error as? Diagnostic
      #expect(error?.hint == hint)
      return error?.code == code
    }
  }

  @Test func `two ways are refused with both of them`() {
    #expect {
      try Self.chain(Self.line + [("2.1", "2.3.0")], from: "2.1.0")
    } throws: { error in
      let error = error as? Diagnostic
      #expect(
        error?.message
          == "more than one chain leads from 2.1.0 to 2.3.0: `2.1-to-2.2.0`, `2.2-to-2.3.0`, and `2.1-to-2.3.0`")
      return error?.code == .ambiguousPath
    }
  }

  @Test(arguments: [
    (Self.line, [Diagnostic.Code]()),
    (Self.line + [("2.1", "2.2.0")], [.duplicateTransformer, .ambiguousPath]),
    ([("1", "2.0.0"), ("2", "1.0.0")], [.versionCycle, .versionCycle]),
    (Self.line + [("1.5", "2.2.0")], [.unreachableVersion]),
    (Self.line + [("2.1", "2.1.9-x")], [.deadEnd]),
    (Self.line + [("2.1", "2.3.0")], [.ambiguousPath]),
  ])
  func `the graph is checked`(_ edges: [(String, String)], _ codes: [Diagnostic.Code]) throws {
    #expect(try Self.registry(edges).findings().map(\.code) == codes)
  }

  @Test func `the graph is drawn`() throws {
    let registry = try Self.registry(Self.line)
    #expect(
      registry.drawing(.text) == """
        2.0
          → 2.1.0  step
        2.1.0
          → 2.2.0  step
        2.2.0
          → 2.3.0  step
        2.3.0  (newest)

        """)
    #expect(
      registry.drawing(.mermaid) == """
        graph LR
          v0["2.0"]
          v1["2.1.0"]
          v2["2.2.0"]
          v3["2.3.0"]
          v0 -->|"step"| v1
          v1 -->|"step"| v2
          v2 -->|"step"| v3

        """)
    #expect(
      registry.drawing(.dot) == """
        digraph "small" {
          rankdir=LR;
          "2.0";
          "2.1.0";
          "2.2.0";
          "2.3.0";
          "2.0" -> "2.1.0" [label="step"];
          "2.1.0" -> "2.2.0" [label="step"];
          "2.2.0" -> "2.3.0" [label="step"];
        }

        """)
  }
}
