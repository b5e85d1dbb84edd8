import ConfigDocument
import ConfigMigration
import Foundation
import TestSupport
import Testing

/// The `file` operation: files come, go, and get other names.
@Suite struct FileOperationTests {
  @Test func `files are created, with value and comment`() throws {
    let plan = try FileTests.plan(
      ["main.yaml": "version: 1.0.0\nservices: {api: {port: 1}}\n"],
      """
      - file: {create: databases.yaml, value: {main: {host: h}}, comment: All databases.}
      - file: {create: settings/a.json, value: {x: [1, 2]}}
      - file: {create: env/dev.yaml}
      - each: {in: "/services/{name}", do: [{file: {create: "jobs.d/{name}.json"}}]}
      - default: {path: databases.yaml#/second, value: 2}
      """)
    #expect(plan["databases.yaml"] == "# All databases.\n\nmain:\n  host: h\nsecond: 2\n")
    #expect(plan["settings/a.json"] == "{\n  \"x\": [\n    1,\n    2\n  ]\n}\n")
    #expect(plan["env/dev.yaml"] == "{}\n")
    #expect(plan["jobs.d/api.json"] == "{}\n")
    let names = plan.authors.filter { $0.operation == "file" }.map(\.author)
    #expect(plan.files.first { $0.path == "env/dev.yaml" }?.changes.map(\.author) == [names[2]])
  }

