import ConfigDocument
import ConfigMigration
import ConfigSchema
import Testing

/// What each rule finds, at its place, and that it finds nothing where nothing is wrong.
@Suite struct LintTests {
  static let source: Value = [
    "type": "object",
    "properties": [
      "version": ["type": "string"], "name": ["type": "string"], "size": ["type": "integer", "default": 4],
      "jobs": [
        "type": "object",
        "additionalProperties": [
          "type": "object", "properties": ["retry": ["type": "integer", "default": 1]], "additionalProperties": false,
        ],
      ],
      "tags": ["type": "array", "items": ["type": "string"]],
    ],
    "additionalProperties": false,
  ]
  static let target: Value = [
    "type": "object",
    "properties": [
      "version": ["type": "string"], "title": ["type": "string"], "size": ["type": "integer", "default": 8],
      "jobs": [
        "type": "object",
        "additionalProperties": [
          "type": "object", "properties": ["retries": ["type": "integer", "default": 5]],
          "additionalProperties": false,
        ],
      ],
      "tags": ["type": "array", "items": ["type": "string"]],
    ],
    "additionalProperties": false,
  ]

  /// The findings of some operations, without those about the head.
  static func findings(_ operations: String, answered: Bool = true) throws -> [String] {
    let answers = "\n- note: {level: info, path: /size, message: m}\n- note: {level: info, path: /jobs, message: m}"
    let lines = (operations + (answered ? answers : "")).split(separator: "\n", omittingEmptySubsequences: false)
    let text = """
      transformer: 1
      product: small
      from: 1.0.0
      to: 2.0.0
      summary: s
      tests: [{before: a, after: b}]
      operations:
      \(lines.map { "  " + $0 }.joined(separator: "\n"))
      """
    let document = try Document(Array(text.utf8), as: .yaml, named: "step.yaml")
    let transformer = try Transformer(document, product: SmallSet([:]).product)
    let lint = TransformerLint(
      transformer, document: document, source: try Schema.compile(source), target: try Schema.compile(target))
    return lint.findings().map { finding in
      let place = finding.place.map { "\($0.line):\($0.column) " } ?? ""
      return "\(place)\(finding.code) \(finding.message)\(finding.hint.map { " | \($0)" } ?? "")"
    }
  }

  static let good = """
    - rename: {path: /name, to: title}
    - rename: {path: "/jobs/*/retry", to: retries}
    """

  @Test func `a transformer that is right is let be`() throws {
    #expect(try Self.findings(Self.good) == [])
  }

