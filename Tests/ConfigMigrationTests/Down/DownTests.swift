import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

/// The laws of the way back: `down(up(x)) == x`, byte for byte where the run is on record and by value where the operations tell
/// it all; and what was edited since is carried along.
@Suite struct DownTests {
  private static let head = "version: 1.0.0\n"

  @Test(arguments: OperationCase.all) func `with a record every byte comes back`(
    _ example: OperationCase
  ) throws {
    let upgraded = try Upgraded(Self.head + example.before + "\n", example.operations)
    let plan = try upgraded.down()
    #expect(difference(upgraded.before, plan["main.yaml"]) == "")
    #expect(plan.isDown && plan.losses.isEmpty && plan.conflicts.isEmpty)
  }

  @Test(arguments: OperationCase.all) func `an edit elsewhere is carried along`(
    _ example: OperationCase
  ) throws {
    let upgraded = try Upgraded(Self.head + example.before + "\n", example.operations)
    let edit = "# ours\nedited: [1, 2]   # since\n"
    let version = "version: 2.0.0\n"
    let plan = try upgraded.down(version + edit + upgraded.after.dropFirst(version.utf8.count))
    #expect(
      difference(Self.head + edit + upgraded.before.dropFirst(Self.head.utf8.count), plan["main.yaml"]) == "")
    #expect(plan.conflicts.isEmpty)
  }

  @Test(arguments: OperationCase.all) func `without a record the values come back, or the gap is named`(
    _ example: OperationCase
  ) throws {
    let upgraded = try Upgraded(Self.head + example.before + "\n", example.operations)
    guard let plan = try? upgraded.down(isRecorded: false), plan.losses.isEmpty else { return }
    let value = { (text: String) throws -> Value in
      let document = try Document(Array(text.utf8), as: .yaml, named: "main.yaml")
      return document.value(of: document.roots[0])
    }
    #expect(try value(plan["main.yaml"]) == value(upgraded.before), "\(plan["main.yaml"])")
  }

  @Test func `most of the language tells its way back`() throws {
    var derived = 0
    for example in OperationCase.all {
      let upgraded = try Upgraded(Self.head + example.before + "\n", example.operations)
      if upgraded.planner.registry.transformers[0].gaps.isEmpty { derived += 1 }
    }
    print("way back: \(derived) of \(OperationCase.all.count) groups of operations need no record")
    #expect(derived * 3 > OperationCase.all.count)
  }

  @Test func `an edit of what moved goes back with it, comment and all`() throws {
    let upgraded = try Upgraded(
      Self.head + "db:\n  # measured\n  max: 20   # in March\n  host: a\n",
      "- move: {from: /db/max, to: /db/pool/max_size}\n- default: {path: /db/pool/min_size, value: 5}")
    let plan = try upgraded.down(upgraded.after.replacing("max_size: 20", with: "max_size: 30"))
    #expect(plan["main.yaml"] == Self.head + "db:\n  # measured\n  max: 30   # in March\n  host: a\n")
  }

  @Test func `an edit of what the upgrade brought waits for a decision`() throws {
    let upgraded = try Upgraded(Self.head + "a: 1\n", "- default: {path: /b, value: 5}")
    let edited = upgraded.after.replacing("b: 5", with: "b: 7")
    let plan = try upgraded.down(edited)
    #expect(
      plan.openConflicts.map(\.sentence) == [
        "`/b` of main.yaml is `7` since an edit, was `5` after the upgrade and nothing before it"
      ])
    #expect(try upgraded.down(edited, preferring: .theirs)["main.yaml"] == upgraded.before)
    #expect(try upgraded.down(edited, preferring: .ours)["main.yaml"] == Self.head + "a: 1\nb: 7\n")
  }

  @Test func `an edit of what was replaced is a conflict with three values`() throws {
    let upgraded = try Upgraded(Self.head + "a: 1\n", "- set: {path: /a, value: 2}")
    let edited = upgraded.after.replacing("a: 2", with: "a: 3")
    #expect(
      try upgraded.down(edited).openConflicts.map(\.conflict) == [
        MergeConflict(pointer: Pointer(["a"]), base: 2, ours: 3, theirs: 1)
      ])
    #expect(try upgraded.down(edited, preferring: .ours)["main.yaml"] == Self.head + "a: 3\n")
    #expect(try upgraded.down(edited, preferring: .theirs)["main.yaml"] == upgraded.before)
  }

  @Test func `the branch that was taken is the one that is taken back`() throws {
    // The condition reads what the operation changes, so that it does not hold any more.
    let operations = """
      - rename: {path: "/jobs/{job}/retry", to: retries, when: {"/jobs/{job}/retry": {above: 3}}}
      """
    let upgraded = try Upgraded(
      Self.head + "jobs:\n  a: {retry: 5}\n  b: {retry: 1}\n  c: {retries: 9}\n", operations)
    let edited = upgraded.after.replacing("retries: 5", with: "retries: 6").replacing("retries: 9", with: "retries: 8")
    #expect(
      try upgraded.down(edited)["main.yaml"]
        == Self.head + "jobs:\n  a: {retry: 6}\n  b: {retry: 1}\n  c: {retries: 8}\n")
  }

  @Test func `without a record a condition that cannot be asked is a gap`() throws {
    let upgraded = try Upgraded(
      Self.head + "a: 5\n", "- rename: {path: /a, to: b, when: {/a: {above: 3}}}")
    #expect(
      try upgraded.down(isRecorded: false).losses.map { $0.sentence(isDown: true) } == [
        "nothing on record tells where its condition held, for the `rename` of `/a → b` of 1-to-2.0.0"
      ])
  }

  @Test func `a comment that finds no place is told`() throws {
    let upgraded = try Upgraded(Self.head + "a: 1\nz: 1\n", "- remove: {path: /a}\n- default: {path: /b, value: 1}")
    let plan = try upgraded.down(upgraded.after.replacing("b: 1", with: "b: 1   # ours"))
    #expect(plan["main.yaml"] == upgraded.before)
    #expect(plan.warnings.contains { $0.code == .commentRemoved || $0.code == .commentStranded })
  }

  @Test func `a transformer that was changed since is told`() throws {
    var upgraded = try Upgraded(Self.head + "a: 1\n", "- rename: {path: /a, to: b}")
    let changed = try SmallSet([:]).transformer("- rename: {path: /a, to: c}")
    upgraded.planner = Planner(registry: Registry(product: upgraded.product, transformers: [changed]))
    let plan = try upgraded.down()
    #expect(plan["main.yaml"] == upgraded.before)
    #expect(plan.warnings.map(\.code) == [.recordUnusable])
  }

  @Test(arguments: ["2.0", "2.1"]) func `a sample comes back from every version`(_ version: String) throws {
    let planner = try ShippedProduct.planner()
    let set = try SampleTests.sample(version)
    let start = try set.version().version
    for target in planner.registry.reachable(from: start) {
      let up = try planner.plan(set, to: target.label)
      let record = RecordedRun(
        name: "run", chain: up.steps.map(\.id),
        files: up.files.filter(\.isChanged).map { .init(path: $0.path, before: $0.old, after: $0.new) })
      let upgraded = try ConfigurationSet(product: set.product, files: up.files.map { ($0.path, $0.new) })
      let down = try planner.plan(upgraded, to: start.label, records: [record])
      for (file, original) in zip(down.files, set.files) {
        #expect(
          difference(String(decoding: original.bytes, as: UTF8.self), String(decoding: file.new, as: UTF8.self)) == "",
          "\(file.path), \(start) ← \(target)")
      }
      #expect(down.validation.target.isEmpty && down.conflicts.isEmpty && down.losses.isEmpty)
      // And in steps of one transformer, by way of the versions between.
      for between in planner.registry.reachable(from: start) where between < target {
        let half = try planner.plan(upgraded, to: between.label, records: [record])
        let direct = try planner.plan(set, to: between.label)
        #expect(half.files.map(\.new) == direct.files.map(\.new), "\(target) → \(between)")
      }
    }
  }
}
