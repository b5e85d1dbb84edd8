internal import ConfigDocument
internal import ConfigMigration
internal import ConfigSchema

/// A schema that was read for a version, with what a saved plan binds of it.
struct VersionSchema: Sendable {
  var schema: Schema
  var file: String
  var checksum: Digest
}

extension InstalledProduct {
  /// The schema of a version; nil for a product that declares none.
  ///
  /// A version without a schema of its own has the newest one of its minor version that is not above it.
  /// - Throws: `missing-schema`; what is wrong with the schema, at its place.
  func schema(for version: Version) throws(Diagnostic) -> VersionSchema? {
    guard product.schemas != nil else { return nil }
    let label = product.schemaLabel(for: version, among: try schemaLabels()) ?? version.label
    if let path = product.schemaPath(for: label) {
      let file = ProductFiles.normalized(directory + "/" + path)
      if let bytes = try ProductFiles.readIfPresent(file) { return try read(bytes, of: file) }
    }
    let file = ProductFiles.normalized(directory + "/" + (product.schemaPath(for: version.label) ?? ""))
    throw Diagnostic(
      .missingSchema, "there is no schema for version \(version.label) of `\(product.name)`: \(file) is missing",
      at: placeOfSchemas(),
      hint: "Add the file, or remove `schemas` from \(ProductFiles.normalized(directory + "/product.yaml"))")
  }

  /// Where the product file says where its schemas are.
  private func placeOfSchemas() -> SourcePlace? {
    let file = directory + "/product.yaml"
    guard let bytes = try? ProductFiles.readIfPresent(file),
      let document = try? Document(bytes, as: .yaml, named: ProductFiles.normalized(file)),
      let root = document.roots.first, let node = document.child("schemas", of: root)
    else { return nil }
    return document.place(of: node)
  }

  private func read(_ bytes: [UInt8], of file: String) throws(Diagnostic) -> VersionSchema {
    let isYAML = file.hasSuffix(".yaml") || file.hasSuffix(".yml")
    let document = try Document(bytes, as: isYAML ? .yaml : .json, named: file)
    let tree = try ValueTree(document)
    let schema = try Schema.compile(tree, place: { document.place(of: $1 ? $0.key ?? $0.node : $0.node) })
    return VersionSchema(schema: schema, file: file, checksum: Digest(of: Array(tree.value().description.utf8)))
  }

  /// The labels of the schemas that are there.
  private func schemaLabels() throws(Diagnostic) -> [String] {
    guard let pattern = product.schemas else { return [] }
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, let marker = name.firstRange(of: "{version}") else { return [] }
    let folder = ([directory] + parts.dropLast().map(String.init)).joined(separator: "/")
    let (prefix, suffix) = (name[..<marker.lowerBound], name[marker.upperBound...])
    let names = try ProductFiles.namesIfPresent(in: folder) ?? []
    return names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) && $0.count > prefix.count + suffix.count }
      .map { String($0.dropFirst(prefix.count).dropLast(suffix.count)) }
  }
}
