import ConfigDocument
import ConfigSchema
import Foundation
import Testing

@Suite struct ComparisonTests {
  /// Pairs of which every document of the first follows the second.
  static let compatible: [(old: Value, new: Value)] = [
    (["type": "integer"], ["type": "number"]),
    (["type": "integer", "minimum": 3], ["minimum": 2, "multipleOf": 1]),
    (["enum": [1, 2]], ["enum": [1, 2, 3]]),
    (["type": "boolean"], ["enum": [true, false, "x"]]),
    (["type": "string", "minLength": 2, "pattern": "^a"], ["minLength": 1, "pattern": "^a"]),
    (["type": "array", "items": ["const": 1], "maxItems": 3], ["items": ["type": "integer"], "maxItems": 4]),
    (["prefixItems": [["const": 1]], "items": ["const": 2]], ["items": ["type": ["integer", "null"]]]),
    (
      ["properties": ["a": ["const": 1]], "additionalProperties": false],
      ["properties": ["a": ["type": "integer"], "b": ["type": "string"]], "maxProperties": 1]
    ),
    (
      ["patternProperties": ["^x": ["const": 1]], "additionalProperties": ["const": 2]],
      ["patternProperties": ["^x": ["type": "integer"]], "additionalProperties": ["const": 2]]
    ),
    (["anyOf": [["type": "string"], ["const": 1]]], ["anyOf": [["type": "integer"], ["type": "string"]]]),
    (
      ["oneOf": [["type": "string"], ["type": "integer", "maximum": 5]]],
      ["oneOf": [["type": "integer", "maximum": 6], ["type": "string"], ["type": "null"]]]
    ),
    (
      ["$ref": "#/$defs/n", "$defs": ["n": ["properties": ["c": ["$ref": "#/$defs/n"]]]]],
      ["properties": ["c": ["$ref": "#"]]]
    ),
    (["not": ["type": "string"]], ["not": ["const": "x"]]),
    (
      ["if": ["required": ["a"]], "then": ["required": ["b"]]],
      ["if": ["required": ["a"]], "then": ["anyOf": [["required": ["b"]], ["required": ["c"]]]]]
    ),
    (["dependentRequired": ["a": ["b", "c"]]], ["dependentRequired": ["a": ["b"]]]),
    (false, ["type": "string"]),
    (["type": "object", "required": ["a"], "properties": ["a": false]], ["type": "string"]),
    (
      ["propertyNames": ["maxLength": 3]],
      ["propertyNames": ["maxLength": 3], "type": ["object", "array", "string", "number", "boolean", "null"]]
    ),
  ]

  @Test(arguments: compatible.indices)
  func `what is compatible is proved`(_ index: Int) throws {
    let pair = Self.compatible[index]
    #expect(
      SchemaComparison(old: try Schema.compile(pair.old), new: try Schema.compile(pair.new)).verdict == .compatible)
  }

  /// Pairs with the smallest document that follows the first and not the second.
  static let incompatible: [(old: Value, new: Value, witness: Value)] = [
    (true, false, .null),
    (["type": ["integer", "null"]], ["type": "integer"], .null),
    (["type": "integer"], ["minimum": 3], 0),
    (["type": "integer", "minimum": 2], ["minimum": 3], 2),
    (["enum": ["a", "b"]], ["enum": ["a"]], "b"),
    (["type": "string"], ["minLength": 1], ""),
    (["type": "object"], ["required": ["a"]], [:]),
    (["type": "object"], ["additionalProperties": false], ["x": .null]),
    (
      ["type": "object", "properties": ["list": ["items": ["type": ["integer", "string"]]]]],
      ["properties": ["list": ["items": ["type": "integer"]]]], ["list": ["a"]]
    ),
    (["oneOf": [["type": "string"], ["type": "integer"]]], ["oneOf": [["type": "string"], ["const": 7]]], 0),
    (["type": "array", "items": ["type": "integer"]], ["uniqueItems": true], [0, 0]),
    (
      ["properties": ["c": ["$ref": "#"]], "type": "object"], ["properties": ["c": ["maxProperties": 0]]],
      ["c": ["c": [:]]]
    ),
  ]

  @Test(arguments: incompatible.indices)
  func `what is not is shown by the smallest document`(_ index: Int) throws {
    let (old, new, witness) = Self.incompatible[index]
    let comparison = SchemaComparison(old: try Schema.compile(old), new: try Schema.compile(new))
    #expect(comparison.verdict == .incompatible(witness: witness))
  }

  @Test func `what was not decided names the keyword`() throws {
    let old = try Schema.compile(["type": "string", "pattern": "^(?:ab)+$"])
    let new = try Schema.compile(["type": "string", "pattern": "^[ab]+$"])
    #expect(SchemaComparison(old: old, new: new).verdict == .unknown(keyword: "pattern", schema: "#"))
  }

  @Test func `a number of draft 4 is told from one of later drafts`() throws {
    let late = try Schema.compile(["type": "integer"])
    let early = try Schema.compile(["$schema": "http://json-schema.org/draft-04/schema#", "type": "integer"])
    #expect(SchemaComparison(old: early, new: late).verdict == .compatible)
    guard case .incompatible = SchemaComparison(old: late, new: early).verdict else {
      Issue.record("1.0 is an integer of the later drafts alone")
      return
    }
  }

  @Test func `changes are told by their kind`() throws {
    let old = try Schema.compile([
      "type": "object", "required": ["a"],
      "properties": [
        "a": ["type": "integer", "default": 1], "b": ["enum": ["x", "y"]], "gone": true, "hostnam": ["type": "string"],
      ],
    ])
    let new = try Schema.compile([
      "type": "object", "required": ["b"],
      "properties": [
        "a": ["type": ["integer", "string"], "default": 2], "b": ["enum": ["x", "z"]],
        "hostname": ["type": "string"], "fresh": ["type": "boolean", "deprecated": true],
      ],
    ])
    let changes = SchemaComparison(old: old, new: new).changes
    #expect(changes.contains(SchemaChange(path: ["gone"], kind: .removed)))
    #expect(changes.contains(SchemaChange(path: ["hostnam"], kind: .renamed(to: "hostname"))))
    #expect(changes.contains(SchemaChange(path: ["fresh"], kind: .added(isRequired: false))))
    #expect(changes.contains(SchemaChange(path: ["a"], kind: .optional)))
    #expect(changes.contains(SchemaChange(path: ["a"], kind: .defaultValue(old: 1, new: 2))))
    #expect(changes.contains(SchemaChange(path: ["b"], kind: .required)))
    #expect(changes.contains(SchemaChange(path: ["b"], kind: .values(added: ["z"], removed: ["y"]))))
    #expect(changes.contains(SchemaChange(path: ["a"], kind: .types(old: ["integer"], new: ["integer", "string"]))))
  }
}
