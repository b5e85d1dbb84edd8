import ConfigDocument
import ConfigMigration
import Testing

/// Documents that are configurations of their own, and `each` over several addresses.
@Suite struct StandaloneTests {
  static let product = """
    product: small
    versions:
      scheme: semver
      at: set.yaml#/version
      detect:
        - {at_most: 1.0.0, when: {/kind: {equals: Old}}}
        - {at_most: 2.0.0, when: {/kind: exists}}
    files:
      - {path: "*.yaml", layer: standalone, items: /items}
    """

  static func set(_ files: KeyValuePairs<String, String>) throws -> SmallSet {
    try SmallSet(files, product: product)
  }

  @Test func `each document is asked and completed by itself`() throws {
    let plan = try Self.set([
      "a.yaml": "kind: Old\nx: 1\n---\nkind: New\n", "b.yaml": "kind: Old\n",
    ]).plan(
      """
      - when: {/kind: {equals: Old}}
        operations:
          - default: {path: /x, value: 2}
          - default: {path: /w/z, from: /x, before: x}
          - copy: {from: /x, to: /c}
      - merge: {into: /m, value: {k: 1}, when: {/kind: {equals: New}}}
      """)
    #expect(plan["a.yaml"] == "kind: Old\nw:\n  z: 1\nx: 1\nc: 1\n---\nkind: New\nm:\n  k: 1\n")
    #expect(plan["b.yaml"] == "kind: Old\nw:\n  z: 2\nx: 2\nc: 2\n")
  }

  @Test func `items of the list are documents too`() throws {
    let plan = try Self.set([
      "a.yaml": "kind: List\nitems:\n- kind: Old   # first\n- {kind: New}\n- text\n",
      "b.yaml": "kind: Old\nitems: none\n",
    ]).plan("- rename: {path: /kind, to: sort, when: {/kind: {equals: Old}}}")
    #expect(plan["a.yaml"] == "kind: List\nitems:\n- sort: Old   # first\n- {kind: New}\n- text\n")
    #expect(plan["b.yaml"] == "sort: Old\nitems: none\n")
  }

  @Test func `without a base nothing is told of it`() throws {
    let plan = try Self.set(["a.yaml": "kind: Old\n"]).plan(
      """
      - when: {/nowhere: exists}
        operations:
          - note: {level: info, message: never}
      - when: {/kind: {equals: New}}
        operations:
          - note: {level: info, message: never, when: {/kind: {equals: Old}}}
      - require: {that: {/kind: exists}, message: No kind.}
      """)
    #expect(plan.notes == [])
  }

  @Test func `require is asked of each document`() throws {
    let set = try Self.set(["a.yaml": "kind: Old\n---\nkind: Other\n"])
    #expect {
      _ = try set.plan("- require: {that: {/kind: {in: [Old]}}, message: No other kind.}")
    } throws: { ($0 as? Diagnostic)?.place?.description == "a.yaml:3:7" }
  }

  @Test func `the oldest thing bounds the version, and a newer one that is said contradicts it`() throws {
    func version(_ files: KeyValuePairs<String, String>) throws -> SetVersion {
      let small = try Self.set(files)
      return try ConfigurationSet(product: small.product, files: small.files).version()
    }
    #expect(try version(["a.yaml": "kind: New\n", "b.yaml": "kind: New\n---\nkind: Old\n"]).version.label == "1.0.0")
    #expect(try version(["a.yaml": "kind: New\n"]).version.label == "2.0.0")
    #expect(try version(["a.yaml": "kind: New\n", "set.yaml": "version: 1.5.0\n"]).findings == [])
    let contradicted = try version(["a.yaml": "kind: Old\n", "set.yaml": "version: 1.5.0\n"])
    #expect(contradicted.version.label == "1.5.0")
    #expect(
      contradicted.findings.map(\.description) == [
        "set.yaml:1:10: warning: the set says version 1.5.0, and holds what no version after 1.0.0 knows [version-contradicted]"
      ])
  }

  @Test func `each works at several addresses, and tells a note once`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\na: {x: 1}\nprofiles:\n- a: {x: 2}\n- b: 1\n- a: {x: 3}\n"
    ]).plan(
      """
      - each:
          in: ["", "/profiles/*"]
          do:
            - rename: {path: /a/x, to: w}
            - note: {level: info, path: /a/w, message: Look at w.}
      """)
    #expect(plan["main.yaml"] == "version: 2.0.0\na: {w: 1}\nprofiles:\n- a: {w: 2}\n- b: 1\n- a: {w: 3}\n")
    #expect(plan.notes.map(\.message) == ["Look at w."])
    #expect(plan.notes[0].places.map(\.line).sorted() == [2, 4, 6])
  }

  @Test(arguments: [
    ("- each: {in: [], do: []}", "`in` is empty and names no place"),
    ("- each: {in: [\"/a/{x}\", \"/b/{y}\"], do: []}", "`/b/{y}` has other captures than `/a/{x}`"),
    ("- each: {in: [1], do: []}", "`in` must be an address, not the number `1`"),
  ])
  func `a list of addresses that cannot be meant`(_ operations: String, _ message: String) throws {
    #expect {
      _ = try SmallSet([:]).transformer(operations)
    } throws: { error in
      #expect((error as? Diagnostic)?.message == message)
      return (error as? Diagnostic)?.place?.file == "step.yaml"
    }
  }

  @Test(arguments: [
    ("{path: a, layer: standalone, items: \"/*\"}", "the list is at one place of each document, and `/*` is none"),
    ("{path: a, layer: standalone, items: \"\"}", "the list is at one place of each document, and `` is none"),
  ])
  func `items of a product name one list`(_ rule: String, _ message: String) throws {
    let text = "product: small\nversions: {at: a#/v}\nfiles: [\(rule)]\n"
    #expect {
      _ = try Product(Document(Array(text.utf8), as: .yaml, named: "product.yaml"))
    } throws: { ($0 as? Diagnostic)?.message == message }
  }
}
