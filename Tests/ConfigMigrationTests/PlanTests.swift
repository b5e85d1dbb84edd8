import ConfigDocument
import ConfigMigration
import ConfigSchema
import Testing

@Suite struct PlanTests {
  @Test func `the version is written wherever the set says it, in its quotes`() throws {
    let product = """
      product: small
      versions: {at: ["main.yaml#/version", "env/{e}.yaml#/meta/version"]}
      files: [{path: main.yaml, layer: base}, {path: "env/*.yaml", layer: overlay}]
      """
    let plan = try SmallSet(
      [
        "main.yaml": "version: '1.0.0'   # ours\n", "env/a.yaml": "meta: {version: \"1.0.0\"}\n",
        "env/b.yaml": "x: 1\n", "other.txt": "not ours",
      ], product: product
    ).plan("[]")
    #expect(plan["main.yaml"] == "version: '2.0.0'   # ours\n")
    #expect(plan["env/a.yaml"] == "meta: {version: \"2.0.0\"}\n")
    #expect(plan["env/b.yaml"] == "x: 1\n")
    #expect(plan.files.map(\.path) == ["main.yaml", "env/a.yaml", "env/b.yaml"])
  }

  @Test func `versions that differ are told with both places`() throws {
    let product = """
      product: small
      versions: {at: ["main.yaml#/version", "env/{e}.yaml#/version"]}
      files: [{path: main.yaml, layer: base}, {path: "env/*.yaml", layer: overlay}]
      """
    let set = try SmallSet(
      ["main.yaml": "version: 1.0.0\n", "env/a.yaml": "version: 1.1.0\n"], product: product)
    #expect {
      _ = try set.plan("[]")
    } throws: { error in
      let error = error as? Diagnostic
      #expect(error?.message == "the set says version 1.1.0 here and 1.0.0 elsewhere")
      #expect(error?.place?.description == "env/a.yaml:1:10")
      #expect(error?.related.first?.place.description == "main.yaml:1:10")
      return error?.code == .versionMixed
    }
  }

  @Test(arguments: [
    ("x: 1\n", "the set does not say its version, and nothing that it holds tells it"),
    ("version: banana\n", "`banana` is no version of the scheme `semver`"),
  ])
  func `a version that is not known is told`(_ text: String, _ message: String) throws {
    #expect {
      _ = try SmallSet(["main.yaml": text]).plan("[]")
    } throws: { error in
      #expect((error as? Diagnostic)?.message == message)
      return (error as? Diagnostic)?.code == .versionUnknown
    }
  }

  @Test func `a version is detected, and a contradiction reported`() throws {
    let product = """
      product: small
      versions:
        at: main.yaml#/version
        detect:
          - {version: 1.5.0, when: {"main.yaml#/new": exists}}
          - {version: 1.0.0, when: {"main.yaml#/old": exists}}
      files: [{path: main.yaml, layer: base}]
      """
    let detected = try SmallSet(["main.yaml": "old: 1\n"], product: product).plan("[]")
    #expect(detected.from == "1.0.0")
    #expect(!detected.changesAnything)
    let odd = try SmallSet(["main.yaml": "version: 1.0.0\nnew: 1\n"], product: product).plan("[]")
    #expect(odd.warnings.map(\.code) == [.versionContradicted])
  }

  @Test func `a set that is at its target is left alone`() throws {
    let set = try SmallSet(["main.yaml": "version: 2.0.0\na:   1\n"])
    let plan = try set.plan("- remove: {path: /a}")
    #expect(plan.steps.isEmpty)
    #expect(!plan.changesAnything)
    #expect(plan.diff.isEmpty)
  }

  @Test func `a set without files of the product is told`() throws {
    #expect {
      _ = try SmallSet(["x.txt": ""]).plan("[]")
    } throws: { ($0 as? Diagnostic)?.code == .emptySet }
  }

  @Test func `of several files that do not parse the first one by path is told`() throws {
    let error = #expect(throws: Diagnostic.self) {
      try SmallSet(["main.yaml": "version: [", "env/a.yaml": "b: ]", "env/b.yaml": "c: ["]).plan("[]")
    }
    #expect(error?.place?.file == "env/a.yaml")
  }

  @Test func `the plan counts what each operation found, and who wrote what`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: {x: 1}\nb: {x: 2}\n"]).plan(
      """
      - rename: {path: "/*/x", to: y}
      - remove: {path: /nothing}
      - when: {/a: exists}
        operations:
          - default: {path: /c, value: 1}
      """)
    let operations = try #require(plan.steps.first?.operations)
    #expect(operations.map(\.matches) == [2, 0, 1])
    #expect(operations[2].inner.map(\.matches) == [1])
    let names = plan.files[0].changes.map { change in plan.authors.first { $0.author == change.author }?.operation }
    #expect(Set(names) == ["version", "rename", "default"])
    #expect(plan.summary.operations == 3)
    #expect(plan.summary.filesChanged == 1)
    #expect(String(decoding: plan.diff, as: UTF8.self).hasPrefix("--- a/main.yaml\n+++ b/main.yaml\n"))
  }

  @Test func `the canonical form is of what a transformer means`() throws {
    let set = try SmallSet([:])
    let one = try set.transformer("- move: {from: /a, to: /b}")
    let same = try set.transformer("# why\n- move:\n    to: /b\n    from: \"/a\"")
    let other = try set.transformer("- move: {from: /a, to: /c}")
    #expect(one.canonicalForm == same.canonicalForm)
    #expect(one.canonicalForm != other.canonicalForm)
    let ordered = try set.transformer("- set: {path: /a, value: {x: 1, y: 2}}")
    let reordered = try set.transformer("- set: {path: /a, value: {y: 2, x: 1}}")
    #expect(ordered.canonicalForm != reordered.canonicalForm)
  }

  @Test func `the schema of a version is its own, or the nearest below it`() throws {
    let product = try SmallSet([:]).product
    let labels = ["2.0.0", "2.1.0", "2.1.2", "2.2.0"]
    for (version, label) in [("2.1.0", "2.1.0"), ("2.1.1", "2.1.0"), ("2.1.7", "2.1.2"), ("2.3.1", nil)] {
      #expect(
        try product.schemaLabel(for: #require(Version(version, scheme: .semver)), among: labels) == label)
    }
  }

  static let schemaProduct = """
    product: small
    versions: {at: main.yaml#/version}
    files: [{path: main.yaml, layer: base}, {path: "env/*.yaml", layer: overlay}]
    schemas: schemas/{version}.json
    """

  static func validated(_ set: SmallSet, _ operations: String, schemas: [String: Value]) throws -> Plan {
    let configuration = try ConfigurationSet(product: set.product, files: set.files)
    let compiled = try schemas.mapValues { try Schema.compile($0) }
    let registry = Registry(product: set.product, transformers: [try set.transformer(operations)])
    return try Planner(registry: registry) { compiled[$0] }.plan(configuration)
  }

  @Test func `an invalid result is an error at the layer that it came from, an invalid source a warning`() throws {
    let set = try SmallSet(
      ["main.yaml": "version: 1.0.0\na: 1\n", "env/e.yaml": "a: x\n", "env/f.yaml": "b: 1\n"],
      product: Self.schemaProduct)
    let schema: Value = ["properties": ["a": ["type": "integer"]]]
    let plan = try Self.validated(set, "- rename: {path: /b, to: c}", schemas: ["1.0.0": schema, "2.0.0": schema])
    #expect(plan.validation.source.map(\.severity) == [.warning])
    #expect(plan.validation.target.map(\.severity) == [.error])
    #expect(plan.validation.target.first?.place?.description == "env/e.yaml:1:4")
    #expect(plan.summary.errors == 1)
  }

  @Test func `a missing schema is told`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\n"], product: Self.schemaProduct)
    #expect {
      _ = try Self.validated(set, "[]", schemas: ["1.0.0": true])
    } throws: { error in
      let error = error as? Diagnostic
      #expect(error?.hint == "the product says that it is `schemas/2.0.0.json`, beside `product.yaml`")
      return error?.code == .schemaMissing
    }
    let plan = try Self.validated(set, "[]", schemas: ["2.0.0": true])
    #expect(plan.warnings.map(\.code) == [.schemaMissing])
    #expect(plan.warnings.map(\.severity) == [.warning])
  }
}
