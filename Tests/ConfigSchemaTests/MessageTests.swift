import ConfigDocument
import ConfigSchema
import TestSupport
import Testing

/// What people are told about typical mistakes: the schema, the file, and the report stand together.
struct MessageTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var schema: String
    var file: String
    var report: String
    var testDescription: String { name }
  }

  @Test(arguments: mistakes)
  func `a mistake is told so that it can be mended`(_ mistake: Mistake) throws {
    let report = try Self.report(mistake.file, by: mistake.schema)
    let difference = LineDiff.unified(from: mistake.report, to: report)
    #expect(difference == "", "\(mistake.name)")
  }

  /// One violation a line, `line:column code: message`, and its hint on the next.
  static func report(_ file: String, by schema: String, hiding: Set<String> = []) throws -> String {
    let schemaFile = try Document(Array(schema.utf8), as: .yaml, named: "schema.yaml")
    let document = try Document(Array(file.utf8), as: .yaml, named: "config.yaml")
    let compiled = try Schema.compile(try ValueTree(schemaFile))
    let tree = try ValueTree(document)
    let violations = compiled.validate(tree) { hiding.contains($0.description) }
    let diagnostics = tree.diagnostics(for: violations) { origin, key in
      document.place(of: key ? origin.key ?? origin.node : origin.node)
    }
    return diagnostics.map { diagnostic in
      let place = diagnostic.place.map { "\($0.line):\($0.column)" } ?? "-"
      let hint = diagnostic.hint.map { "\n  hint: \($0)" } ?? ""
      return "\(place) \(diagnostic.code): \(diagnostic.message)\(hint)\n"
    }.joined()
  }

  static let service = """
    type: object
    required: [version, database]
    additionalProperties: false
    properties:
      version: {type: string, pattern: '^\\d+\\.\\d+\\.\\d+$'}
      level: {enum: [debug, info, warning, error]}
      verbose: {type: boolean}
      database:
        type: object
        required: [host, port]
        additionalProperties: false
        properties:
          host: {type: string, format: hostname}
          port: {type: integer, minimum: 1, maximum: 65535}
          password: {type: string, writeOnly: true, minLength: 12}
      providers: {type: array, items: {enum: [email, sms]}, uniqueItems: true, minItems: 1}

    """

  static let mistakes: [Mistake] = [
    Mistake(
      name: "a slip beside one of several keys that are missing",
      schema:
        "anyOf: [{required: [run]}, {required: [uses]}]\nproperties: {run: {}, uses: {}}\nadditionalProperties: false\n",
      file: "rnu: make\n",
      report: "1:1 schema-additional: unknown key `rnu`\n  hint: did you mean `run`, which is missing?\n"),
    Mistake(
      name: "a scalar with several forms",
      schema: "properties: {size: {anyOf: [{enum: [small, large]}, {type: integer}, {pattern: ^x}]}}\n",
      file: "size: smal\n",
      report: """
        1:7 schema-enum: `size`: expected `"small"`, `"large"`, text that matches `^x` or an integer, found `"smal"`
          hint: did you mean `small`?

        """),
    Mistake(
      name: "a list where some words or a list of text may stand",
      schema: "properties: {script: {anyOf: [{enum: [skip]}, {type: array, items: {type: string}}]}}\n",
      file: "script: [{cmd: make}]\n",
      report: "1:10 schema-type: item 1 of `script`: expected a string, found a mapping of 1 key\n"),
    Mistake(
      name: "a number of another version is no slip", schema: "properties: {runtime: {enum: [node12, node20]}}\n",
      file: "runtime: node21\n",
      report: "1:10 schema-enum: `runtime`: expected `\"node12\"` or `\"node20\"`, found `\"node21\"`\n"),
    Mistake(
      name: "in the words of the schema",
      schema: """
        properties:
          name: {pattern: '^[a-z]+$', description: Lower case letters.}
          port: {maximum: 9, errorMessage: Take a port below ten.}
          host: {pattern: '^h', patternErrorMessage: Begin with an h.}

        """,
      file: "name: X\nport: 10\nhost: x\n",
      report: """
        1:7 schema-pattern: `name`: expected text that matches `^[a-z]+$`, found `"X"`
          hint: The schema says: Lower case letters.
        2:7 schema-range: `port`: expected at most 9, found `10`
          hint: Take a port below ten.
        3:7 schema-pattern: `host`: expected text that matches `^h`, found `"x"`
          hint: Begin with an h.

        """),
    Mistake(
      name: "a missing key with one possible value",
      schema: "required: [kind, size]\nproperties: {kind: {const: a}, size: {default: 3}}\n", file: "x: 1\n",
      report: """
        1:1 schema-required: the document lacks the keys `kind` and `size`
          hint: Add `kind: "a"` and `size: 3`, the default

        """),
    Mistake(
      name: "a misspelt key that must be there", schema: service,
      file: "version: 1.0.0\ndatabase:\n  hots: db\n  port: 5432\n",
      report: """
        3:3 schema-additional: unknown key `hots` in `database`
          hint: did you mean `host`, which is missing?

        """),
    Mistake(
      name: "a missing key", schema: service, file: "version: 1.0.0\ndatabase:\n  host: db\n",
      report: "2:1 schema-required: `database` lacks the key `port`\n"),
    Mistake(
      name: "missing at the root", schema: service, file: "level: info\n",
      report: "1:1 schema-required: the document lacks the keys `version` and `database`\n"),
    Mistake(
      name: "an unknown key", schema: service,
      file: "version: 1.0.0\ndatabase: {host: db, port: 1}\nverbos: true\n",
      report: "3:1 schema-additional: unknown key `verbos`\n  hint: did you mean `verbose`?\n"),
    Mistake(
      name: "a number in quotes", schema: service, file: "version: 1.0.0\ndatabase: {host: db, port: '5432'}\n",
      report: """
        2:28 schema-type: `port`: expected an integer, found the string `"5432"`
          hint: Write `5432` without quotes

        """),
    Mistake(
      name: "a version that YAML reads as a number", schema: service,
      file: "version: 3.10\ndatabase: {host: db, port: 1}\n",
      report: """
        1:10 schema-type: `version`: expected a string, found `3.10`
          hint: Put quotes around it: `"3.10"`

        """),
    Mistake(
      name: "an empty value", schema: service, file: "version: 1.0.0\ndatabase: {host: db, port: 1}\nverbose:\n",
      report: """
        3:9 schema-type: `verbose`: expected true or false, found null
          hint: An empty value is null: give it a value, or remove the key

        """),
    Mistake(
      name: "yes for true", schema: service, file: "version: 1.0.0\ndatabase: {host: db, port: 1}\nverbose: yes\n",
      report: """
        3:10 schema-type: `verbose`: expected true or false, found the string `"yes"`
          hint: Write `true`, without quotes

        """),
    Mistake(
      name: "a value that is not on the list", schema: service,
      file: "version: 1.0.0\ndatabase: {host: db, port: 1}\nlevel: inof\n",
      report: """
        3:8 schema-enum: `level`: expected one of `"debug"`, `"info"`, `"warning"` or `"error"`, found `"inof"`
          hint: did you mean `info`?

        """),
    Mistake(
      name: "a number out of range", schema: service, file: "version: 1.0.0\ndatabase: {host: db, port: 70000}\n",
      report: "2:28 schema-range: `port`: expected at least 1 and at most 65535, found `70000`\n"),
    Mistake(
      name: "text that does not match", schema: service, file: "version: '1.0'\ndatabase: {host: db, port: 1}\n",
      report: "1:10 schema-pattern: `version`: expected text that matches `^\\d+\\.\\d+\\.\\d+$`, found `\"1.0\"`\n"),
    Mistake(
      name: "a format", schema: service, file: "version: 1.0.0\ndatabase: {host: my_db, port: 1}\n",
      report:
        "2:18 schema-format: `host`: expected the format hostname, such as `db.example.org`, found `\"my_db\"`\n"),
    Mistake(
      name: "a secret that is too short is not shown", schema: service,
      file: "version: 1.0.0\ndatabase: {host: db, port: 1, password: 123456}\n",
      report: "2:41 schema-type: `password`: expected a string, found a number, which is not shown\n"),
    Mistake(
      name: "an item twice, and an item that is not known", schema: service,
      file: "version: 1.0.0\ndatabase: {host: db, port: 1}\nproviders:\n  - email\n  - smss\n  - email\n",
      report: """
        5:5 schema-enum: item 2 of `providers`: expected `"email"` or `"sms"`, found `"smss"`
          hint: did you mean `sms`?
        6:5 schema-unique: item 3 of `providers` repeats item 1: `"email"`
          hint: Remove one of the two

        """),
    Mistake(
      name: "an empty list", schema: service,
      file: "version: 1.0.0\ndatabase: {host: db, port: 1}\nproviders: []\n",
      report: "3:1 schema-count: `providers`: expected at least 1 item, found none\n"),
    Mistake(
      name: "a list where a mapping is wanted", schema: service, file: "- version: 1.0.0\n",
      report: "1:1 schema-type: expected a mapping, found a list of 1 item\n"),
    Mistake(
      name: "the form is told by its kind",
      schema: """
        oneOf:
          - properties: {kind: {const: file}, path: {type: string}}
            required: [kind, path]
            additionalProperties: false
          - properties: {kind: {const: http}, url: {type: string}, retries: {type: integer}}
            required: [kind, url]
            additionalProperties: false

        """,
      file: "kind: http\nurl: https://example.org\nretires: 3\n",
      report: "3:1 schema-additional: unknown key `retires`\n  hint: did you mean `retries`?\n"),
    Mistake(
      name: "a kind that no form has",
      schema: """
        oneOf:
          - {properties: {kind: {const: file}}, required: [kind]}
          - {properties: {kind: {const: http}}, required: [kind]}

        """,
      file: "kind: htpp\n",
      report: """
        1:7 schema-enum: `kind`: expected `"file"` or `"http"`, found `"htpp"`
          hint: did you mean `http`?

        """),
    Mistake(
      name: "several types", schema: "properties: {size: {anyOf: [{type: integer}, {type: string}]}}\n",
      file: "size: [1]\n",
      report: "1:7 schema-type: `size`: expected an integer or a string, found a list of 1 item\n"),
    Mistake(
      name: "one of two keys",
      schema: "properties: {auth: {anyOf: [{required: [token]}, {required: [user, password]}]}}\n", file: "auth: {}\n",
      report: "1:1 schema-required: `auth` lacks `token` or `user` and `password`: one of them is needed\n"),
    Mistake(
      name: "two forms at once",
      schema: "oneOf: [{title: By name, required: [name]}, {title: By number, required: [id]}]\n",
      file: "name: x\nid: 1\n",
      report: "1:1 schema-one-of: the document has 2 forms at once, “By name” and “By number”, but may have only one\n"),
    Mistake(
      name: "a key that demands another", schema: "dependentRequired: {tls: [certificate]}\n", file: "tls: true\n",
      report: "1:1 schema-dependent: `tls` demands the key `certificate`, which is missing\n"),
    Mistake(
      name: "a key that is ruled out", schema: "properties: {old: false}\nnot: {required: [legacy]}\n",
      file: "old: 1\nlegacy: 2\n",
      report: """
        1:1 schema-not: the document must not have the key `legacy`
        1:6 schema-forbidden: `old` is not allowed here

        """),
    Mistake(
      name: "a key's name", schema: "properties: {jobs: {propertyNames: {pattern: '^[a-z-]+$'}}}\n",
      file: "jobs: {Build: 1}\n",
      report: "1:8 schema-key-name: the key `Build`: expected text that matches `^[a-z-]+$`\n"),
    Mistake(
      name: "unknown to every part of a schema",
      schema: """
        allOf: [{properties: {name: {type: string}}}]
        properties: {size: {type: integer}}
        unevaluatedProperties: false

        """,
      file: "nmae: x\nsize: big\n",
      report: """
        1:1 schema-additional: unknown key `nmae`
          hint: did you mean `name`?
        2:7 schema-type: `size`: expected an integer, found the string `"big"`

        """),
  ]

  @Test func `what is written once and used twice is reported once`() throws {
    let report = try Self.report(
      "a: &x {size: big}\nb: *x\nc:\n  <<: *x\n",
      by: "additionalProperties: {properties: {size: {type: integer}}}")
    #expect(report == "1:14 schema-type: `size`: expected an integer, found the string `\"big\"`\n")
  }

  @Test func `a value that the caller hides is not shown`() throws {
    let report = try Self.report("token: 5\n", by: "properties: {token: {type: string}}", hiding: ["/token"])
    #expect(report == "1:8 schema-type: `token`: expected a string, found a number, which is not shown\n")
  }

  @Test(arguments: [
    "properties: {token: {writeOnly: true, '$ref': '#/$defs/t'}}\n$defs: {t: {minLength: 99, pattern: x, enum: [y]}}",
    "properties: {token: {allOf: [{minLength: 99}, {const: y}, {format: ipv4}, {format: password}]}}",
    "properties: {token: {anyOf: [{type: integer}, {const: y, writeOnly: true}, {enum: [hunter3]}]}}",
  ])
  func `a secret is shown by none of the subschemas that judge it`(_ schema: String) throws {
    let report = try Self.report("token: hunter2\n", by: schema)
    #expect(report.contains("schema-"))
    #expect(!report.contains("hunter2") && !report.contains("hint: did you mean"), "\(report)")
    let compiled = try Schema.compile(try ValueTree(Document(Array(schema.utf8), as: .yaml, named: "s")))
    let tree = ValueTree(["token": "hunter2"])
    let place = SourcePlace(file: "f", line: 1, column: 1, lineText: "token: hunter2")
    for diagnostic in tree.diagnostics(for: compiled.validate(tree), place: { _, _ in place }) {
      #expect(diagnostic.place?.lineText == "")
    }
  }

  @Test func `a deep document is explained without a crash`() throws {
    let depth = 500
    var value: Value = "x"
    for _ in 0..<depth { value = ["child": value, "items": [1]] }
    let schema = try Schema.compile([
      "type": "object", "properties": ["child": ["$ref": "#"], "items": ["allOf": [["minItems": 1]]]],
    ])
    #expect(schema.validate(ValueTree(value)).map(\.instance.tokens.count) == [depth])
  }

  @Test func `a violation says by which part of the schema`() throws {
    let schema = try Schema.compile([
      "$id": "https://example.org/s", "properties": ["a": ["title": "A number", "type": "integer"]],
    ])
    let violation = try #require(schema.validate(ValueTree(["a": "x"])).first)
    #expect(violation.schema == "https://example.org/s#/properties/a/type")
    #expect(violation.instance == Pointer(["a"]))
    #expect(violation.title == "A number")
    #expect(violation.finding == .type(expected: ["integer"], found: "string"))
  }
}
