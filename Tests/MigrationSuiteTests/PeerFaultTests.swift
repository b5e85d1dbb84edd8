import ConfigDocument
import ConfigMigration
import ConfigStore
import Foundation
import TestSupport
import Testing

/// What other migrators and lossless editors are known to get wrong, each on a case of its own.
///
/// Those about writing stand elsewhere: a source that is truncated before the new file is safe, or gone though saving failed,
/// is AnomalyTests of the store, where every system call fails in turn, and `bad-full-disk.clitest`; "dirty, fix and force" is
/// `killed.clitest` and `interrupted-*.clitest`, where the next run finishes or undoes what was cut off.
@Suite struct PeerFaultTests {
  /// The result of operations on one file, from version 1 to 2.
  static func migrated(_ text: String, by operations: String) throws -> String {
    try plan(text, by: operations)["a.yaml"]
  }

  static func plan(_ text: String, by operations: String) throws -> Plan {
    let product = try product()
    let transformer = try Transformer(step("1", "2", operations), product: product)
    let set = try ConfigurationSet(product: product, files: [("a.yaml", Array(text.utf8))])
    return try Planner(registry: Registry(product: product, transformers: [transformer])).plan(
      set, from: Version("1", scheme: .integer))
  }

  static func product() throws -> Product {
    let text = """
      product: peer
      versions: {scheme: integer, at: a.yaml#/version}
      files: [{path: a.yaml, layer: base}]
      """
    return try Product(Document(Array(text.utf8), as: .yaml, named: "product.yaml"))
  }

  static func step(_ from: String, _ to: String, _ operations: String, comment: String = "") throws -> Document {
    let text = """
      \(comment)transformer: 1
      product: peer
      from: "\(from)"
      to: "\(to)"
      summary: test
      operations: \(operations)
      """
    return try Document(Array(text.utf8), as: .yaml, named: "step.yaml")
  }

  // MARK: Migrators

