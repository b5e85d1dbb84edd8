import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

/// Moves between files and documents.
@Suite struct FileTests {
  static let product = """
    product: small
    versions: {scheme: semver, at: main.yaml#/version}
    files:
      - {path: main.yaml, layer: base}
      - {path: databases.yaml, layer: base}
      - {path: "settings/*.json", layer: base}
      - {path: "settings/*.jsonc", layer: base}
      - {path: "env/{env}.yaml", layer: overlay, over: main.yaml}
      - {path: "services.d/{name}.yaml", layer: fragment, at: /services}
      - {path: "jobs.d/{name}.json", layer: fragment, at: /jobs}
    """

  static func plan(_ files: KeyValuePairs<String, String>, _ operations: String) throws -> Plan {
    try SmallSet(files, product: product).plan(operations)
  }

  static func failure(
    _ files: KeyValuePairs<String, String>, _ operations: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Diagnostic {
    let set = try SmallSet(files, product: product)
    return try #require(throws: Diagnostic.self, sourceLocation: sourceLocation) { _ = try set.plan(operations) }
  }

  @Test func `files are merged into one, which is created, with their comments and in their order`() throws {
    let plan = try Self.plan(
      [
        "main.yaml": "version: 1.0.0\n",
        "env/dev.yaml": "# Where the data lives.\ndatabase:\n  host: localhost   # a container\nlog: debug\n",
        "env/prod.yaml": "log: info\n\n# Two machines.\ndatabase:\n  host: \"db.example.com\"\n  port: 0x1538\n",
      ], "- move: {from: \"env/{env}.yaml#/database\", to: \"databases.yaml#/databases/{env}\"}")
    #expect(
      plan["databases.yaml"] == """
        databases:
          # Where the data lives.
          dev:
            host: localhost   # a container
          # Two machines.
          prod:
            host: "db.example.com"
            port: 0x1538

        """)
    #expect(plan["env/dev.yaml"] == "log: debug\n")
    #expect(plan["env/prod.yaml"] == "log: info\n\n")
    #expect(plan.files.map(\.path) == ["main.yaml", "databases.yaml", "env/dev.yaml", "env/prod.yaml"])
    #expect(plan.files.map(\.fate) == [.kept, .created, .kept, .kept])
    #expect(plan.steps[0].operations[0].matches == 2)
  }

  @Test func `a file is split by the captures of its keys`() throws {
    let plan = try Self.plan(
      [
        "main.yaml": "version: 1.0.0\nservices:\n  api:\n    port: 80 # http\n  web: {port: 8080}\n",
        "services.d/web.yaml": "web:\n  name: web\n",
      ],
      "- move: {from: \"main.yaml#/services/{name}\", to: \"services.d/{name}.yaml#/services/{name}\", on_conflict: merge}"
    )
    #expect(plan["main.yaml"] == "version: 2.0.0\nservices: {}\n")
    #expect(plan["services.d/api.yaml"] == "api:\n  port: 80 # http\n")
    #expect(plan["services.d/web.yaml"] == "web:\n  name: web\n  port: 8080\n")
  }

  @Test func `an emptied file stays until prune or file removes it`() throws {
    let files: KeyValuePairs = [
      "main.yaml": "version: 1.0.0\nx: 1\n", "databases.yaml": "# all\ndatabase:\n  host: h\n", "env/e.yaml": "{}\n",
    ]
    let move = "- move: {from: databases.yaml#/database, to: main.yaml#/database}\n"
    #expect(try Self.plan(files, move)["databases.yaml"] == "{}\n")
    let pruned = try Self.plan(files, move + "- prune: {path: \"*.yaml#\"}\n- prune: {path: \"env/*.yaml#\"}")
    #expect(pruned["main.yaml"] == "version: 2.0.0\nx: 1\n# all\ndatabase:\n  host: h\n")
    #expect(pruned.files.map(\.path) == ["main.yaml", "env/e.yaml", "databases.yaml"])
    #expect(pruned.files.map(\.fate) == [.kept, .kept, .removed])
    #expect(try Self.plan(files, move + "- prune: {path: /x}").files.allSatisfy { $0.fate == .kept })
  }

