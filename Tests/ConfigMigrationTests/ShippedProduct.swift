import ConfigDocument
import ConfigMigration
import ConfigSchema
import Foundation
import TestSupport

/// The product that ships with the program, read as a store would read it.
enum ShippedProduct {
  static let directory = "\(Repository.root)/transformers/job-platform"

  static func document(_ path: String) throws -> Document {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let name = String(path.dropFirst(Repository.root.count + 1))
    return try Document(Array(bytes), as: path.hasSuffix(".json") ? .json : .yaml, named: name)
  }

  static func product() throws -> Product { try Product(document("\(directory)/product.yaml")) }

  static func registry() throws -> Registry {
    let product = try product()
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    let transformers = try names.filter { $0.contains("-to-") && $0.hasSuffix(".yaml") }.map {
      try Transformer(document("\(directory)/\($0)"), product: product)
    }
    return Registry(product: product, transformers: transformers)
  }

  static func planner() throws -> Planner {
    let registry = try registry()
    var schemas: [String: Schema] = [:]
    for version in registry.versions.map(\.label) + ["2.0.0", "2.1.0"] {
      let path = "\(Repository.root)/schemas/job-platform/\(version).schema.json"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      schemas[version] = try Schema.compile(ValueTree(document(path)))
    }
    return Planner(registry: registry) { [schemas] label in schemas[label] }
  }

  /// Every file of a directory, by its path in it.
  static func files(in directory: String) throws -> [(path: String, bytes: [UInt8])] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
    return try names.compactMap { name in
      var isDirectory: ObjCBool = false
      let path = "\(directory)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        return nil
      }
      return (name, Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }
  }

  static func set(in directory: String) throws -> ConfigurationSet {
    try ConfigurationSet(product: product(), files: files(in: directory))
  }
}

/// A set and a product of a few lines, for tests of one thing.
struct SmallSet {
  static let productText = """
    product: small
    versions: {scheme: semver, at: main.yaml#/version}
    files:
      - {path: main.yaml, layer: base}
      - {path: "env/{env}.yaml", layer: overlay, over: main.yaml}
      - {path: parts/*.yaml, layer: fragment, at: /parts}
      - {path: parts/*.json, layer: fragment, at: /parts}
    """

  var product: Product
  var files: [(path: String, bytes: [UInt8])]

  init(_ files: KeyValuePairs<String, String>, product: String = productText) throws {
    self.product = try Product(Document(Array(product.utf8), as: .yaml, named: "product.yaml"))
    self.files = files.map { ($0.key, Array($0.value.utf8)) }
  }

  /// The plan of one transformer with these operations, from version 1 to 2.
  func plan(_ operations: String, changes: [CustomChange] = []) throws -> Plan {
    let set = try ConfigurationSet(product: product, files: files)
    let transformer = try transformer(operations, changes: changes)
    return try Planner(registry: Registry(product: product, transformers: [transformer])).plan(set)
  }

  func transformer(_ operations: String, changes: [CustomChange] = []) throws -> Transformer {
    let text = """
      transformer: 1
      product: small
      from: "1"
      to: 2.0.0
      summary: test
      operations:
      \(operations.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n"))

      """
    return try Transformer(
      Document(Array(text.utf8), as: .yaml, named: "step.yaml"), product: product, changes: changes)
  }
}

extension Plan {
  /// The new text of a file.
  subscript(path: String) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.new, as: UTF8.self) } ?? ""
  }
}

/// What differs between two texts, as lines with `-` and `+`; empty where nothing does.
func difference(_ expected: String, _ actual: String) -> String {
  if expected.utf8.elementsEqual(actual.utf8) { return "" }
  func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.debugDescription }
  }
  let (old, new) = (lines(expected), lines(actual))
  var out = "\n"
  var removed: Set<Int> = []
  var inserted: Set<Int> = []
  for change in new.difference(from: old) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var (i, j) = (0, 0)
  while i < old.count || j < new.count {
    if i < old.count, removed.contains(i) {
      out += "- \(old[i])\n"
      i += 1
    } else if j < new.count, inserted.contains(j) {
      out += "+ \(new[j])\n"
      j += 1
    } else {
      out += "  \(new[j])\n"
      i += 1
      j += 1
    }
  }
  return out
}
