import ConfigDocument
import ConfigSchema
import Testing

/// Every keyword with a value that it cannot have: an error at the value's own line, never a crash.
struct MalformedKeywordTests {
  /// A keyword with a value that it cannot have.
  static let malformed: [(keyword: String, value: String)] = [
    ("type", "3"), ("type", "strin"), ("type", "[3]"), ("type", "[]"), ("enum", "x"), ("minimum", "x"),
    ("maximum", "[]"), ("exclusiveMinimum", "true"), ("exclusiveMaximum", "x"), ("multipleOf", "0"),
    ("multipleOf", "-1"), ("multipleOf", "x"), ("minLength", "-1"), ("maxLength", "1.5"), ("minItems", "x"),
    ("maxItems", "{}"), ("minProperties", "'1'"), ("maxProperties", "-3"), ("pattern", "'('"), ("pattern", "3"),
    ("format", "3"), ("required", "a"), ("required", "[3]"), ("uniqueItems", "1"), ("items", "3"),
    ("prefixItems", "{}"), ("prefixItems", "[3]"), ("contains", "3"), ("minContains", "x"), ("maxContains", "-1"),
    ("properties", "[]"), ("properties", "{a: 3}"), ("patternProperties", "{a: 3}"), ("patternProperties", "{'(': {}}"),
    ("additionalProperties", "3"), ("propertyNames", "x"), ("dependentRequired", "{a: b}"),
    ("dependentSchemas", "{a: 3}"), ("dependencies", "{a: 3}"), ("allOf", "{}"), ("allOf", "[]"), ("anyOf", "[3]"),
    ("oneOf", "x"), ("not", "3"), ("if", "3"), ("$ref", "3"), ("$ref", "'#/nowhere'"), ("$dynamicRef", "3"),
    ("unevaluatedItems", "3"), ("unevaluatedProperties", "x"),
  ]

  @Test(arguments: malformed.indices)
  func `a malformed keyword is told at its line`(_ index: Int) throws {
    let (keyword, value) = Self.malformed[index]
    let text = "type: [object, array, string, number]\n\(keyword == "type" ? "" : "# the next line is wrong\n")"
    let source =
      keyword == "type" ? "# the next line is wrong\n\n'type': \(value)\n" : "\(text)'\(keyword)': \(value)\n"
    let document = try Document(Array(source.utf8), as: .yaml, named: "schema.yaml")
    let error = #expect(throws: Diagnostic.self, "\(keyword): \(value)") {
      try Schema.compile(
        try ValueTree(document),
        place: { origin, key in document.place(of: key ? origin.key ?? origin.node : origin.node) })
    }
    #expect(error?.place?.line == 3, "\(keyword): \(value)")
  }

  static let cycles: [Value] = [
    ["$ref": "#"], ["allOf": [["$ref": "#"]]], ["not": ["$ref": "#"]], ["if": ["$ref": "#"]],
    ["$ref": "#/$defs/a", "$defs": ["a": ["$ref": "#/$defs/b"], "b": ["anyOf": [true, ["$ref": "#/$defs/a"]]]]],
    ["dependentSchemas": ["x": ["$ref": "#"]]],
  ]

  @Test(arguments: cycles)
  func `references that go in circles are refused`(_ schema: Value) {
    let error = #expect(throws: Diagnostic.self) { try Schema.compile(schema) }
    #expect(error?.code == .schemaRefCycle)
  }
}
