import ConfigDocument
import ConfigMigration
import Testing

/// What each operation does to a text, comments included.
@Suite struct OperationTests {
  @Test(arguments: OperationCase.all) func `the text comes out as it should`(_ example: OperationCase) throws {
    let head = "version: 1.0.0\n"
    let set = try SmallSet(["main.yaml": head + example.before + "\n"])
    let plan = try set.plan(example.operations)
    let difference = difference("version: 2.0.0\n" + example.after + "\n", plan["main.yaml"])
    #expect(difference == "")
    #expect(plan.warnings.filter { $0.severity == .error } == [])
  }

  @Test func `a conflict stops with both places`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\nb: 2\n"])
    #expect {
      _ = try set.plan("- rename: {path: /a, to: b}")
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message == "`/b` exists already and differs from `/a`")
      #expect(error.place?.description == "main.yaml:3:4")
      #expect(error.related.map(\.place.description) == ["main.yaml:2:4", "step.yaml:7:5"])
      return error.code == .conflict
    }
  }

  @Test(arguments: [
    ("keep", "version: 2.0.0\nb: 2\n", "`/a` (`1`) is dropped, since `/b` exists"),
    ("replace", "version: 2.0.0\nb: 1\n", "`/b` was `2` and becomes `1`"),
  ])
  func `a conflict is settled as asked, with a warning`(
    _ resolution: String, _ result: String, _ warning: String
  ) throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\nb: 2\n"])
      .plan("- rename: {path: /a, to: b, on_conflict: \(resolution)}")
    #expect(plan["main.yaml"] == result)
    #expect(plan.warnings.map(\.message) == [warning])
  }

  @Test func `a comment that goes with its entry is told`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\n# old\na: 1\nb: 2   # kept once\nl:\n  - name: x   # one\n"])
      .plan(
        "- remove: {path: /a}\n- remove: {path: /c}\n- unwrap: {path: \"/l/*\", as: {key: name}}")
    #expect(plan["main.yaml"] == "version: 2.0.0\nb: 2   # kept once\nl:\n  - x   # one\n")
    #expect(
      plan.warnings.map(\.description) == ["main.yaml:3:1: note: the comment of `/a` goes with it [comment-removed]"])
  }

  @Test(arguments: [
    (
      "- move: {from: main.yaml#/a, to: parts/n.json#/other}",
      "the top level lies outside of `/parts`, which is all that this file holds"
    ),
    ("- rename: {path: /parts, to: pieces}", "`/parts` is the whole content of this file, which cannot be moved"),
    ("- remove: {path: /parts}", "`/parts` is the whole content of the file, which cannot be removed"),
  ])
  func `what would change files is refused`(_ operation: String, _ message: String) throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n", "parts/n.json": "{\"n\": {\"on\": false}}\n"])
    #expect {
      _ = try set.plan(operation)
    } throws: { error in
      #expect((error as? Diagnostic)?.message == message)
      return true
    }
  }

  @Test func `two matches with one target are a conflict`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\njobs: {a: {x: 1}, b: {x: 2}}\n"])
    #expect(throws: Diagnostic.self) { try set.plan("- move: {from: \"/jobs/*/x\", to: /x}") }
  }

  @Test(arguments: [
    ("- map: {path: /a, values: {x: y}}", "`/a` is `\"30q\"`: the table of the operation does not have it"),
    ("- convert: {path: /a, from: duration, to: integer, unit: s}", "`/a` is `\"30q\"`: it is no duration"),
    ("- convert: {path: /f, to: integer}", "`/f` is `1.5`: it is no whole number, and would have to be rounded"),
    (
      "- remove: {path: /nothing, required: true}",
      "the operation `remove` found nothing at `/nothing`, and says that it is required"
    ),
    ("- require: {that: {/a: {equals: 1}}, message: No such thing.}", "No such thing"),
    ("- unwrap: {path: /l, as: list}", "`/l` is a list of 2 items, not of one, and cannot be unwrapped"),
    ("- pivot: {path: /l, key: name}", "the item `/l/0` has no `name` to name it"),
    ("- join: {path: /l, separator: \",\"}", "`/l` is `[\"a,b\", 1]`: `a,b` holds the separator `,`"),
  ])
  func `what an operation cannot do stops the plan`(_ operation: String, _ message: String) throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 30q\nf: 1.5\nl: [\"a,b\", 1]\n"])
    #expect {
      _ = try set.plan(operation)
    } throws: { error in
      #expect((error as? Diagnostic)?.message == message)
      return true
    }
  }

  @Test func `notes say where, and only if there is something`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n"]).plan(
      """
      - note: {level: warning, path: /a, message: Look at a.}
      - note: {level: info, path: /b, message: Never.}
      - note: {level: action, code: do-it, message: Do it., doc: docs/x.md}
      """)
    #expect(plan.notes.map(\.message) == ["Look at a.", "Do it."])
    #expect(plan.notes[0].places.map(\.description) == ["main.yaml:2:4"])
    #expect(plan.notes[1].code == "do-it")
    #expect(plan.summary.actions == 1)
  }
}
