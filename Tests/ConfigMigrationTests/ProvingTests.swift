import ConfigDocument
import ConfigMigration
import ConfigSchema
import Testing

@Suite struct GoldenTrialTests {
  static func trial(
    _ operations: String, before: String = "version: 1.0.0\na: 1\n", after: String
  ) throws -> GoldenTrial {
    let set = try SmallSet([:])
    let pair = GoldenTrial.Pair(
      name: "pair", before: [("main.yaml", Array(before.utf8))], after: [("main.yaml", Array(after.utf8))])
    return GoldenTrial(try set.transformer(operations), of: set.product, pairs: [pair])
  }

  static let operations = """
    - rename: {path: /a, to: b}
    - remove: {path: /nothing}
    - when: {/b: exists}
      operations:
        - default: {path: /c, value: 1}
    """

  @Test func `a pair holds, and what it does not exercise is told`() throws {
    let report = try Self.trial(Self.operations, after: "version: 2.0.0\nb: 1\nc: 1\n").run()
    #expect(report.holds)
    #expect(report.unexercised.map(\.name) == ["remove"])
  }

  @Test func `a pair that does not hold is told at its line`() throws {
    let report = try Self.trial(Self.operations, after: "version: 2.0.0\nb: 2\nc: 1\n").run()
    let finding = try #require(report.outcomes.first?.findings.first)
    #expect(finding.message == "line 2 of the result is `b: 1`, and `after` says `b: 2`")
    #expect(finding.place?.description == "main.yaml:2:1")
    #expect(!report.holds)
  }

  @Test func `a failure of the migration is one of the pair`() throws {
    let report = try Self.trial("- rename: {path: /x, to: y, required: true}", after: "").run()
    #expect(report.outcomes.first?.findings.map(\.code) == [.requiredAddress])
  }

  @Test func `a set of another version is no pair of the transformer`() throws {
    let report = try Self.trial(Self.operations, before: "version: 3.0.0\n", after: "").run()
    #expect(report.outcomes.first?.findings.map(\.code) == [.goldenPair])
  }

  @Test func `mutations that no pair notices survive`() throws {
    let trial = try Self.trial(Self.operations, after: "version: 2.0.0\nb: 1\nc: 1\n")
    let report = trial.mutate()
    // Left out: the three and the one inside. Perturbed: the key of the rename, the value of the default.
    #expect(report.tried == 6)
    #expect(report.survivors.map(\.message) == ["`remove` left out: no pair notices"])
    #expect(report.survivors.first?.place?.line == 8)
  }

  @Test func `a note that nobody would miss is noticed`() throws {
    let operations = "- note: {level: info, message: hello}"
    let report = try Self.trial(operations, after: "version: 2.0.0\na: 1\n").mutate()
    #expect(report.survivors.isEmpty)
    #expect(report.tried == 2)
  }
}

