import ConfigDocument
import ConfigSchema
import Foundation
import TestSupport

/// The official JSON Schema test suite, read where it stands.
enum OfficialSuite {
  static let suites = URL(filePath: Suites.path)
  static let root = suites.appending(path: "json-schema-test-suite")
  static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }

  struct Case: Sendable {
    /// `file.json: group › test`.
    var name: String
    var schema: Value
    var data: Value
    var isValid: Bool
  }

  enum Kind: String, CaseIterable, Sendable { case required, optional, format }

  static func folder(_ draft: SchemaDraft) -> String {
    switch draft {
    case .draft4: "draft4"
    case .draft6: "draft6"
    case .draft7: "draft7"
    case .draft2019: "draft2019-09"
    case .draft2020: "draft2020-12"
    }
  }

  static func read(_ file: URL) throws -> Value {
    let bytes = Array(try Data(contentsOf: file))
    let document = try Document(bytes, as: .json, named: file.lastPathComponent)
    return document.value(of: document.roots[0])
  }

  static func files(in folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }

  static func cases(_ draft: SchemaDraft, _ kind: Kind) throws -> [Case] {
    let tests = root.appending(path: "tests").appending(path: folder(draft))
    let folders =
      switch kind {
      case .required: tests
      case .optional: tests.appending(path: "optional")
      case .format: tests.appending(path: "optional/format")
      }
    var out: [Case] = []
    for file in try files(in: folders) {
      for group in try read(file).array ?? [] {
        guard let group = group.object, let schema = group["schema"] else { continue }
        for test in group["tests"]?.array ?? [] {
          guard let test = test.object, let data = test["data"], let isValid = test["valid"]?.bool else { continue }
          let words = [group["description"], test["description"]].map { $0?.string ?? "" }
          let name = "\(folder(draft))/\(kind.rawValue)/\(file.lastPathComponent): \(words[0]) › \(words[1])"
          out.append(Case(name: name, schema: schema, data: data, isValid: isValid))
        }
      }
    }
    return out
  }

  /// The suite's remote schemas, by the URIs under which its tests refer to them.
  static func remotes() throws -> [String: Value] {
    var out: [String: Value] = [:]
    let folder = root.appending(path: "remotes")
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = all?.nextObject() as? URL {
      guard file.pathExtension == "json" else { continue }
      let path = file.standardizedFileURL.path.dropFirst(folder.standardizedFileURL.path.count)
      out["http://localhost:1234" + path] = try read(file)
    }
    return out
  }
}
