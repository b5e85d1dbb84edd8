import ConfigDocument
import ConfigSchema
import PatternMatching
import Testing

/// What is very deep, very large, or made to explode.
struct LimitTests {
  /// Patterns on which a matcher that goes back takes exponential or cubic time, with a text that shows it.
  static let explosive: [(pattern: String, text: String)] = [
    ("^(a+)+$", String(repeating: "a", count: 60) + "!"),
    ("^(a|aa)+$", String(repeating: "a", count: 60) + "!"),
    ("^(a|a?)+$", String(repeating: "a", count: 60) + "!"),
    ("^(.*)*x$", String(repeating: "a", count: 200)),
    ("(x+x+)+y", String(repeating: "x", count: 60)),
    ("^([a-zA-Z0-9])(([.-]|_+)?([a-zA-Z0-9]+))*@", String(repeating: "a", count: 60) + "!"),
    ("^(\\w+\\s?)*$", String(repeating: "word ", count: 20) + "!"),
    ("^(?:(?:a*)*)*b", String(repeating: "a", count: 60)),
    (".*.*=.*", String(repeating: "a", count: 3_000)),
  ]

  @Test(arguments: explosive.indices)
  func `a pattern that explodes ends in a verdict or in a limit`(_ index: Int) throws {
    let (source, text) = Self.explosive[index]
    let schema = try Schema.compile(["pattern": .string(source)])
    do throws(Diagnostic) {
      // None of the texts matches: any other verdict would be wrong.
      #expect(try schema.isValid(ValueTree(.string(text))) == false)
    } catch {
      #expect(error.code == .schemaLimit)
    }
  }

  @Test func `a schema 10,000 deep is refused or compiles, and judges`() throws {
    let depth = 10_000
    let text = String(repeating: #"{"not":"#, count: depth) + "true" + String(repeating: "}", count: depth)
    let document = try? Document(Array(text.utf8), as: .json, named: "deep.json")
    // Documents are at most 512 deep: that is told where they are read.
    #expect(document == nil)
    var schema: Value = true
    for _ in 0..<500 { schema = ["not": schema] }
    let compiled = try Schema.compile(schema)
    #expect(try compiled.isValid(ValueTree(1)))
  }

  @Test func `a document 10,000 deep is refused where it is read`() {
    let text = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    #expect(throws: Diagnostic.self) { try Document(Array(text.utf8), as: .json, named: "deep.json") }
    #expect(throws: Diagnostic.self) { try Document(Array(text.utf8), as: .yaml, named: "deep.yaml") }
  }

  @Test func `a recursive schema judges the deepest document there is`() throws {
    let schema = try Schema.compile(["properties": ["c": ["$ref": "#"]], "additionalProperties": false])
    var value: Value = [:]
    for _ in 0..<500 { value = ["c": value] }
    #expect(try schema.isValid(ValueTree(value)))
    #expect(schema.validate(ValueTree(value)).isEmpty)
  }

  @Test func `a wide document is judged in one pass`() throws {
    let schema = try Schema.compile([
      "type": "array", "uniqueItems": true,
      "items": ["type": "object", "required": ["id"], "additionalProperties": false, "properties": ["id": true]],
    ])
    var tree = ValueTree(.array((0..<100_000).map { ["id": .number(Number($0))] }))
    #expect(try schema.isValid(tree))
    tree = ValueTree(.array((0..<100_000).map { ["id": .number(Number($0 % 99_999))] }))
    #expect(try !schema.isValid(tree))
    #expect(schema.validate(tree).map(\.code) == [.schemaUnique])
  }

  @Test func `equal items are found among all kinds`() throws {
    let schema = try Schema.compile(["uniqueItems": true])
    var items: [Value] = [
      1, "1", true, .null, [1], ["a": 1, "b": 2], "x", 2, 3, .number(try #require(Number("1.5"))), [], [:],
    ]
    #expect(try schema.isValid(ValueTree(.array(items))))
    for twin in [.number(try #require(Number("1.0"))), ["b": 2, "a": .number(try #require(Number("1e0")))], .null]
      as [Value]
    {
      #expect(try !schema.isValid(ValueTree(.array(items + [twin]))))
    }
    items.append("1.5")
    #expect(try schema.isValid(ValueTree(.array(items))))
  }

  @Test func `what is required without an end is given up by the generator`() throws {
    let endless: Value = [
      "type": "object", "required": ["a", "b"], "properties": ["a": ["$ref": "#"], "b": ["$ref": "#"]],
    ]
    var generator = InstanceGenerator(try Schema.compile(endless), seed: 1)
    #expect(generator.next() == nil)
    // The standard's own schema: every keyword may hold schemas again.
    var meta = InstanceGenerator(try Schema.compile(["$ref": "http://json-schema.org/draft-04/schema#"]), seed: 0)
    for _ in 0..<20 { _ = meta.next() }
  }
}
