import ConfigDocument
import ConfigSchema
import Foundation

/// Writes each case as `NAME/schema.json` and `NAME/instances/N.json`, so that every tool reads the same bytes: only
/// documents that are valid, and besides each of them the same one with a fault, as `NAME/faulty/N.json`.
enum Preparing {
  static func run(suites: URL, into folder: URL) throws {
    for each in Case.all {
      let written = try each.written(in: suites)
      let schema = try Schema.compile(written, options: Workload.options)
      let home = folder.appending(path: each.name)
      for part in ["instances", "faulty"] {
        try FileManager.default.createDirectory(at: home.appending(path: part), withIntermediateDirectories: true)
      }
      try write(written, to: home.appending(path: "schema.json"))
      var count = 0
      for value in try each.documents(in: suites) where value.jsonLine != nil {
        guard try schema.isValid(ValueTree(value)), let faulty = try value.withFault(by: schema) else { continue }
        try write(value, to: home.appending(path: "instances/\(count).json"))
        try write(faulty, to: home.appending(path: "faulty/\(count).json"))
        count += 1
      }
      FileHandle.standardError.write(Data("\(each.name): \(count) documents\n".utf8))
    }
  }

  private static func write(_ value: Value, to file: URL) throws { try Data(value.jsonLine ?? []).write(to: file) }
}

extension Value {
  /// The same with one scalar in the middle replaced by a list, where the schema minds that.
  fileprivate func withFault(by schema: Schema) throws -> Value? {
    let places = scalarPlaces(at: [])
    for offset in places.indices {
      let place = places[(places.count / 2 + offset) % places.count]
      let changed = replacing(place[...], by: [["fault": [1]]])
      if try !schema.isValid(ValueTree(changed)) { return changed }
    }
    return nil
  }

  private func scalarPlaces(at path: [String]) -> [[String]] {
    switch self {
    case .array(let items): items.enumerated().flatMap { $1.scalarPlaces(at: path + [String($0)]) }
    case .object(let object): object.members.flatMap { $0.value.scalarPlaces(at: path + [$0.key]) }
    default: [path]
    }
  }

  private func replacing(_ path: ArraySlice<String>, by value: Value) -> Value {
    guard let token = path.first else { return value }
    switch self {
    case .array(var items):
      if let index = Int(token) { items[index] = items[index].replacing(path.dropFirst(), by: value) }
      return .array(items)
    case .object(var object):
      object[token] = object[token]?.replacing(path.dropFirst(), by: value)
      return .object(object)
    default: return self
    }
  }
}
