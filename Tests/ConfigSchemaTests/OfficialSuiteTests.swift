import ConfigDocument
import ConfigSchema
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: OfficialSuite.isPresent, "the JSON Schema test suite is not there; set CFGMIGRATE_SUITES"))
struct OfficialSuiteTests {
  static let list = URL(filePath: Repository.root + "/Tests/ConfigSchemaTests/KnownFailures.txt")

  @Test func `every test of the official suite is judged right, but for those on the list`() throws {
    let remotes = try OfficialSuite.remotes()
    var failures: [String] = []
    for draft in SchemaDraft.allCases {
      for kind in OfficialSuite.Kind.allCases {
        let cases = try OfficialSuite.cases(draft, kind)
        let wrong = cases.filter { !Self.isJudgedRight($0, draft, kind, remotes) }
        print("\(OfficialSuite.folder(draft)): \(kind.rawValue) \(cases.count - wrong.count) of \(cases.count)")
        if kind == .required { #expect(wrong.map(\.name) == [], "required tests") }
        failures += wrong.map(\.name)
      }
    }
    let found = failures.sorted().map { $0 + "\n" }.joined()
    let listed = try String(contentsOf: Self.list, encoding: .utf8)
    let difference = LineDiff.unified(from: listed, to: found, context: 0)
    #expect(difference == "", "- passes now: take it off the list; + fails and is not listed")
    if Recording.isOn, difference != "" { try found.write(to: Self.list, atomically: true, encoding: .utf8) }
  }

  /// All three evaluators must say what the suite says.
  static func isJudgedRight(
    _ test: OfficialSuite.Case, _ draft: SchemaDraft, _ kind: OfficialSuite.Kind, _ remotes: [String: Value]
  ) -> Bool {
    var options = Schema.Options()
    options.draft = draft
    options.assertsFormats = kind == .format
    options.assertsContents = kind == .optional
    do throws(Diagnostic) {
      let schema = try Schema.compile(test.schema, options: options) { remotes[$0] }
      let tree = ValueTree(test.data)
      let verdict = try schema.isValid(tree)
      let violations = schema.validate(tree)
      // Without a keyword, the explanation found nothing where the other evaluator did.
      let isUnexplained = violations.contains { $0.keyword.isEmpty && $0.message.contains("follow its schema") }
      if verdict != violations.isEmpty || isUnexplained {
        Issue.record("the evaluators disagree: \(test.name)")
        return false
      }
      if schema.output(of: tree).isValid != verdict {
        Issue.record("the output disagrees: \(test.name)")
        return false
      }
      return verdict == test.isValid
    } catch {
      if kind == .required { print("\(test.name): \(error)") }
      return false
    }
  }
}
