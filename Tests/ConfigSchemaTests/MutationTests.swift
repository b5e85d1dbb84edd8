import ConfigDocument
import ConfigSchema
import Testing

/// Schemas in which one value is replaced by junk: they compile or are refused, and never trap; and the two evaluators
/// agree on whatever they then mean.
@Suite(.enabled(if: OfficialSuite.isPresent, "the JSON Schema test suite is not there; set CFGMIGRATE_SUITES"))
struct MutationTests {
  static let junk: [Value] = [
    nil, true, 1, -1, "x", "#", [], [:], [1], [[:]], ["$ref": "#"], ["$id": "#x"], ["$anchor": "x", "$ref": "#x"],
    ["$dynamicAnchor": "x", "$dynamicRef": "#x"], ["type": "object", "unevaluatedProperties": false],
    ["anyOf": [["$ref": "#"], true]], ["required": [1]], ["pattern": "("],
  ]

  @Test(arguments: [SchemaDraft.draft4, .draft7, .draft2019, .draft2020])
  func `junk in a schema is an error or harmless, never a crash`(_ draft: SchemaDraft) throws {
    let remotes = try OfficialSuite.remotes()
    var options = Schema.Options()
    options.draft = draft
    var round = 0
    var refused = 0
    var accepted = 0
    var last: Value?
    for test in try OfficialSuite.cases(draft, .required) where test.schema != last {
      last = test.schema
      for pointer in Self.pointers(test.schema) {
        round += 1
        let schema = Self.replacing(test.schema, at: pointer.tokens[...], by: Self.junk[round % Self.junk.count])
        do throws(Diagnostic) {
          let compiled = try Schema.compile(schema, options: options) { remotes[$0] }
          let tree = ValueTree(test.data)
          let verdict = try compiled.isValid(tree)
          #expect(compiled.validate(tree).isEmpty == verdict, "\(schema)")
          accepted += 1
        } catch {
          #expect(!error.message.isEmpty)
          refused += 1
        }
      }
    }
    #expect(refused > 100)
    #expect(accepted > 100)
  }

  static func pointers(_ value: Value) -> [Pointer] {
    var out = [Pointer()]
    switch value {
    case .array(let items):
      for (index, item) in items.enumerated() {
        out += pointers(item).map { Pointer([String(index)]).appending($0) }
      }
    case .object(let object):
      for member in object.members { out += pointers(member.value).map { Pointer([member.key]).appending($0) } }
    default: break
    }
    return out
  }

  static func replacing(_ value: Value, at tokens: ArraySlice<String>, by junk: Value) -> Value {
    guard let token = tokens.first else { return junk }
    switch value {
    case .array(var items):
      if let index = Int(token) { items[index] = replacing(items[index], at: tokens.dropFirst(), by: junk) }
      return .array(items)
    case .object(var object):
      if let member = object[token] { object[token] = replacing(member, at: tokens.dropFirst(), by: junk) }
      return .object(object)
    default: return value
    }
  }
}
