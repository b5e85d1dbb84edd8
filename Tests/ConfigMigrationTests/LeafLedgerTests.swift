import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

/// Every scalar of the input is accounted for, by the operation that did it.
@Suite struct LeafLedgerTests {
  private static let product = """
    product: small
    versions: {scheme: semver, at: main.yaml#/version}
    files:
      - {path: main.yaml, layer: base}
      - {path: extra.yaml, layer: base}
      - {path: old.yaml, layer: base}
    """

  private func fates(_ plan: Plan) -> [String] {
    plan.ledger.leaves.map { leaf in
      let by = plan.authors.first { $0.author == leaf.author }?.operation ?? "nobody"
      return "\(leaf.place.file):\(leaf.place.line) \(leaf.pointer) \(leaf.fate.rawValue) by \(by)"
    }
  }

  @Test(arguments: OperationCase.all) func `the sum is what was there`(_ example: OperationCase) throws {
    let text = "version: 1.0.0\n" + example.before + "\n"
    let plan = try SmallSet(["main.yaml": text]).plan(example.operations)
    let document = try Document(Array(text.utf8), as: .yaml, named: "main.yaml")
    #expect(plan.ledger.count == document.sourceScalarCount)
    for leaf in plan.ledger.leaves { #expect(plan.authors.contains { $0.author == leaf.author }) }
  }

  @Test func `each fate has its operation`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\nb: '2'\nc: {d: 3, e: 4}\nf: 5\n"]).plan(
      """
      - move: {from: /a, to: /c/a}
      - convert: {path: /b, to: integer}
      - merge: {into: /c, value: {d: 4}, on_conflict: replace}
      - remove: {path: /f, lossy: nobody reads it}
      """)
    #expect(
      fates(plan) == [
        "main.yaml:1 /version converted by version", "main.yaml:2 /a moved by move",
        "main.yaml:3 /b converted by convert", "main.yaml:4 /c/d merged by merge", "main.yaml:5 /f removed by remove",
      ])
    #expect(plan.ledger.kept == 1)
  }

  @Test func `what goes to another file has moved, and what a removed file held is removed`() throws {
    let set = try SmallSet(
      ["main.yaml": "version: 1.0.0\n", "extra.yaml": "a: 1\nb: 2\n", "old.yaml": "c: 3\n"], product: Self.product)
    let plan = try set.plan(
      """
      - move: {from: "extra.yaml#/a", to: "main.yaml#/a"}
      - file: {remove: old.yaml, lossy: nobody reads it}
      """)
    #expect(
      Set(fates(plan)) == [
        "main.yaml:1 /version converted by version", "extra.yaml:1 /a moved by move",
        "old.yaml:1 /c removed by file",
      ])
    #expect(plan.ledger.kept == 1)
  }
}
