import ConfigDocument
import ConfigSchema
import TestSupport
import Testing

/// Faults of schemas themselves.
struct CompilationTests {
  /// The schema, the code, the place and the message.
  static let faults: [(schema: String, code: String, place: String, message: String)] = [
    (
      "properties: {a: {minimum: x}}", "schema-malformed", "1:27",
      "`minimum` must be a number, found `\"x\"` (in the schema, at #/properties/a/minimum)"
    ),
    (
      "type: strng", "schema-malformed", "1:7",
      "`type` must be one of null, boolean, integer, number, string, array, object, found `\"strng\"` (in the schema, at #/type)"
    ),
    (
      "minLength: -1", "schema-malformed", "1:12",
      "`minLength` must be a whole number, 0 or more, found `-1` (in the schema, at #/minLength)"
    ),
    (
      "required: name", "schema-malformed", "1:11",
      "`required` must be an array of strings, found `\"name\"` (in the schema, at #/required)"
    ),
    (
      "anyOf: []", "schema-malformed", "1:8",
      "`anyOf` must be an array of at least one schema, found an empty list (in the schema, at #/anyOf)"
    ),
    (
      "items: 3", "schema-malformed", "1:8",
      "a schema must be a mapping, true or false, found `3` (in the schema, at #/items)"
    ),
    (
      "multipleOf: 0", "schema-malformed", "1:13",
      "`multipleOf` must be above 0, found `0` (in the schema, at #/multipleOf)"
    ),
    (
      "pattern: '(a'", "schema-malformed", "1:10",
      "the pattern (a is not a regular expression of ECMA-262: this ( is never closed, at character 1 (in the schema, at #/pattern)"
    ),
    (
      "'$ref': '#/$defs/hots'\n$defs: {host: true}", "schema-ref-unresolved", "1:9",
      "the reference #/$defs/hots leads nowhere: there is no hots (in the schema, at #/$ref)"
    ),
    (
      "'$ref': '#name'", "schema-ref-unresolved", "1:9",
      "the reference #name leads nowhere: there is no anchor name (in the schema, at #/$ref)"
    ),
    (
      "'$ref': 'https://example.org/x.json'", "schema-ref-unresolved", "1:9",
      "the reference https://example.org/x.json leads to https://example.org/x.json, which is not at hand (in the schema, at #/$ref)"
    ),
    (
      "'$ref': '#'", "schema-ref-cycle", "1:1",
      "this schema refers back to itself without going deeper into the data (in the schema, at its root)"
    ),
    (
      "properties: {a: {'$ref': '#/$defs/b'}}\n$defs: {b: {anyOf: [{type: 'null'}, {'$ref': '#/$defs/b'}]}}",
      "schema-ref-cycle", "2:12",
      "this schema refers back to itself without going deeper into the data (in the schema, at #/$defs/b)"
    ),
  ]

