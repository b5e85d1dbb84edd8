import ConfigDocument
import ConfigSchema
import Foundation
import TestSupport
import Testing

/// The output of the specification: its own tests, and its own schemas for whatever comes out.
@Suite(.enabled(if: OfficialSuite.isPresent, "the JSON Schema test suite is not there; set CFGMIGRATE_SUITES"))
struct OutputSuiteTests {
  static let drafts: [SchemaDraft] = [.draft2019, .draft2020]
  static func folder(_ draft: SchemaDraft) -> URL {
    OfficialSuite.root.appending(path: "output-tests").appending(path: OfficialSuite.folder(draft))
  }

  @Test(arguments: drafts)
  func `every output test of the official suite holds`(_ draft: SchemaDraft) throws {
    let outputSchema = try OfficialSuite.read(Self.folder(draft).appending(path: "output-schema.json"))
    let uri = try #require(outputSchema.object?["$id"]?.string)
    for file in try OfficialSuite.files(in: Self.folder(draft).appending(path: "content")) {
      var (held, all) = (0, 0)
      for group in try OfficialSuite.read(file).array?.compactMap(\.object) ?? [] {
        var options = Schema.Options()
        options.draft = draft
        options.keepsReferences = true
        let schema = try Schema.compile(try #require(group["schema"]), options: options)
        for test in group["tests"]?.array?.compactMap(\.object) ?? [] {
          let unit = schema.output(of: ValueTree(try #require(test["data"])))
          for (name, expectation) in test["output"]?.object?.members ?? [] {
            let form = try #require(OutputForm(rawValue: name))
            let judge = try Schema.compile(expectation, options: options) { $0 == uri ? outputSchema : nil }
            let violations = judge.validate(ValueTree(unit.value(as: form)))
            #expect(violations.isEmpty, "\(file.lastPathComponent): \(test["description"]?.string ?? "") \(name)")
            all += 1
            if violations.isEmpty { held += 1 }
          }
        }
      }
      print("output, \(OfficialSuite.folder(draft)): \(file.lastPathComponent) \(held) of \(all)")
      #expect(all > 0)
    }
  }

  /// The four forms of the outputs of all required tests, each by the definition of its form.
  @Test(arguments: drafts)
  func `whatever comes out follows the specification's schema of outputs`(_ draft: SchemaDraft) throws {
    let remotes = try OfficialSuite.remotes()
    let outputSchema = try OfficialSuite.read(Self.folder(draft).appending(path: "output-schema.json"))
    let uri = try #require(outputSchema.object?["$id"]?.string)
    let judges = try OutputForm.allCases.map { form in
      try Schema.compile(["$ref": .string("\(uri)#/$defs/\(form.rawValue)")]) { $0 == uri ? outputSchema : nil }
    }
    var options = Schema.Options()
    options.draft = draft
    options.uri = "https://example.com/schema"
    options.keepsReferences = true
    var count = 0
    for test in try OfficialSuite.cases(draft, .required) {
      guard let schema = try? Schema.compile(test.schema, options: options, retrieve: { remotes[$0] }) else { continue }
      let unit = schema.output(of: ValueTree(test.data))
      for (form, judge) in zip(OutputForm.allCases, judges) {
        let violations = judge.validate(ValueTree(unit.value(as: form)))
        #expect(
          violations.isEmpty, "\(test.name): \(form): \(violations.first.map { "\($0.instance) \($0.message)" } ?? "")")
        count += 1
      }
    }
    print("output, \(OfficialSuite.folder(draft)): \(count) outputs follow the specification's schema")
  }

  static let schema: Value = [
    "$id": "https://example.com/schema",
    "properties": ["port": ["$ref": "#/$defs/port"], "name": ["title": "Name"]],
    "additionalProperties": false,
    "$defs": ["port": ["anyOf": [["type": "integer"], ["const": "auto"]]]],
  ]

  @Test(arguments: [
    (OutputForm.flag, #"{"valid":false}"#),
    (
      .basic,
      """
      {"valid":false,"keywordLocation":"","absoluteKeywordLocation":"https://example.com/schema#","instanceLocation":"","errors":[\
      {"valid":false,"keywordLocation":"/properties/port/$ref/anyOf/0/type",\
      "absoluteKeywordLocation":"https://example.com/schema#/$defs/port/anyOf/0/type","instanceLocation":"/port",\
      "error":"`port`: expected an integer, found the string `\\"x\\"`"},\
      {"valid":false,"keywordLocation":"/properties/port/$ref/anyOf/1/const",\
      "absoluteKeywordLocation":"https://example.com/schema#/$defs/port/anyOf/1/const","instanceLocation":"/port",\
      "error":"`port`: expected `\\"auto\\"`, found `\\"x\\"`"}]}
      """
    ),
    (
      .detailed,
      """
      {"valid":false,"keywordLocation":"/properties/port/$ref/anyOf",\
      "absoluteKeywordLocation":"https://example.com/schema#/$defs/port/anyOf","instanceLocation":"/port","errors":[\
      {"valid":false,"keywordLocation":"/properties/port/$ref/anyOf/0/type",\
      "absoluteKeywordLocation":"https://example.com/schema#/$defs/port/anyOf/0/type","instanceLocation":"/port",\
      "error":"`port`: expected an integer, found the string `\\"x\\"`"},\
      {"valid":false,"keywordLocation":"/properties/port/$ref/anyOf/1/const",\
      "absoluteKeywordLocation":"https://example.com/schema#/$defs/port/anyOf/1/const","instanceLocation":"/port",\
      "error":"`port`: expected `\\"auto\\"`, found `\\"x\\"`"}]}
      """
    ),
  ])
  func `the forms are those of the specification`(_ form: OutputForm, _ expected: String) throws {
    var options = Schema.Options()
    options.keepsReferences = true
    let schema = try Schema.compile(Self.schema, options: options)
    let output = schema.output(of: ValueTree(["port": "x", "name": "n"])).value(as: form)
    let document = try Document(Array(expected.utf8), as: .json, named: "expected.json")
    #expect(output == document.value(of: document.roots[0]))
  }

  @Test func `defaults are those of the branch that was taken`() throws {
    let schema = try Schema.compile([
      "properties": ["kind": ["enum": ["a", "b"]], "size": ["$ref": "#/$defs/size"]],
      "if": ["properties": ["kind": ["const": "a"]]],
      "then": ["properties": ["mode": ["default": "fast"]]],
      "else": ["properties": ["mode": ["default": "safe"]]],
      "$defs": ["size": ["default": 3]],
    ])
    let found = schema.defaults(for: ValueTree(["kind": "b"])).map { "\($0.instance)=\($0.value)" }
    #expect(found == ["/size=3", "/mode=\"safe\""])
  }
}