  @Test func `an address that the source schema cannot hold is told, with the nearest that it can`() throws {
    #expect(
      try Self.findings("- rename: {path: /nmae, to: title}\n" + Self.good) == [
        "8:5 dead-operation the schema of version 1.0.0 cannot hold `/nmae`, so nothing is ever found | did you mean `/name`?"
      ])
    #expect(
      try Self.findings("- note: {level: info, path: \"/jobs/*/retires\", message: m}\n" + Self.good) == [
        "8:5 dead-operation the schema of version 1.0.0 cannot hold `/jobs/*/retires`, so nothing is ever found | did you mean `/jobs/*/retry`?"
      ])
  }

  @Test func `what an earlier operation makes is there`() throws {
    let operations = Self.good + "\n- rewrite: {path: /title, match: a, with: b, reverse: {match: b, with: a}}"
    #expect(try Self.findings(operations) == [])
  }

  @Test func `what an earlier operation took away is not there`() throws {
    #expect(
      try Self.findings(Self.good + "\n- convert: {path: /name, to: string}") == [
        "10:5 dead-operation `/name` is never there when `convert` looks for it | put it before the operation that takes it away"
      ])
    let conditional = """
      - rename: {path: /name, to: title, when: {/size: exists}}
      - rename: {path: /name, to: title}
      """
    #expect(try Self.findings(conditional).filter { $0.contains("dead-operation") } == [])
  }

  @Test func `inside of each, addresses are those of the items`() throws {
    let operations = """
      - each:
          in: "/jobs/*"
          do:
            - rename: {path: /retry, to: retries}
            - rename: {path: /nothing, to: retries}
      """
    #expect(
      try Self.findings("- rename: {path: /name, to: title}\n" + operations) == [
        "13:11 dead-operation the schema of version 1.0.0 cannot hold `/jobs/*/nothing`, so nothing is ever found | is the address right?"
      ])
  }

  @Test func `what the target schema cannot hold is told, unless it is taken away again`() throws {
    #expect(
      try Self.findings("- rename: {path: /name, to: titel}") == [
        "8:5 target-refused `/titel` is made here, and the schema of version 2.0.0 cannot hold it | did you mean `/title`?"
      ])
    #expect(
      try Self.findings("- rename: {path: /name, to: label}\n- rename: {path: /label, to: title}") == [])
  }

  @Test func `two operations on one place are told`() throws {
    let operations = """
      - default: {path: /title, value: x}
      - default: {path: /title, value: y}
      """
    #expect(
      try Self.findings(operations) == [
        "9:5 operation-conflict `/title` is written twice: the second one never finds it absent | keep one of them, or give one a `when`"
      ])
    #expect(try Self.findings("- move: {from: /name, to: /title}\n- default: {path: /title, value: y}") == [])
  }

  @Test func `a capture that nothing uses is told`() throws {
    #expect(
      try Self.findings("- rename: {path: \"/jobs/{job}/retry\", to: retries}") == [
        "8:5 unused-capture the capture `{job}` of `/jobs/{job}/retry` is never used | write `*`, or use it in the target"
      ])
    #expect(
      try Self.findings("- rename: {path: \"/jobs/{job}/retry\", to: retries, when: {\"/jobs/{job}\": exists}}") == [])
  }

  @Test func `a loss that is not explained is told`() throws {
    #expect(
      try Self.findings("- remove: {path: /name}") == [
        "8:5 loss-unsaid without a record of the run there is no way back from `remove`: what it removes is not known on the way back | say why that is all right with `lossy: …`, or give what to put back with `restore: …`"
      ])
    #expect(try Self.findings("- remove: {path: /name, restore: x}") == [])
    #expect(try Self.findings("- remove: {path: /name, lossy: nobody reads it}") == [])
    let table = "- map: {path: /size, values: [[1, 5], [2, 5]]}"
    #expect(try Self.findings(table).map { $0.prefix(15) } == ["8:5 loss-unsaid"])
  }

  @Test func `a changed default wants an answer, also where its place moves`() throws {
    let said = try Self.findings(Self.good, answered: false)
    #expect(
      said == [
        "4:5 unanswered-default the default of `/size` is 4 in 1.0.0 and 8 in 2.0.0, and nothing answers that | keep the old behaviour with `pin_default: {path: /size, value: 4}`, or tell the operator with a `note` that has `path: /size`",
        "4:5 unanswered-default the default of `/jobs/*/retries` is 1 in 1.0.0 and 5 in 2.0.0, and nothing answers that | keep the old behaviour with `pin_default: {path: /jobs/*/retries, value: 1}`, or tell the operator with a `note` that has `path: /jobs/*/retries`",
      ])
    let answers = """
      - pin_default: {path: /size, value: 4}
      - each:
          in: "/jobs/*"
          do:
            - pin_default: {path: /retries, value: 1}
      """
    #expect(try Self.findings(Self.good + "\n" + answers, answered: false) == [])
  }

  @Test func `a default that the schema does not have is told`() throws {
    #expect(
      try Self.findings(Self.good + "\n- pin_default: {path: /size, value: 5}") == [
        "10:5 wrong-default the default of `/size` in 1.0.0 is 4, and not 5 | write `value: 4`"
      ])
    #expect(
      try Self.findings(Self.good + "\n- drop_default: {path: /size, value: 4}") == [
        "10:5 wrong-default the default of `/size` in 2.0.0 is 8, and not 4 | write `value: 8`"
      ])
  }

  @Test func `an address without quotes is told`() throws {
    let operations = """
      - rename:
          path: /jobs/*/retry
          to: retries
      """
    #expect(
      try Self.findings("- rename: {path: /name, to: title}\n" + operations) == [
        "10:13 unquoted-address the address `/jobs/*/retry` is not quoted | write `\"/jobs/*/retry\"`"
      ])
  }

  @Test func `the head is looked at too`() throws {
    let set = try SmallSet([:])
    let findings = TransformerLint(try set.transformer("- note: {level: info, message: m}")).findings()
    #expect(findings.map(\.code) == [.missingDownTo, .untested])
    #expect(findings.first?.hint == "add `down_to: 1.0.0`")
  }

  @Test func `the shipped transformers have answers for all but what cannot be undone`() throws {
    let registry = try ShippedProduct.registry()
    let planner = try ShippedProduct.planner()
    for transformer in registry.transformers {
      let findings = TransformerLint(
        transformer, source: planner.schemas?(transformer.from.oldest.label),
        target: planner.schemas?(transformer.to.label)
      ).findings()
      #expect(findings.filter { $0.severity == .error } == [])
    }
  }
}
