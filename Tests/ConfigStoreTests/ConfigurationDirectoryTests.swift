import ConfigStore
import Foundation
import TestSupport
import Testing

/// The shipped samples, planned, applied and rolled back on disk.
@Suite struct ConfigurationDirectoryTests {
  static let root = Repository.root

  /// A scratch copy of a sample, removed at the end.
  private static func withCopy(of sample: String, _ body: (String) throws -> Void) throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("cfgmigrate-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: "\(root)/samples/job-platform/\(sample)", toPath: copy)
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try body(copy)
  }

  private static func open(_ path: String) throws -> ConfigurationDirectory {
    try ConfigurationDirectory(
      path, products: ProductPath(registries: ["\(root)/transformers"]),
      environment: .current(tool: "tests", command: "test"))
  }

  private static func contents(_ path: String) throws -> [String: Data] {
    var out: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: path)! where !name.hasPrefix(".cfgmigrate") {
      out[name] = FileManager.default.contents(atPath: path + "/" + name)
    }
    return out
  }

  @Test(arguments: [("2.1", "2.2.0"), ("2.0", "2.2.0"), ("2.1", "3.0.0"), ("2.0", "3.0.0")])
  func `a sample goes up and back, byte for byte`(sample: String, target: String) throws {
    try Self.withCopy(of: sample) { path in
      let before = try Self.contents(path)
      let directory = try Self.open(path)
      #expect(try directory.validate().isEmpty)
      let plan = try directory.plan(to: target)
      #expect(plan.validation.target.map(\.description) == [])
      let codes = Set(plan.notes.compactMap(\.code))
      let run = try #require(try directory.apply(plan, acknowledging: Acknowledgements(codes: codes)))
      #expect(try directory.status().version == target)
      #expect(try directory.validate().isEmpty)
      // Once more changes nothing.
      #expect(try directory.plan(to: target).changesAnything == false)
      #expect(run.description.toVersion == target)
      _ = try directory.history.rollback()
      #expect(try Self.contents(path) == before)
    }
  }

  @Test func `an action that nobody acknowledged stops the apply`() throws {
    try Self.withCopy(of: "2.1") { path in
      let before = try Self.contents(path)
      let directory = try Self.open(path)
      let plan = try directory.plan(to: "3.0.0")
      #expect { try directory.apply(plan) } throws: { ($0 as? Diagnostic)?.code == .unacknowledged }
      #expect(try Self.contents(path) == before)
    }
  }

  @Test func `a saved plan is refused when something that it binds has changed`() throws {
    try Self.withCopy(of: "2.1") { path in
      let directory = try Self.open(path)
      let saved = try directory.save(directory.plan(to: "2.2.0"))
      let reread = try SavedPlan(parsing: Array(saved.value.description.utf8), named: "plan.json")
      #expect(reread == saved)
      #expect(try directory.plan(reread).changesAnything)
      let file = path + "/platform.yaml"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try (text + "# one more line\n").write(toFile: file, atomically: false, encoding: .utf8)
      #expect { try directory.plan(reread) } throws: { error in
        (error as? Diagnostic)?.message == "the saved plan is out of date: the file `platform.yaml` has changed"
      }
    }
  }
}
