import ConfigDocument

/// The standard's own schemas of schemas, as assertions: descriptions and defaults are left out.
enum MetaSchemas {
  /// - Parameter uri: without fragment; `http` and `https` are the same.
  static func schema(_ uri: String) -> Value? {
    guard let colon = uri.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    guard uri[..<colon] == "http" || uri[..<colon] == "https" else { return nil }
    let name = uri[colon...]
    guard name.hasPrefix("://json-schema.org/draft") else { return nil }
    switch name.dropFirst("://json-schema.org/".count) {
    case "draft-04/schema": return draft4
    case "draft-06/schema": return draft6
    case "draft-07/schema": return draft7
    case "draft/2019-09/schema": return draft2019
    case "draft/2020-12/schema": return draft2020
    case let other:
      let parts = other.split(separator: "/")
      guard parts.count == 4, parts[0] == "draft", parts[2] == "meta" else { return nil }
      switch parts[1] {
      case "2019-09": return vocabularies2019[String(parts[3])]
      case "2020-12": return vocabularies2020[String(parts[3])]
      default: return nil
      }
    }
  }

  static let types: Value = ["array", "boolean", "integer", "null", "number", "object", "string"]
  static let schemaMap: Value = ["type": "object", "additionalProperties": ["$ref": "#"]]
  static let schemaArray: Value = ["type": "array", "minItems": 1, "items": ["$ref": "#"]]
  static let itself: Value = ["$ref": "#"]
  static let text: Value = ["type": "string"]
  static let flag: Value = ["type": "boolean"]
  static let number: Value = ["type": "number"]
  static let anything: Value = ["type": "array", "items": true]

  /// An object of members, the later ones over the earlier ones.
  static func object(_ parts: [Value]) -> Value {
    .object(Object(parts.flatMap { $0.object?.members ?? [] }))
  }
}
