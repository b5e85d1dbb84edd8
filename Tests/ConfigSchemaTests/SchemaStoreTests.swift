import ConfigDocument
import ConfigSchema
import Foundation
import TestSupport
import Testing

/// Published schemas with files that follow them and files that do not. Takes a minute without optimisation, so it runs
/// only where `CFGMIGRATE_LONG_TESTS` is set.
@Suite(
  .enabled(
    if: OfficialSuite.isPresent && ProcessInfo.processInfo.environment["CFGMIGRATE_LONG_TESTS"] != nil,
    "long; set CFGMIGRATE_LONG_TESTS"))
struct SchemaStoreTests {
  static let root = OfficialSuite.suites.appending(path: "schemastore")

  /// Schemas that say draft 4 and use `const`, which draft 4 ignores; one of draft 7 that has keywords beside `$ref`,
  /// which draft 7 ignores; and one with a file whose time has no offset.
  static let faulty: Set<String> = [
    "es6importsorterrc", "function", "pre-commit-config", "web-manifest", "webjob-publish-settings",
  ]

  @Test func `published schemas compile and judge their files right`() throws {
    let schemas = try Self.schemas()
    let byURI = Self.byURI(schemas)
    var options = Schema.Options()
    options.draft = .draft7
    var compiled: [String: Schema] = [:]
    for (name, value) in schemas.sorted(by: { $0.key < $1.key }) {
      do throws(Diagnostic) {
        compiled[name] = try Schema.compile(value, options: options) { byURI[$0] }
      } catch {
        let isExpected = error.code == .schemaRefUnresolved || name == "cloudify" && error.code == .schemaRefCycle
        #expect(isExpected, "\(name): \(error)")
      }
    }
    print("schemas: \(compiled.count) of \(schemas.count) compile; the others refer to what is not there")
    for (folder, expected) in [("test", true), ("negative_test", false)] {
      var count = 0
      for (name, schema) in compiled where !Self.faulty.contains(name) {
        for (file, tree) in Self.files(in: Self.root.appending(path: folder).appending(path: name)) {
          let violations = schema.validate(tree)
          #expect(try schema.isValid(tree) == expected, "\(folder)/\(name)/\(file): \(violations.first?.message ?? "")")
          #expect(violations.isEmpty == expected, "\(folder)/\(name)/\(file)")
          count += 1
        }
      }
      print("\(folder): \(count) files")
    }
  }

  static func schemas() throws -> [String: Value] {
    var out: [String: Value] = [:]
    for file in try OfficialSuite.files(in: root.appending(path: "schemas")) {
      out[file.deletingPathExtension().lastPathComponent] = try OfficialSuite.read(file)
    }
    return out
  }

  static func byURI(_ schemas: [String: Value]) -> [String: Value] {
    var out: [String: Value] = [:]
    for (name, value) in schemas {
      out["https://json.schemastore.org/\(name).json"] = value
      out["https://json.schemastore.org/\(name)"] = value
      out["https://www.schemastore.org/\(name).json"] = value
      for key in ["$id", "id"] {
        if let id = value.object?[key]?.string { out[id.replacing("#", with: "")] = value }
      }
    }
    return out
  }

  /// The files that can be read: some begin with a byte order mark in the wrong place.
  static func files(in folder: URL) -> [(String, ValueTree)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      let format: DocumentFormat? =
        name.hasSuffix("json") ? .jsonc : name.hasSuffix("yaml") || name.hasSuffix("yml") ? .yaml : nil
      guard let format, let data = try? Data(contentsOf: folder.appending(path: name)),
        let document = try? Document(Array(data), as: format, named: name), let tree = try? ValueTree(document)
      else { return nil }
      return (name, tree)
    }
  }
}
