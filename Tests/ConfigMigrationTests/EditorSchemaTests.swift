import ConfigDocument
import ConfigMigration
import ConfigSchema
import Foundation
import TestSupport
import Testing

/// What an editor shows by the JSON Schemas is what the parser says: the same fields, the same faults.
@Suite struct EditorSchemaTests {
  static func text(_ name: String) throws -> Value {
    let path = "\(Repository.root)/schemas/cfgmigrate/\(name).schema.json"
    let document = try Document(Array(Data(contentsOf: URL(fileURLWithPath: path))), as: .json, named: path)
    return document.value(of: document.roots[0])
  }

  static func definition(_ name: String) throws -> Object {
    let definitions = try #require(try text("transformer").object?["$defs"]?.object)
    return try #require(definitions[name]?.object, "there is no definition of \(name)")
  }

  /// The fields that the parser names when it meets one that it does not know.
  static func fieldsOfParser(_ operation: String, sample: String) throws -> Set<String> {
    do {
      _ = try SmallSet([:]).transformer("- \(operation): \(sample.dropLast()), no_such_field_at_all: 1}")
    } catch let error as Diagnostic {
      guard error.code == .unknownField, let hint = error.hint, hint.hasPrefix("its fields are ") else {
        Issue.record("\(operation): \(error)")
        return []
      }
      return Set(
        hint.dropFirst("its fields are ".count).split(separator: ",").map { $0.trimmingCharacters(in: [" ", "`"]) })
    }
    Issue.record("\(operation) takes any field")
    return []
  }

  /// An operation of each kind that reads without an error.
  static let samples: [String: String] = [
    "move": "{from: /a, to: /b}", "rename": "{path: /a, to: b}", "copy": "{from: /a, to: /b}", "remove": "{path: /a}",
    "set": "{path: /a, value: 1}", "default": "{path: /a, value: 1}", "merge": "{into: /a, value: {b: 1}}",
    "map": "{path: /a, values: {b: c}}", "convert": "{path: /a, to: integer}",
    "rewrite": "{path: /a, match: b, with: c}",
    "wrap": "{path: /a, as: list}", "unwrap": "{path: /a, as: list}", "split": "{path: /a, separator: b}",
    "join": "{path: /a, separator: b}", "pivot": "{path: /a, key: b}", "unpivot": "{path: /a, key: b}",
    "insert": "{into: /a, values: [b]}", "discard": "{from: /a, values: [b]}", "arrange": "{path: /a, dedupe: true}",
    "each": "{in: /a, do: []}", "require": "{that: {/a: exists}, message: m}", "note": "{level: info, message: m}",
    "compute": "{path: /a, expr: .}", "custom": "{path: /a, run: [x]}", "pin_default": "{path: /a, value: 1}",
    "drop_default": "{path: /a, value: 1}", "prune": "{path: /a}", "file": "{create: a.yaml}",
  ]

  /// Operations with fields that go together in one form of them only.
  static let otherForms = ["file": ["{remove: a.yaml}", "{rename: a.yaml, to: b.yaml}"]]

  @Test(arguments: OperationKinds.all.map(\.name))
  func `the schema has the fields of the parser, and no others`(_ operation: String) throws {
    guard let sample = Self.samples[operation] else {
      Issue.record("write a sample of `\(operation)` here")
      return
    }
    let definition = try Self.definition(operation)
    let known = Set(definition["properties"]?.object?.keys ?? [])
    #expect(definition["additionalProperties"] == false || definition["unevaluatedProperties"] == false)
    var parsed = try Self.fieldsOfParser(operation, sample: sample)
    for other in Self.otherForms[operation] ?? [] {
      parsed.formUnion(try Self.fieldsOfParser(operation, sample: other))
    }
    #expect(parsed.subtracting(known) == [], "the schema lacks these")
    #expect(known.subtracting(parsed) == [], "the parser does not read these")
  }

