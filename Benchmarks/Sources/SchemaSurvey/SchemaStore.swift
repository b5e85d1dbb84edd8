import ConfigDocument
import ConfigSchema
import Foundation

/// The published schemas, as they lie in the suites.
struct SchemaStore {
  let schemas: [String: Value]
  private let byURI: [String: Value]

  init(suites: URL) throws {
    let folder = suites.appending(path: "schemastore/schemas")
    var schemas: [String: Value] = [:]
    var byURI: [String: Value] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".json") {
      let document = try Document(Array(Data(contentsOf: folder.appending(path: name))), as: .json, named: name)
      guard let root = document.roots.first else { continue }
      let value = document.value(of: root)
      let stem = String(name.dropLast(".json".count))
      schemas[stem] = value
      for base in ["https://json.schemastore.org/", "https://www.schemastore.org/"] {
        byURI[base + stem] = value
        byURI["\(base)\(name)"] = value
      }
      for key in ["$id", "id"] {
        if let id = value.object?[key]?.string { byURI[id.replacing("#", with: "")] = value }
      }
    }
    self.schemas = schemas
    self.byURI = byURI
  }

  func compile(_ name: String) throws(Diagnostic) -> Schema {
    guard let value = schemas[name] else { throw Diagnostic("schema-malformed", "there is no schema \(name)") }
    var options = Schema.Options()
    options.draft = .draft7
    options.assertsContents = true
    return try Schema.compile(value, options: options) { byURI[$0] }
  }

  /// The versions of each schema that has several, oldest first: names that differ in a number alone.
  var families: [[String]] {
    var found: [String: [(version: [Int], name: String)]] = [:]
    for name in schemas.keys {
      guard let match = name.firstMatch(of: /[-_.]?v?(\d+(?:[._-](?:\d+|x))*)/),
        match.range.lowerBound > name.startIndex
      else { continue }
      let family = "\(name[..<match.range.lowerBound])|\(name[match.range.upperBound...])"
      let version = match.1.split { !$0.isNumber }.compactMap { Int($0) }
      found[family, default: []].append((version, name))
    }
    return found.values.filter { $0.count > 1 }
      .map { $0.sorted { ($0.version, $0.name) < ($1.version, $1.name) }.map(\.name) }
      .sorted { $0[0] < $1[0] }
  }
}

private func < (left: ([Int], String), right: ([Int], String)) -> Bool {
  left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}
