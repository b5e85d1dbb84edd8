package import ConfigDocument

/// Makes a set of one base file of a value.
package struct BaseSample: Sendable {
  let product: Product
  let path: String
  let format: DocumentFormat
  /// Where the file says its version.
  private let versionPlaces: [Pointer]
  private let version: Version

  /// - Throws: `unsuited-product` where the product has no base file with a fixed path.
  package init(_ product: Product, version: Version) throws(Diagnostic) {
    self.product = product
    self.version = version
    let base = product.files.first { rule in
      rule.layer == .base && rule.path.captureNames.isEmpty && !rule.path.text.utf8.contains(UInt8(ascii: "*"))
    }
    guard let base else {
      throw Diagnostic(
        .unsuitedProduct, "no set can be drawn: `\(product.name)` has no base file with a fixed path",
        hint: "show what its transformers do with golden pairs")
    }
    let path = base.path.text
    self.path = path
    format = product.format(of: path)
    versionPlaces = product.versions.places.filter { address in
      address.isLiteral && (address.file.map { $0.match(path) != nil } ?? true)
    }.map(\.literalPrefix)
  }

  /// The value with the version where the product says it.
  package func stamped(_ value: Value) -> Value {
    versionPlaces.reduce(value) { value, place in
      let isNumber = product.versions.scheme == .integer
      let label = isNumber ? Number(version.label).map(Value.number) : nil
      return value.setting(place.tokens[...], to: label ?? .string(version.label))
    }
  }

  /// The text of the base file, in the format's usual style.
  package func text(of value: Value) throws(Diagnostic) -> String {
    let value = stamped(value)
    guard format == .yaml else { return value.description + "\n" }
    var document = try Document(Array("{}\n".utf8), as: .yaml, named: path, yaml: product.yaml)
    try document.set(document.roots[0], to: value)
    return String(decoding: try document.render().bytes, as: UTF8.self)
  }

  package func set(of value: Value) throws(Diagnostic) -> ConfigurationSet {
    try ConfigurationSet(product: product, files: [(path, Array(try text(of: value).utf8))])
  }
}

extension Value {
  /// This value with another one at the path; what is no mapping on the way becomes one.
  fileprivate func setting(_ path: ArraySlice<String>, to value: Value) -> Value {
    guard let key = path.first else { return value }
    var object = self.object ?? Object()
    let inner = (object[key] ?? .null).setting(path.dropFirst(), to: value)
    // A version that is new comes first, as people write it.
    if object[key] == nil { return .object(Object([(key, inner)] + object.members)) }
    object[key] = inner
    return .object(object)
  }
}