  @Test func `a whole file goes under a key, and comes out from under it`() throws {
    let wrapped = try Self.plan(
      ["main.yaml": "version: 1.0.0\n", "databases.yaml": "# Header.\n\nhost: h # one\nport: 1\n"],
      "- move: {from: databases.yaml#, to: main.yaml#/database}")
    #expect(
      wrapped["main.yaml"].contains("database:\n") && wrapped["main.yaml"].contains("  host: h # one\n  port: 1\n"))
    #expect(wrapped["main.yaml"].contains("# Header."))
    #expect(wrapped.files.map(\.fate) == [.kept, .removed])
    let unwrapped = try Self.plan(
      ["main.yaml": "version: 1.0.0\ndatabase:\n  # Where.\n  host: h # one\n  port: 1\n"],
      "- merge: {from: main.yaml#/database, into: databases.yaml#}")
    #expect(unwrapped["databases.yaml"] == "# Where.\nhost: h # one\nport: 1\n")
    #expect(unwrapped["main.yaml"] == "version: 2.0.0\n")
  }

  @Test func `a document of a stream is named by its number`() throws {
    let plan = try Self.plan(
      ["main.yaml": "version: 1.0.0\na: &x {k: 1} # one\n---\nb: 2\n---\nc: 3\n"],
      """
      - move: {from: "main.yaml@1#/a", to: "main.yaml@3#/a"}
      - copy: {from: "main.yaml@2#/b", to: "main.yaml@1#/b"}
      """)
    #expect(plan["main.yaml"] == "version: 2.0.0\nb: 2\n---\nb: 2\n---\nc: 3\na: &x {k: 1} # one\n")
    let error = try Self.failure(
      ["main.yaml": "version: 1.0.0\na: 1\n"], "- move: {from: main.yaml#/a, to: \"main.yaml@2#/a\"}")
    #expect(error.code == .conflict)
    #expect(error.message == "`main.yaml` has 1 document, and `@2` names one more")
  }

  @Test func `an alias whose anchor stays behind becomes a copy`() throws {
    let plan = try Self.plan(
      ["main.yaml": "version: 1.0.0\nbase: &b {t: 1}\njob:\n  with: *b\n  own: &o 2\nother: *o\n"],
      "- move: {from: main.yaml#/job, to: databases.yaml#/job}")
    #expect(plan["databases.yaml"] == "job:\n  with: {t: 1}\n  own: &o 2\n")
    #expect(plan["main.yaml"] == "version: 2.0.0\nbase: &b {t: 1}\nother: &o 2\n")
  }

  @Test func `fragments are addressed by their effective path`() throws {
    let files: KeyValuePairs = [
      "main.yaml": "version: 1.0.0\nlog:\n  level: info\n",
      "services.d/api.yaml": "api:\n  # Why.\n  log: debug\n  port: 1\n",
    ]
    let out = try Self.plan(files, "- move: {from: \"/services/{name}/log\", to: \"/log/{name}\"}")
    #expect(out["main.yaml"] == "version: 2.0.0\nlog:\n  level: info\n  # Why.\n  api: debug\n")
    #expect(out["services.d/api.yaml"] == "api:\n  port: 1\n")
    let over = try Self.plan(
      files, "- move: {from: \"services.d/api.yaml#/services/api\", to: \"services.d/front.yaml#/services/front\"}")
    #expect(over["services.d/front.yaml"] == "front:\n  # Why.\n  log: debug\n  port: 1\n")
    let error = try Self.failure(files, "- move: {from: main.yaml#/log, to: services.d/api.yaml#/log}")
    #expect(error.code == .conflict)
    #expect(error.message == "the top level lies outside of `/services`, which is all that this file holds")
  }

  @Test func `formats change on the way, and comments are not lost silently`() throws {
    let files: KeyValuePairs = ["main.yaml": "version: 1.0.0\nlimits:\n  cpu: 0x10 # cores\n  on: yes\n"]
    let jsonc = try Self.plan(files, "- move: {from: main.yaml#/limits, to: settings/limits.jsonc#/limits}")
    #expect(jsonc["settings/limits.jsonc"].contains("cores"))
    let error = try Self.failure(files, "- move: {from: main.yaml#/limits, to: settings/limits.json#/limits}")
    #expect(error.code == .editRefused)
    #expect(error.place?.description == "main.yaml:2:1")
    let lossy = try Self.plan(
      files, "- move: {from: main.yaml#/limits, to: settings/limits.json#/limits, lossy: JSON has no comments}")
    #expect(lossy["settings/limits.json"] == "{\n  \"limits\": {\n    \"cpu\": 16,\n    \"on\": \"yes\"\n  }\n}\n")
  }

  @Test func `what exists in the target file is a conflict, with both places`() throws {
    let files: KeyValuePairs = [
      "main.yaml": "version: 1.0.0\nport: 1\n", "databases.yaml": "port: 2 # theirs\n",
    ]
    let error = try Self.failure(files, "- move: {from: main.yaml#/port, to: databases.yaml#/port}")
    #expect(error.code == .conflict)
    #expect(error.place?.description == "databases.yaml:1:7")
    #expect(error.related.first?.place.description == "main.yaml:2:7")
    func resolved(_ word: String) throws -> Plan {
      try Self.plan(files, "- move: {from: main.yaml#/port, to: databases.yaml#/port, on_conflict: \(word)}")
    }
    #expect(try resolved("keep")["databases.yaml"] == "port: 2 # theirs\n")
    #expect(try resolved("keep").warnings.map(\.code) == [.valueDropped])
    #expect(try resolved("replace")["databases.yaml"] == "port: 1\n")
    #expect(
      try resolved("replace").warnings.map { $0.place?.description } == ["databases.yaml:1:7", "databases.yaml:1:1"])
    let equal = try Self.plan(
      ["main.yaml": "version: 1.0.0\nport: 2\n", "databases.yaml": "port: 0x2\n"],
      "- move: {from: main.yaml#/port, to: databases.yaml#/port}")
    #expect(equal["databases.yaml"] == "port: 0x2\n" && equal["main.yaml"] == "version: 2.0.0\n")
  }

  @Test func `two files with one target are told`() throws {
    let error = try Self.failure(
      ["main.yaml": "version: 1.0.0\n", "env/a.yaml": "x: 1\n", "env/b.yaml": "x: 2\n"],
      "- move: {from: \"env/{e}.yaml#/x\", to: main.yaml#/x}")
    #expect(error.message == "`env/a.yaml#/x` and `env/b.yaml#/x` would both become `/x`")
    #expect(error.place?.description == "env/b.yaml:1:4")
  }

  @Test(arguments: ["a/b", "", "a\u{0}b"]) func `a key that is no file name is refused`(_ key: String) throws {
    let quoted = Value.string(key).description
    let error = try Self.failure(
      ["main.yaml": "version: 1.0.0\nservices:\n  \(key == "a\u{0}b" ? "\"a\\0b\"" : quoted): {port: 80}\n"],
      "- move: {from: \"main.yaml#/services/{name}\", to: \"env/{name}.yaml#/services\"}")
    #expect(error.code == .badFileName)
    #expect(error.place?.description.hasPrefix("main.yaml:3:") == true)
  }

  @Test(arguments: [".", ".."]) func `no component of a path becomes one that leads elsewhere`(_ key: String) throws {
    let captures = try #require(Captures().binding("name", to: key))
    let error = try #require(throws: Diagnostic.self) {
      _ = try PathPattern("env/{name}/a.yaml").filled(with: captures)
    }
    #expect(error.code == .badFileName)
    #expect(try PathPattern("env/{name}.yaml").filled(with: captures) == "env/\(key).yaml")
  }

  @Test func `a file that the product has no place for is refused, with its patterns`() throws {
    let error = try Self.failure(
      ["main.yaml": "version: 1.0.0\na: 1\n"], "- move: {from: main.yaml#/a, to: other.yaml#/a}")
    #expect(error.code == .badFileName)
    #expect(error.message == "`other.yaml` would be no file of the product `small`")
    #expect(error.hint?.hasPrefix("its files are `main.yaml`, `databases.yaml`") == true)
  }

  @Test func `a copy into another file keeps the comments, and leaves the source`() throws {
    let plan = try Self.plan(
      ["main.yaml": "version: 1.0.0\n# Why.\ntz: UTC # all\n", "env/e.yaml": "tz: CET\n"],
      "- copy: {from: main.yaml#/tz, to: databases.yaml#/tz}")
    #expect(plan["databases.yaml"] == "# Why.\ntz: UTC # all\n")
    #expect(plan["main.yaml"] == "version: 2.0.0\n# Why.\ntz: UTC # all\n")
  }
}