  @Test func `creating what exists is a conflict, unless it is equal`() throws {
    let files: KeyValuePairs = ["main.yaml": "version: 1.0.0\n", "databases.yaml": "a:   1 # mine\n"]
    #expect(
      try FileTests.plan(files, "- file: {create: databases.yaml, value: {a: 1}}")["databases.yaml"]
        == "a:   1 # mine\n")
    #expect(try FileTests.failure(files, "- file: {create: databases.yaml}").code == .conflict)
    let kept = try FileTests.plan(files, "- file: {create: databases.yaml, on_conflict: keep}")
    #expect(kept.warnings.map(\.code) == [.valueDropped])
    let replaced = try FileTests.plan(files, "- file: {create: databases.yaml, value: {b: 2}, on_conflict: replace}")
    #expect(replaced["databases.yaml"] == "b: 2\n")
    #expect(replaced.files.map(\.fate) == [.kept, .kept])
  }

  @Test func `files are removed where a condition holds`() throws {
    let plan = try FileTests.plan(
      ["main.yaml": "version: 1.0.0\n", "env/a.yaml": "off: true\n", "env/b.yaml": "off: false\n"],
      "- file: {remove: \"env/{e}.yaml\", when: {/off: {equals: true}}}\n- set: {path: /off, value: gone, layers: overlay}"
    )
    #expect(plan.files.map(\.path) == ["main.yaml", "env/b.yaml", "env/a.yaml"])
    #expect(plan.files.map(\.fate) == [.kept, .kept, .removed])
    #expect(plan["env/b.yaml"] == "off: gone\n")
    #expect(String(decoding: plan.files[2].old, as: UTF8.self) == "off: true\n")
  }

  @Test func `a renamed file is another layer where the product says so, and changes on`() throws {
    let plan = try FileTests.plan(
      ["main.yaml": "version: 1.0.0\n", "services.d/a.yaml": "a: {x: 1}\n", "databases.yaml": "# d\nd: 1\n"],
      """
      - file: {rename: "services.d/{n}.yaml", to: "env/{n}.yaml"}
      - file: {rename: databases.yaml, to: services.d/db.yaml}
      - set: {path: /services/d, value: 2}
      """)
    #expect(plan.files.map(\.path) == ["main.yaml", "services.d/db.yaml", "env/a.yaml"])
    #expect(plan.files.map(\.fate) == [.kept, .renamed(from: "databases.yaml"), .renamed(from: "services.d/a.yaml")])
    #expect(plan.files.map(\.layer.name) == ["base", "fragment", "overlay"])
    #expect(plan["services.d/db.yaml"] == "# d\nd: 2\n")
    #expect(
      plan.files[2].diff
        == Array(
          """
          diff --git a/services.d/a.yaml b/env/a.yaml
          similarity index 100%
          rename from services.d/a.yaml
          rename to env/a.yaml

          """.utf8))
  }

  @Test func `names that are exchanged are two changes`() throws {
    let plan = try FileTests.plan(
      ["main.yaml": "version: 1.0.0\n", "env/a.yaml": "x: a\n", "env/b.yaml": "x: b\n"],
      """
      - file: {rename: env/a.yaml, to: env/c.yaml}
      - file: {rename: env/b.yaml, to: env/a.yaml}
      - file: {rename: env/c.yaml, to: env/b.yaml}
      """)
    #expect(plan.files.map(\.fate) == [.kept, .kept, .kept])
    #expect(plan["env/a.yaml"] == "x: b\n" && plan["env/b.yaml"] == "x: a\n")
  }

  @Test func `a rename is refused where a file would be overwritten or read otherwise`() throws {
    let files: KeyValuePairs = ["main.yaml": "version: 1.0.0\n", "env/a.yaml": "x: a\n", "env/b.yaml": "x: b\n"]
    #expect(try FileTests.failure(files, "- file: {rename: env/a.yaml, to: env/b.yaml}").code == .conflict)
    #expect(try FileTests.failure(files, "- file: {rename: \"env/{e}.yaml\", to: databases.yaml}").code == .conflict)
    #expect(try FileTests.failure(files, "- file: {rename: env/a.yaml, to: jobs.d/a.json}").code == .badFileName)
    let version = try FileTests.failure(files, "- file: {rename: main.yaml, to: databases.yaml}")
    #expect(version.code == .versionUnknown)
    #expect(version.place?.description == "main.yaml:1:10")
  }

  @Test func `a group sees the files that it creates`() throws {
    let plan = try FileTests.plan(
      ["main.yaml": "version: 1.0.0\na: 1\n"],
      """
      - when: {/a: exists}
        operations:
          - file: {create: databases.yaml}
          - default: {path: databases.yaml#/b, value: 2}
          - file: {rename: databases.yaml, to: services.d/b.yaml}
          - set: {path: /services/b, value: 3}
      """)
    #expect(plan["services.d/b.yaml"] == "b: 3\n")
  }

  @Test func `git applies the diff of a plan that creates, removes and renames`() throws {
    let files: KeyValuePairs = [
      "main.yaml": "version: 1.0.0\na: 1\n", "env/a.yaml": "x: a\ny: 1\nz: 1\nu: 1\n", "env/b.yaml": "x: b\n",
      "services.d/s.yaml": "s: 1\n", "services.d/t.yaml": "t: 1", "databases.yaml": "",
    ]
    let plan = try FileTests.plan(
      files,
      """
      - file: {rename: env/a.yaml, to: env/new name.yaml}
      - set: {path: "env/{n}.yaml#/x", value: 2, layers: overlay}
      - file: {rename: services.d/s.yaml, to: services.d/u.yaml}
      - file: {remove: services.d/t.yaml}
      - file: {create: settings/x.json, value: {k: 1}}
      - move: {from: main.yaml#/a, to: databases.yaml#/a}
      """)
    #expect(plan["databases.yaml"] == "a: 1\n")
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("cfgmigrate-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    for (path, text) in files {
      let file = directory.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try Data(plan.diff).write(to: directory.appendingPathComponent("plan.diff"))
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "apply", "plan.diff"]
    git.currentDirectoryURL = directory
    git.environment = ProcessInfo.processInfo.environment.merging(["GIT_CEILING_DIRECTORIES": directory.path]) { $1 }
    try git.run()
    git.waitUntilExit()
    #expect(git.terminationStatus == 0, "\(String(decoding: plan.diff, as: UTF8.self))")
    for file in plan.files {
      let found = try? Data(contentsOf: directory.appendingPathComponent(file.path))
      #expect(found.map { Array($0) } == (file.fate == .removed ? nil : file.new), "\(file.path)")
      if case .renamed(let old) = file.fate {
        #expect(!FileManager.default.fileExists(atPath: directory.appendingPathComponent(old).path))
      }
    }
  }
}