  @Test func `the schema has every operation`() throws {
    let operation = try Self.definition("operation")
    let known = Set(operation["properties"]?.object?.keys ?? []).subtracting(["when", "operations", "layers"])
    #expect(known == Set(OperationKinds.all.map(\.name)))
  }

  @Test func `the schema has the fields of the head, of a test and of a product`() throws {
    func fields(_ text: String, _ read: (Document) throws -> Void) throws -> Set<String> {
      do {
        try read(Document(Array(text.utf8), as: .yaml, named: "x.yaml"))
        Issue.record("any field is taken: \(text)")
        return []
      } catch let error as Diagnostic {
        let hint = error.hint ?? ""
        #expect(hint.hasPrefix("its fields are "), "\(error)")
        return Set(
          hint.dropFirst("its fields are ".count).split(separator: ",").map { $0.trimmingCharacters(in: [" ", "`"]) })
      }
    }
    func properties(_ value: Value?) -> Set<String> { Set(value?.object?["properties"]?.object?.keys ?? []) }
    let product = try SmallSet([:]).product
    let head = "transformer: 1\nproduct: small\nfrom: '1'\nto: 2.0.0\nsummary: s\noperations: []\n"
    let transformer = try Self.text("transformer")
    let readTransformer = { (document: Document) throws in _ = try Transformer(document, product: product) }
    #expect(try fields(head + "no_such_field_at_all: 1\n", readTransformer) == properties(transformer))
    #expect(
      try fields(head + "tests: [{before: a, after: b, no_such_field_at_all: 1}]\n", readTransformer)
        == properties(transformer.object?["properties"]?.object?["tests"]?.object?["items"]))
    let schema = try Self.text("product")
    let readProduct = { (document: Document) throws in _ = try Product(document) }
    let files = "files: [{path: a, layer: base}]\n"
    #expect(
      try fields("product: p\nversions: {}\n\(files)no_such_field_at_all: 1\n", readProduct) == properties(schema))
    #expect(
      try fields("product: p\nversions: {no_such_field_at_all: 1}\n\(files)", readProduct)
        == properties(schema.object?["properties"]?.object?["versions"]))
    #expect(
      try fields("product: p\nversions: {}\nfiles: [{path: a, layer: base, no_such_field_at_all: 1}]\n", readProduct)
        == properties(schema.object?["properties"]?.object?["files"]?.object?["items"]))
  }

  /// Faults that a schema cannot see: what a capture, a pattern, a version or another field means.
  static let beyondSchemas: Set<String> = [
    "the source `/a/{job}` binds no capture `{jbo}`", "`/a` cannot be moved into itself",
    "nothing binds the capture `{y}` of the condition `/x/{y}`",
    "`(` is no PCRE2 pattern: missing closing parenthesis",
    "this program has no Swift change `shorten`",
    "the target `*.yaml#/x` has a wildcard, and so does not say where",
    "nothing binds the capture `{b}` of `{b}.yaml`", "`../a.yaml` is no path within the directory",
  ]

  @Test(arguments: BadTransformerTests.cases)
  func `a bad transformer is refused by the schema too`(_ fault: BadTransformerTests.Case) throws {
    // What stands in an expression only jq and its checks know.
    guard !Self.beyondSchemas.contains(fault.message), fault.code != .badExpression else { return }
    let schema = try Schema.compile(Self.text("transformer"))
    guard let document = try? Document(Array(fault.text.utf8), as: .yaml, named: "step.yaml") else { return }
    #expect(try !schema.isValid(ValueTree(document)), "\(fault.text)")
  }

  @Test(arguments: samples.sorted { $0.key < $1.key }.map { "- \($0.key): \($0.value)" })
  func `what the parser reads is valid`(_ operation: String) throws {
    let text = "transformer: 1\nproduct: small\nfrom: '1'\nto: 2.0.0\nsummary: s\noperations:\n  \(operation)\n"
    let document = try Document(Array(text.utf8), as: .yaml, named: "step.yaml")
    #expect(try Schema.compile(Self.text("transformer")).isValid(ValueTree(document)))
  }
}
