import ConfigDocument
import ConfigMigration
import ConfigSchema

extension InstalledProduct {
  /// The schemas of all its versions that have one.
  func allSchemas() throws(Diagnostic) -> [Schema] {
    var schemas: [String: Schema] = [:]
    for version in registry.transformers.flatMap({ [$0.from.oldest, $0.to] }) where schemas[version.label] == nil {
      schemas[version.label] = try schemaIfPresent(for: version)
    }
    return schemas.sorted { $0.key < $1.key }.map(\.value)
  }

  /// An error about files that cannot be parsed: only their keys tell which lines may hold a secret.
  /// - Parameter text: the bytes of a file; nil for one that is no part of the set.
  func hidden(_ error: Diagnostic, text: (String) -> [UInt8]?) -> Diagnostic {
    let keys = secretKeys
    return error.hiding { place in text(place.file).map { SuspectLines(of: $0, keys: keys) } }
  }

  /// The keys under which its files may hold a secret; nil where they may anywhere.
  private var secretKeys: Set<String>? {
    guard let schemas = try? allSchemas() else { return nil }
    var keys: Set<String> = []
    for address in product.secrets {
      guard let key = address.lastKey else { return nil }
      keys.insert(key)
    }
    for schema in schemas {
      guard let known = schema.secretKeys else { return nil }
      keys.formUnion(known)
    }
    return keys
  }
}

extension AddressPattern {
  /// The last key that it names.
  fileprivate var lastKey: String? {
    tokens.reversed().lazy.compactMap { if case .key(let key) = $0 { key } else { nil } }.first
  }
}
