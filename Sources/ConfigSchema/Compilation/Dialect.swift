/// An edition of JSON Schema.
public enum SchemaDraft: Int, Hashable, Sendable, Comparable, CaseIterable {
  case draft4 = 4
  case draft6 = 6
  case draft7 = 7
  case draft2019 = 2019
  case draft2020 = 2020

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The edition that a `$schema` names; nil where it is another meta-schema. `https` for `http` and an empty fragment,
  /// both common slips, are the same.
  init?(metaSchema uri: String) {
    var text = uri[...]
    if text.hasSuffix("#") { text = text.dropLast() }
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) { text = text.dropFirst(scheme.count) }
    switch text {
    case "json-schema.org/draft-04/schema": self = .draft4
    case "json-schema.org/draft-06/schema": self = .draft6
    case "json-schema.org/draft-07/schema": self = .draft7
    case "json-schema.org/draft/2019-09/schema": self = .draft2019
    case "json-schema.org/draft/2020-12/schema": self = .draft2020
    default: return nil
    }
  }

  /// The URI of its meta-schema.
  public var metaSchema: String {
    switch self {
    case .draft4: "http://json-schema.org/draft-04/schema#"
    case .draft6: "http://json-schema.org/draft-06/schema#"
    case .draft7: "http://json-schema.org/draft-07/schema#"
    case .draft2019: "https://json-schema.org/draft/2019-09/schema"
    case .draft2020: "https://json-schema.org/draft/2020-12/schema"
    }
  }

  /// The keyword that names a schema.
  var idKeyword: String { self == .draft4 ? "id" : "$id" }
}

/// An edition with those of its vocabularies that a meta-schema turns on.
struct Dialect: Hashable, Sendable {
  struct Vocabularies: OptionSet, Hashable, Sendable {
    var rawValue: UInt8
    static let applicator = Self(rawValue: 1)
    static let unevaluated = Self(rawValue: 2)
    static let validation = Self(rawValue: 4)
    static let format = Self(rawValue: 8)
    static let formatAssertion = Self(rawValue: 16)
    static let standard: Self = [.applicator, .unevaluated, .validation, .format]

    /// The vocabulary of a URI such as `https://json-schema.org/draft/2020-12/vocab/validation`.
    /// - Returns: nil where nothing here knows it.
    init?(uri: String) {
      let name = uri.split(separator: "/").last ?? ""
      guard uri.hasPrefix("https://json-schema.org/draft/2019-09/vocab/")
        || uri.hasPrefix("https://json-schema.org/draft/2020-12/vocab/")
      else { return nil }
      switch name {
      case "core", "meta-data", "content": self = []
      // In 2019-09 the unevaluated keywords belong to the applicators.
      case "applicator": self = uri.contains("2019-09") ? [.applicator, .unevaluated] : .applicator
      case "unevaluated": self = .unevaluated
      case "validation": self = .validation
      case "format", "format-annotation": self = .format
      case "format-assertion": self = [.format, .formatAssertion]
      default: return nil
      }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }
  }

  var draft: SchemaDraft
  var vocabularies: Vocabularies = .standard
}