  @Test(arguments: faults.indices)
  func `a fault of a schema is told at its place`(_ index: Int) throws {
    let fault = Self.faults[index]
    let document = try Document(Array(fault.schema.utf8), as: .yaml, named: "schema.yaml")
    let error = #expect(throws: Diagnostic.self) {
      try Schema.compile(
        try ValueTree(document),
        place: { origin, key in document.place(of: key ? origin.key ?? origin.node : origin.node) })
    }
    #expect(error?.code.rawValue == fault.code)
    #expect(error?.message == fault.message)
    #expect(error?.place.map { "\($0.line):\($0.column)" } == fault.place)
  }

  @Test func `a recursive schema that goes deeper is no cycle`() throws {
    let schema = try Schema.compile(["properties": ["child": ["$ref": "#"]], "additionalProperties": false])
    #expect(try schema.isValid(ValueTree(["child": ["child": [:]]])))
    #expect(try !schema.isValid(ValueTree(["child": ["chld": [:]]])))
  }

  @Test func `references reach only what is given`() throws {
    let schema = try Schema.compile(["$ref": "https://example.org/a.json#/$defs/x"]) { uri in
      uri == "https://example.org/a.json" ? ["$defs": ["x": ["type": "integer"]]] : nil
    }
    #expect(try schema.isValid(ValueTree(1)))
    #expect(try !schema.isValid(ValueTree("1")))
  }

  @Test func `a vocabulary that nobody knows is refused`() throws {
    let error = #expect(throws: Diagnostic.self) {
      try Schema.compile(["$schema": "https://example.org/meta"]) { _ in
        ["$vocabulary": ["https://example.org/vocabulary": true]]
      }
    }
    #expect(error?.code == .schemaDialect)
  }

  @Test(arguments: SchemaDraft.allCases)
  func `each meta-schema follows itself and refuses a malformed schema`(_ draft: SchemaDraft) throws {
    let meta = try Schema.compile(["$schema": .string(draft.metaSchema), "$ref": .string(draft.metaSchema)])
    #expect(meta.validate(ValueTree(["type": "object", "properties": ["a": ["minLength": 1]]])) == [])
    let wrong = meta.validate(ValueTree(["properties": ["a": ["minLength": "1"]]]))
    #expect(wrong.map(\.instance.description) == ["/properties/a/minLength"])
  }

  @Test func `a pattern that explodes gives no verdict`() throws {
    let schema = try Schema.compile(["pattern": "^(a|aa)+$"])
    let tree = ValueTree(.string(String(repeating: "a", count: 60) + "!"))
    #expect(throws: Diagnostic.self) { try schema.isValid(tree) }
    #expect(schema.validate(tree).map(\.code) == [.schemaLimit])
  }

  @Test func `references that recurse for ever are given up`() throws {
    let schema = try Schema.compile([
      "$id": "https://example.org/root", "$dynamicAnchor": "node", "$dynamicRef": "#node",
    ])
    let tree = ValueTree(1)
    #expect(throws: Diagnostic.self) { try schema.isValid(tree) }
    #expect(schema.validate(tree).contains { $0.code == .schemaLimit })
  }

  @Test(
    arguments: [
      [
        "$id": "https://example.org/r", "$dynamicAnchor": "n", "anyOf": [["$dynamicRef": "#n"], ["$dynamicRef": "#n"]],
      ],
      [
        "type": "object",
        "anyOf": [
          ["properties": ["c": ["$ref": "#"]], "required": ["x"]],
          ["properties": ["c": ["$ref": "#"]], "required": ["y"]],
        ],
      ],
    ] as [Value])
  func `forms that multiply are given up`(_ schema: Value) throws {
    var value: Value = "leaf"
    for _ in 0..<30 { value = ["c": value, "x": 1, "y": 1] }
    let schema = try Schema.compile(schema)
    let tree = ValueTree(value)
    #expect(throws: Diagnostic.self) { try schema.isValid(tree) }
    #expect(schema.validate(tree).contains { $0.code == .schemaLimit })
  }

  @Test(arguments: [
    ("4.35", "0.01", true), ("4.355", "0.01", false), ("1e400", "7", false), ("1e400", "0.5", true),
    ("12345678901234567890123456789", "3", true), ("12345678901234567890123456790", "3", false),
    ("246913578024691357802469135780", "123456789012345678901234567890", true),
    ("246913578024691357802469135781", "123456789012345678901234567890", false), ("0", "3", true), ("-9", "3", true),
  ])
  func `multiples are exact`(_ value: String, _ divisor: String, _ isMultiple: Bool) throws {
    let schema = try Schema.compile(["multipleOf": .number(try #require(Number(divisor)))])
    #expect(try schema.isValid(ValueTree(.number(try #require(Number(value))))) == isMultiple)
  }

  @Test func `neighbouring big integers are told apart`() throws {
    let schema = try Schema.compile(["const": .number(Number("9007199254740993")!)])
    #expect(try schema.isValid(ValueTree(.number(Number("9007199254740993.0")!))))
    #expect(try !schema.isValid(ValueTree(.number(Number("9007199254740992")!))))
  }
}
