import ConfigDocument
import Foundation
import TestSupport
import Testing

/// The public suites of YAML and JSON inputs, read where they stand.
@Suite struct PublicSuiteTests {
  private static func files(under folder: String) -> [String] {
    let root = Suites.path + "/" + folder
    guard let names = FileManager.default.enumerator(atPath: root) else { return [] }
    return names.compactMap { $0 as? String }.sorted().map { root + "/" + $0 }
  }

  private static func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  @Test func `JSONTestSuite is judged right`() throws {
    let files = Self.files(under: "JSONTestSuite/test_parsing")
    guard !files.isEmpty else { return print("not run: no JSONTestSuite at \(Suites.path)") }
    // Valid JSON that a configuration file must not hold, or that jansson cannot: equal keys, NUL in a key.
    let refused: Set = [
      "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
      "y_object_escaped_null_in_key.json",
    ]
    var (accepted, rejected) = (0, 0)
    for file in files {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let document = try? Document(Self.bytes(file), as: .json, named: name)
      if document != nil { accepted += 1 } else { rejected += 1 }
      if let document { #expect(try document.render().bytes == Self.bytes(file)) }
      if name.hasPrefix("y_") { #expect((document != nil) == !refused.contains(name), "\(name)") }
      if name.hasPrefix("n_") { #expect(document == nil, "\(name)") }
    }
    print("JSONTestSuite: \(files.count) files, \(accepted) accepted, \(rejected) rejected")
  }

  @Test func `yaml-test-suite renders to itself and means what it says`() throws {
    let files = Self.files(under: "yaml-test-suite/data").filter { $0.hasSuffix("/in.yaml") }
    guard !files.isEmpty else { return print("not run: no yaml-test-suite at \(Suites.path)") }
    // libyaml reads these otherwise than the suite says, and libyaml is the parser of record: `?` in flow plain scalars, blanks
    // at the end of a block scalar without a line break, a colon behind an anchor.
    let libyamlDiffers: Set = ["652Z", "HM87/01", "JEF9/02", "L24T/01", "Y2GN"]
    var (accepted, rejected, compared) = (0, 0, 0)
    for file in files {
      let bytes = try Self.bytes(file)
      guard let document = try? Document(bytes, as: .yaml, named: file) else {
        rejected += 1
        continue
      }
      accepted += 1
      #expect(try document.render().bytes == bytes)
      let folder = file.dropLast("in.yaml".count)
      guard let json = try? Self.bytes(folder + "in.json"), document.roots.count == 1,
        !FileManager.default.fileExists(atPath: folder + "error"),
        let expected = try? Document(json, as: .json, named: "in.json")
      else { continue }
      compared += 1
      let id = folder.components(separatedBy: "/data/")[1].dropLast()
      #expect(
        (document.value(of: document.roots[0]) == expected.value(of: expected.roots[0]))
          == !libyamlDiffers.contains(String(id)), "\(id)")
    }
    print(
      "yaml-test-suite: \(files.count) inputs, \(accepted) accepted, \(rejected) rejected, \(compared) compared with JSON"
    )
  }
}
