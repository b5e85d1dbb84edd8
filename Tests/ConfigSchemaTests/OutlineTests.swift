import ConfigDocument
import ConfigSchema
import Testing

@Suite struct OutlineTests {
  static let schema: Value = [
    "type": "object",
    "properties": [
      "name": ["type": "string", "default": "x"],
      "jobs": [
        "type": "object",
        "additionalProperties": ["$ref": "#/$defs/job"],
      ],
      "open": ["type": "object", "properties": ["known": true]],
      "either": ["oneOf": [["type": "string"], ["$ref": "#/$defs/job"]]],
      "none": false,
      "closed": [
        "allOf": [["properties": ["a": true]]], "type": "object", "properties": ["b": true],
        "unevaluatedProperties": false,
      ],
      "list": ["type": "array", "items": ["$ref": "#/$defs/job"]],
    ],
    "additionalProperties": false,
    "$defs": [
      "job": [
        "type": "object", "properties": ["retry": ["type": "integer", "default": 3]], "additionalProperties": false,
      ]
    ],
  ]

  static func tokens(_ text: String) -> [SchemaOutline.Token] {
    text.split(separator: "/").map { $0 == "*" ? .any : .key(String($0)) }
  }

  @Test(arguments: [
    ("", true), ("/name", true), ("/nmae", false), ("/name/first", false), ("/jobs/any", true), ("/jobs/*/retry", true),
    ("/jobs/*/retries", false), ("/open/known", true), ("/open/else/where", true), ("/either/retry", true),
    ("/either/other", false), ("/none", false), ("/closed/a", true), ("/closed/b", true), ("/closed/c", false),
    ("/list/0/retry", true), ("/list/*/retry", true), ("/list/key/retry", false), ("/*", true), ("/*/retry", true),
    ("/jobs/*/*/retry", false),
  ])
  func `what a schema cannot hold is known`(_ path: String, _ holds: Bool) throws {
    #expect(try Schema.compile(Self.schema).canHold(Self.tokens(path)) == holds)
  }

  @Test func `a recursive schema is outlined to its first repetition`() throws {
    let schema = try Schema.compile(["type": "object", "properties": ["next": ["$ref": "#"], "x": ["default": 1]]])
    #expect(schema.outline.entries.count == 3)
    #expect(schema.canHold(Self.tokens("/next/next/next/x")))
  }

  @Test func `defaults stand at their places`() throws {
    let outline = try Schema.compile(Self.schema).outline
    #expect(outline[Self.tokens("/name")]?.defaultValue == "x")
    #expect(outline[Self.tokens("/jobs/*/retry")]?.defaultValue == 3)
    #expect(outline[Self.tokens("/none")] == nil)
    #expect(outline[Self.tokens("/jobs")]?.typeNames == ["object"])
  }
}
