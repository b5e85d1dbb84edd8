import ConfigDocument
import ConfigMigration
import Foundation
import TestSupport
import Testing

/// On a way down too, every scalar of the input is accounted for: by the inverse operation that did it, or by the record.
@Suite struct DownLedgerTests {
  private func fates(_ plan: Plan) -> [String] {
    plan.ledger.leaves.map { leaf in
      let by = plan.authors.first { $0.author == leaf.author }
      return "\(leaf.pointer) \(leaf.fate.rawValue) by \(by?.operation ?? "nobody") of \(by?.transformer ?? "nothing")"
    }
  }

  /// What the ledger says is held against the two texts.
  private func expectTrue(_ plan: Plan) throws {
    for file in plan.files {
      guard let ledger = file.ledger else { continue }
      let old = try Document(file.old, as: .yaml, named: file.path)
      #expect(ledger.count == old.sourceScalarCount, "\(file.path)")
      for leaf in ledger.leaves { #expect(plan.authors.contains { $0.author == leaf.author }, "\(leaf)") }
      guard file.newPath != nil else { continue }
      let new = try Document(file.new, as: .yaml, named: file.path)
      // Items may have another number, and keep.
      for node in old.sourceScalars where !old.hasAliases(node) {
        let pointer = old.pointer(to: node)
        guard !pointer.tokens.contains(where: { Pointer.index($0) != nil }),
          !ledger.leaves.contains(where: { $0.pointer == pointer })
        else { continue }
        let there = new.node(at: pointer).map { new.value(of: $0) }
        #expect(there == old.value(of: node), "\(pointer) is told to be kept")
      }
    }
  }

  @Test(arguments: OperationCase.all) func `the sum is what was there, recorded or not, edited or not`(
    _ example: OperationCase
  ) throws {
    let upgraded = try Upgraded("version: 1.0.0\n" + example.before + "\n", example.operations)
    let version = "version: 2.0.0\n"
    let edited = version + "edited: [1, 2]\n" + upgraded.after.dropFirst(version.utf8.count)
    try expectTrue(try upgraded.down())
    try expectTrue(try upgraded.down(edited))
    if let plan = try? upgraded.down(isRecorded: false) { try expectTrue(plan) }
  }

  private static let text = "version: 1.0.0\na: 1\nb: '2'\nc: {d: 3}\ng: x\n"
  private static let operations = """
    - move: {from: /a, to: /c/a}
    - convert: {path: /b, to: integer}
    - default: {path: /e, value: 5}
    - set: {path: /g, value: y}
    """

  @Test func `each fate has its inverse operation, and what none tells is the record's`() throws {
    let upgraded = try Upgraded(Self.text, Self.operations)
    let expected = [
      "/version converted by version of 2.0.0 → 1.0.0", "/b converted by convert of 2.0.0 → 1.0.0",
      "/c/a moved by move of 2.0.0 → 1.0.0", "/g converted by record of 2.0.0 → 1",
      "/e removed by drop_default of 2.0.0 → 1.0.0",
    ]
    #expect(Set(fates(try upgraded.down())) == Set(expected))
    // The same, where an edit keeps the bytes of the record from being taken as they are.
    let plan = try upgraded.down(upgraded.after.replacingText("d: 3", by: "d: 33"))
    #expect(Set(fates(plan)) == Set(expected))
    #expect(plan.ledger.kept == 1)
  }

  @Test func `without a record the operations alone are named`() throws {
    let plan = try Upgraded(Self.text, Self.operations).down(isRecorded: false)
    #expect(!fates(plan).contains { $0.contains("record") })
    #expect(fates(plan).contains("/c/a moved by move of 2.0.0 → 1.0.0"))
  }
}

extension Document {
  fileprivate func hasAliases(_ node: NodeID) -> Bool { kind(of: node) == .alias || !aliases(of: node).isEmpty }
}

extension String {
  fileprivate func replacingText(_ old: String, by new: String) -> String {
    guard let range = range(of: old) else { return self }
    return replacingCharacters(in: range, with: new)
  }
}