@Suite struct VerificationTests {
  static let productText = """
    product: small
    versions: {at: main.yaml#/version}
    files: [{path: main.yaml, layer: base}]
    schemas: schemas/{version}.json
    """
  static let source: Value = [
    "type": "object", "required": ["version", "size"],
    "properties": [
      "version": ["type": "string", "pattern": #"^\d+\.\d+\.\d+$"#],
      "size": ["type": "integer", "minimum": 0, "maximum": 100], "name": ["type": "string"],
      "tags": ["type": "array", "items": ["type": "string"]],
    ],
    "additionalProperties": false,
  ]

  static func report(_ operations: String, target: Value) throws -> Verification.Report {
    let set = try SmallSet([:], product: productText)
    let schema = try Schema.compile(target)
    let verification = try Verification(
      of: set.product, from: #require(Version("1.0.0", scheme: .semver)), source: Schema.compile(source),
      planner: { Planner(registry: $0, schemas: { _ in schema }) })
    return verification.run(try set.transformer(operations))
  }

  @Test func `a transformer that is right has no failures, and draws from the whole schema`() throws {
    let report = try Self.report(
      "- rename: {path: /name, to: title}", target: ["properties": ["name": false, "size": ["maximum": 100]]])
    #expect(report.failures.isEmpty)
    #expect(report.migrated == 200)
    #expect(report.coverage.drawn == report.coverage.of)
    #expect(report.unexercised.isEmpty)
    #expect(report.returned == 200)
  }

  @Test func `an invalid result is told with the smallest set for it`() throws {
    let report = try Self.report("- remove: {path: /nothing}", target: ["properties": ["size": ["maximum": 50]]])
    #expect(report.failures.count == 1)
    #expect(report.failures.first?.example == "version: 1.0.0\nsize: 51\n")
    #expect(report.unexercised.map(\.name) == ["remove"])
  }

  @Test func `an operation that fails is told with the smallest set for it`() throws {
    let report = try Self.report("- join: {path: /tags, separator: a}", target: true)
    #expect(report.failures.map(\.finding.code) == [.valueRefused])
    #expect(report.failures.first?.example == "version: 1.0.0\nsize: 0\ntags:\n  - a\n")
  }

  @Test func `a requirement refuses, and that is no failure`() throws {
    let report = try Self.report("- require: {that: {/size: {below: 50}}, message: m}", target: true)
    #expect(report.failures.isEmpty)
    #expect(report.refused > 0)
    #expect(report.migrated > 0)
  }

  @Test func `a set that does not come back is told`() throws {
    let wrong = try Self.report(
      "- rename: {path: /name, to: title, reverse: {rename: {path: /title, to: nom}}}", target: true)
    #expect(wrong.failures.map(\.finding.code) == [.wayBackDiffers])
    #expect(wrong.failures.first?.example == "version: 1.0.0\nsize: 0\nname: a\n")
    // What is lost is a gap, and brought back by the record.
    let whole = try Self.report("- remove: {path: /name}", target: true)
    #expect(whole.returned == 200)
  }

  @Test func `the shipped transformers take every set that is drawn to a valid one`() throws {
    let planner = try ShippedProduct.planner()
    let product = try ShippedProduct.product()
    for transformer in planner.registry.transformers {
      let source = try #require(planner.schemas?(transformer.from.oldest.label))
      let verification = try Verification(
        of: product, from: transformer.from.oldest, source: source,
        planner: { Planner(registry: $0, schemas: planner.schemas) })
      var options = Verification.Options()
      options.count = 25
      options.shrinking = 50
      let report = verification.run(transformer, options)
      for failure in report.failures where failure.finding.severity == .error {
        Issue.record("\(transformer): \(failure.finding)\n\(failure.example)")
      }
    }
  }
}

@Suite struct EquivalenceTests {
  static func registry(_ equivalent: String, direct: String = "b") throws -> Registry {
    let product = try SmallSet(
      [:],
      product: """
        product: small
        versions: {scheme: semver, at: main.yaml#/version\(equivalent)}
        files: [{path: main.yaml, layer: base}]
        """
    ).product
    func step(_ from: String, _ to: String, _ key: String, _ new: String) throws -> Transformer {
      let text = """
        transformer: 1
        product: small
        from: \(from)
        to: \(to)
        summary: s
        operations: [{rename: {path: /\(key), to: \(new)}}]
        """
      return try Transformer(
        Document(Array(text.utf8), as: .yaml, named: "\(from)-to-\(to).yaml"), product: product)
    }
    return Registry(
      product: product,
      transformers: [
        try step("1.0.0", "2.0.0", "z", "a"), try step("2.0.0", "2.1.0", "a", "x"),
        try step("2.1.0", "3.0.0", "x", "b"),
        try step("2.0.0", "3.0.0", "a", direct), try step("3.0.0", "4.0.0", "b", "c"),
      ])
  }

  static let declared = ", equivalent: [{from: 2.0.0, to: 3.0.0}]"

  @Test func `chains that are declared equivalent are one, and the shortest is taken`() throws {
    let registry = try Self.registry(Self.declared)
    let start = try #require(Version("1.0.0", scheme: .semver))
    #expect(try registry.chain(from: start).map(\.id) == ["1.0.0-to-2.0.0", "2.0.0-to-3.0.0", "3.0.0-to-4.0.0"])
    #expect(registry.findings() == [])
  }

  @Test func `chains that are not are ambiguous`() throws {
    #expect(try Self.registry("").findings().map(\.code) == [.ambiguousPath])
    #expect(
      try Self.registry(", equivalent: [{from: 2.0.0, to: 4.0.0}]").findings().map(\.code) == [.ambiguousPath])
  }

  @Test func `a promise about one chain is told`() throws {
    let findings = try Self.registry(", equivalent: [{from: 2.0.0, to: 3.0.0}, {from: 1.0.0, to: 2.0.0}]").findings()
    #expect(findings.map(\.code) == [.idleEquivalence])
    #expect(findings.first?.place?.description == "product.yaml:2:91")
  }

  @Test(arguments: [("b", true), ("d", false)])
  func `a promise is tried`(_ direct: String, _ holds: Bool) throws {
    let registry = try Self.registry(Self.declared, direct: direct)
    let verification = try Verification(
      of: registry.product, from: #require(Version("2.0.0", scheme: .semver)),
      source: Schema.compile([
        "type": "object", "properties": ["version": ["const": "2.0.0"], "a": ["type": "integer"]],
        "required": ["version"], "additionalProperties": false,
      ]),
      planner: { Planner(registry: $0) })
    let equivalence = try #require(registry.product.versions.equivalences.first)
    let chains = registry.chains(of: equivalence)
    #expect(chains.count == 2)
    let failure = verification.compare(chains[0], chains[1])
    #expect((failure == nil) == holds)
    if let failure { #expect(failure.example == "version: 2.0.0\na: 0\n") }
  }
}
