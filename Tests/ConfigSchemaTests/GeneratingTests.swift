import ConfigDocument
import ConfigSchema
import Foundation
import PatternMatching
import TestSupport
import Testing

@Suite struct GeneratingTests {
  static func shipped(_ version: String) throws -> Schema {
    let path = "\(Repository.root)/schemas/job-platform/\(version).schema.json"
    let document = try Document(Array(Data(contentsOf: URL(fileURLWithPath: path))), as: .json, named: path)
    return try Schema.compile(ValueTree(document))
  }

  static func instances(_ schema: Value, _ count: Int = 300, seed: UInt64 = 1) throws -> [Value] {
    var generator = InstanceGenerator(try Schema.compile(schema), seed: seed)
    return (0..<count).compactMap { _ in generator.next() }
  }

  @Test(arguments: ["2.0.0", "2.1.0", "2.2.0", "2.3.0", "3.0.0"])
  func `the shipped schemas are drawn from whole, and everything drawn is valid`(_ version: String) throws {
    let schema = try Self.shipped(version)
    var generator = InstanceGenerator(schema, seed: 7)
    for _ in 0..<200 {
      let drawn = generator.next()
      let value = try #require(drawn)
      #expect(try schema.isValid(ValueTree(value)))
    }
    #expect(generator.coverage.drawn == generator.coverage.of)
    #expect(generator.coverage.of > 50)
  }

  @Test func `the same seed draws the same, another one something else`() throws {
    let schema: Value = ["type": "array", "items": ["type": "integer"]]
    #expect(try Self.instances(schema) == Self.instances(schema))
    #expect(try Self.instances(schema) != Self.instances(schema, seed: 2))
  }

  @Test func `numbers lie at their bounds and beside them`() throws {
    let drawn = Set(try Self.instances(["type": "integer", "minimum": 5, "exclusiveMaximum": 9]))
    #expect(drawn == [5, 6, 7, 8])
    let quarter = Value.number(try #require(Number("0.25")))
    let steps = Set(try Self.instances(["type": "number", "multipleOf": quarter, "minimum": 0, "maximum": 1]))
    #expect(steps.count == 5)
  }

  @Test func `optional members come and stay away, required ones are always there`() throws {
    let drawn = try Self.instances([
      "type": "object", "required": ["a"], "properties": ["a": ["const": 1], "b": ["const": 2]],
      "additionalProperties": false,
    ])
    #expect(Set(drawn) == [["a": 1], ["a": 1, "b": 2]])
  }

  @Test func `every branch is drawn`() throws {
    let drawn = try Self.instances([
      "oneOf": [
        ["type": "string", "enum": ["x", "y"]], ["type": "null"],
        ["type": "object", "required": ["kind"], "properties": ["kind": ["const": "k"]], "maxProperties": 1],
      ]
    ])
    #expect(Set(drawn) == ["x", "y", .null, ["kind": "k"]])
  }

  @Test func `what stands in several subschemas is drawn by all of them`() throws {
    let drawn = try Self.instances([
      "allOf": [["type": "integer", "minimum": 3], ["maximum": 4]], "not": ["const": 3],
    ])
    #expect(Set(drawn) == [4])
  }

  @Test func `conditions, dependents and contained items hold`() throws {
    let schema: Value = [
      "type": "object", "properties": ["a": ["enum": [1, 2]], "b": ["type": "string"]],
      "if": ["properties": ["a": ["const": 1]], "required": ["a"]], "then": ["required": ["b"]],
      "dependentRequired": ["b": ["a"]], "additionalProperties": false,
    ]
    let drawn = try Self.instances(schema)
    #expect(drawn.contains { $0.object?["a"] == 1 && $0.object?["b"] != nil })
    #expect(drawn.contains { $0.object?["a"] == 2 })
    let lists = try Self.instances(["type": "array", "contains": ["const": "x"], "minContains": 2, "maxItems": 3])
    #expect(!lists.isEmpty)
  }

  @Test func `a recursive schema comes to an end, one that nothing satisfies gives nothing`() throws {
    let tree: Value = [
      "type": "object", "properties": ["value": ["type": "integer"], "next": ["$ref": "#"]],
      "additionalProperties": false,
    ]
    #expect(try Self.instances(tree, 50).count == 50)
    #expect(try Self.instances(["type": "integer", "minimum": 2, "maximum": 1], 5).isEmpty)
    #expect(try Self.instances(false, 5).isEmpty)
  }

  @Test(arguments: [
    #"^\d+\.\d+\.\d+$"#, #"^(\d+(\.\d+)?\s*(ms|s|m|h|d))+$"#, #"^[a-z][a-z0-9_-]{0,62}$"#, #"^[^:/]+:\d{1,5}$"#,
    #"^(?:GET|POST)\s\/[\w\-./]*$"#, #"a|b*c"#, #"^(?<year>\d{4})-\d\d$"#,
  ])
  func `texts of a pattern match it`(_ source: String) throws {
    let sampler = try #require(PatternSampler(source))
    let pattern = try Pattern(ecma: source)
    var random = SeededRandom(seed: 3)
    for _ in 0..<200 {
      let text = sampler.sample(using: &random)
      #expect(try pattern.matches(text), "\(text)")
    }
  }

  @Test(arguments: [#"^(?=a)b"#, #"(a)\1"#, #"\p{L}"#, "(", "[a"])
  func `what is beyond the sampler is not drawn`(_ source: String) { #expect(PatternSampler(source) == nil) }

  @Test func `a value is made smaller for as long as it fails`() {
    let value: Value = ["a": [1, 2, 300], "b": ["c": "long text", "d": true], "e": .null]
    let small = value.shrunk { ($0.object?["a"]?.array ?? []).contains { $0.int ?? 0 > 100 } }
    #expect(small == ["a": [101]])
    #expect(value.shrunk { _ in false } == value)
    #expect(value.shrunk(budget: 1) { _ in true } != value)
  }
}