  @Test func `an anchored value is changed once, and keeps its anchor`() throws {
    let hooks = "repos:\n- hooks:\n  - language: &lang python_venv\n  - language: *lang\n"
    #expect(
      try Self.migrated(hooks, by: "[{map: {path: \"/repos/*/hooks/*/language\", values: {python_venv: python}}}]")
        == "repos:\n- hooks:\n  - language: &lang python\n  - language: *lang\n")
  }

  @Test func `comments stay, and so does a key that nobody knows`() throws {
    let text = "# header\n\n# about a\na: 1 # one\nunheard_of: {x: y} # mine\n# foot\n"
    #expect(
      try Self.migrated(text, by: "[{rename: {path: /a, to: b}}, {default: {path: /c, value: 2}}]")
        == "# header\n\n# about a\nb: 1 # one\nunheard_of: {x: y} # mine\n# foot\nc: 2\n")
  }

  @Test func `a condition is not its opposite`() throws {
    let operations = """
      [{set: {path: /branch, value: old, when: {/mode: {equals: legacy}}}},
       {set: {path: /branch, value: new, when: {not: {/mode: {equals: legacy}}}}}]
      """
    #expect(try Self.migrated("mode: legacy\n", by: operations) == "mode: legacy\nbranch: old\n")
    #expect(try Self.migrated("mode: modern\n", by: operations) == "mode: modern\nbranch: new\n")
    #expect(try Self.migrated("other: 1\n", by: operations) == "other: 1\nbranch: new\n")
  }

  @Test(arguments: ["2.10.0", "12.1.0", "2.0.9", "2.2.0", "3.0.0", "2.1.0-rc.1"])
  func `the gate of a version lets no other version through`(_ other: String) throws {
    let range = try #require(VersionRange("2.1", scheme: .semver))
    #expect(range.contains(try #require(Version("2.1.7", scheme: .semver))))
    #expect(!range.contains(try #require(Version(other, scheme: .semver))))
  }

  @Test func `a set of an unknown version is refused, not taken for the newest`() throws {
    let product = try Self.product()
    let registry = Registry(
      product: product, transformers: [try Transformer(Self.step("1", "2", "[]"), product: product)])
    for (said, code) in [("7", Diagnostic.Code.versionNewer), ("one", .versionUnknown)] {
      let set = try ConfigurationSet(product: product, files: [("a.yaml", Array("version: \(said)\n".utf8))])
      #expect { try Planner(registry: registry).plan(set) } throws: { ($0 as? Diagnostic)?.code == code }
    }
  }

  @Test func `each run backs up what was there before that run`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("cfgmigrate-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: "\(Repository.root)/samples/job-platform/2.0", toPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = try ConfigurationDirectory(
      path, products: ProductPath(registries: [ProductFolder.shipped]),
      environment: .current(tool: "tests", command: "test"))
    let main = { try String(contentsOfFile: "\(path)/platform.yaml", encoding: .utf8) }
    var texts = [try main()]
    for version in ["2.1.0", "2.2.0", "2.3.0"] {
      _ = try directory.apply(directory.plan(to: version))
      texts.append(try main())
    }
    #expect(Set(texts).count == 4)
    // Newest first: each rollback gives the text of before that run, not of before the first.
    for text in texts.dropLast().reversed() {
      _ = try directory.history.rollback()
      #expect(try main() == text)
    }
  }

  // MARK: Lossless editors

  @Test func `a comment that is glued to a key stays a comment`() throws {
    #expect(
      try Self.migrated("foo: 1\n#commentbar: value\nbar: 2\n", by: "[{rename: {path: /foo, to: baz}}]")
        == "baz: 1\n#commentbar: value\nbar: 2\n")
    #expect(
      try Self.migrated("foo: # commentbar: value\n  bar: 2\n", by: "[{default: {path: /foo/baz, value: 3}}]")
        == "foo: # commentbar: value\n  bar: 2\n  baz: 3\n")
  }

  @Test func `a folded scalar keeps its lines, also where it moves`() throws {
    let text = "a:\n  text: >-\n    several words\n    on two lines,\n\n      and one deeper\n  b: 1\n"
    #expect(
      try Self.migrated(text, by: "[{move: {from: /a/text, to: /c/d/text}}]")
        == "a:\n  b: 1\nc:\n  d:\n    text: >-\n      several words\n      on two lines,\n\n        and one deeper\n")
  }

  @Test func `anchors are not lost`() throws {
    let text = "base: &base {x: 1}\nuse:\n  <<: *base\n  y: 2\n"
    #expect(
      try Self.migrated(text, by: "[{rename: {path: /base, to: common}}, {set: {path: /use/y, value: 3}}]")
        == "common: &base {x: 1}\nuse:\n  <<: *base\n  y: 3\n")
    // What is removed hands its value to who uses it.
    #expect(
      try Self.migrated("a: &v {x: 1}\nb: *v\nc: *v\n", by: "[{remove: {path: /a}}]") == "b: &v {x: 1}\nc: *v\n")
  }

  @Test func `a renamed key keeps its place, an inline comment its line`() throws {
    #expect(
      try Self.migrated("a: 1\nb: 2 # two\nc: 3\n", by: "[{rename: {path: /b, to: bb}}, {set: {path: /bb, value: 20}}]")
        == "a: 1\nbb: 20 # two\nc: 3\n")
    #expect(
      try Self.migrated("a: # the list\n- 1\n- 2 # last\n", by: "[{insert: {into: /a, values: [3]}}]")
        == "a: # the list\n- 1\n- 2 # last\n- 3\n")
  }

  @Test func `a comment stays in its document`() throws {
    #expect(
      try Self.migrated(
        "# one\na: 1\n---\n# two\na: 2\n# between\n---\n# three\nb: 3\n", by: "[{rename: {path: /a, to: x}}]")
        == "# one\nx: 1\n---\n# two\nx: 2\n# between\n---\n# three\nb: 3\n")
  }

  // MARK: Migration tools of databases

  @Test func `a formatter and a licence header are no drift`() throws {
    let product = try Self.product()
    let plain = try Transformer(Self.step("1", "2", "[{remove: {path: /a}}]"), product: product)
    let dressed = try Transformer(
      Self.step("1", "2", "\n  # gone\n  - remove:\n      path: '/a'", comment: "# Licence: MIT\n\n"), product: product)
    let other = try Transformer(Self.step("1", "2", "[{remove: {path: /b}}]"), product: product)
    #expect(plain.canonicalForm == dressed.canonicalForm)
    #expect(plain.canonicalForm != other.canonicalForm)
  }

  @Test func `two heads are found before anything is planned`() throws {
    let product = try Self.product()
    let steps = try [("1", "2"), ("2", "4"), ("1", "3"), ("3", "4")].map {
      try Transformer(Self.step($0.0, $0.1, "[]"), product: product)
    }
    let registry = Registry(product: product, transformers: steps)
    #expect(registry.findings().contains { $0.code == .ambiguousPath })
    let set = try ConfigurationSet(product: product, files: [("a.yaml", Array("version: 1\n".utf8))])
    #expect { try Planner(registry: registry).plan(set, to: "4") } throws: {
      ($0 as? Diagnostic)?.code == .ambiguousPath
    }
    #expect(
      Registry(product: product, transformers: [steps[0], steps[0]]).findings().map(\.code).contains(
        .duplicateTransformer)
    )
  }

  @Test func `a lock that a killed process left behind holds nobody up`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("cfgmigrate-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: "\(Repository.root)/samples/job-platform/2.1", toPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: "\(path)/.cfgmigrate", withIntermediateDirectories: true)
    try "pid 1 on another host\n".write(toFile: "\(path)/.cfgmigrate/lock", atomically: false, encoding: .utf8)
    let directory = try ConfigurationDirectory(
      path, products: ProductPath(registries: [ProductFolder.shipped]),
      environment: .current(tool: "tests", command: "test"))
    #expect(try directory.apply(directory.plan(to: "2.2.0")) != nil)
  }
}
