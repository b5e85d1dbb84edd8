import ConfigDocument
import ConfigSchema
import Testing

/// Which values a schema calls secrets, found without asking whether the document is valid.
@Suite struct SecretTests {
  static func secrets(_ schema: String, _ document: String) throws -> [String] {
    let schema = try Schema.compile(ValueTree(Document(Array(schema.utf8), as: .json, named: "s.json")))
    let tree = try ValueTree(Document(Array(document.utf8), as: .yaml, named: "d.yaml"))
    return schema.secrets(in: tree).map { tree.value(at: $0).description }
  }

  @Test(
    arguments: [
      (#"{"writeOnly": true}"#, "a", [#""a""#]),
      (#"{"format": "password"}"#, "{a: 1}", [#"{"a": 1}"#]),
      (#"{"writeOnly": false}"#, "a", []),
      (#"{"properties": {"a": {"writeOnly": true}}}"#, "{a: 1, b: 2}", ["1"]),
      (#"{"properties": {"a": {}}, "additionalProperties": {"writeOnly": true}}"#, "{a: 1, b: 2}", ["2"]),
      (#"{"required": ["a"], "additionalProperties": {"writeOnly": true}}"#, "{a: 1}", ["1"]),
      (#"{"patternProperties": {"^s": {"writeOnly": true}}}"#, "{s1: 1, t: 2}", ["1"]),
      (#"{"items": {"properties": {"a": {"format": "password"}}}}"#, "[{a: 1}, {b: 2}, {a: 3}]", ["1", "3"]),
      (#"{"prefixItems": [{}, {"writeOnly": true}]}"#, "[1, 2, 3]", ["2"]),
      (#"{"contains": {"writeOnly": true}}"#, "[1]", ["1"]),
      (#"{"unevaluatedProperties": {"writeOnly": true}}"#, "{a: 1}", ["1"]),
      (#"{"dependentSchemas": {"x": {"properties": {"a": {"writeOnly": true}}}}}"#, "{a: 1}", ["1"]),
      // A branch that does not fit counts too.
      (
        #"{"oneOf": [{"type": "string"}, {"properties": {"a": {"writeOnly": true}}, "required": ["z"]}]}"#, "{a: 1}",
        ["1"]
      ),
      (#"{"if": {"const": 0}, "then": {"writeOnly": true}}"#, "1", ["1"]),
      (#"{"not": {"properties": {"a": {"writeOnly": true}}}}"#, "{a: 1}", ["1"]),
      // References, one of them into itself.
      (
        ##"{"$ref": "#/$defs/t", "$defs": {"t": {"properties": {"s": {"writeOnly": true}, "sub": {"$ref": "#/$defs/t"}}}}}"##,
        "{s: 1, sub: {sub: {s: 2}}}", ["1", "2"]
      ),
      (
        ##"{"$dynamicAnchor": "n", "properties": {"s": {"writeOnly": true}, "k": {"$dynamicRef": "#n"}}}"##,
        "{k: {k: {s: 1}}}", ["1"]
      ),
    ] as [(String, String, [String])])
  func `secrets are found in every branch`(_ schema: String, _ document: String, _ expected: [String]) throws {
    #expect(try Self.secrets(schema, document) == expected)
  }
}
