public import ConfigDocument
public import ConfigMigration
internal import ConfigSchema

extension InstalledProduct {
  /// A draft of what leads from one version to another, from their schemas.
  /// - Throws: `missing-schema` where one of them has none.
  public func draft(from start: VersionRange, to goal: Version) throws(Diagnostic) -> TransformerDraft {
    guard let old = try schema(for: start.oldest), let new = try schema(for: goal) else {
      throw Diagnostic(
        .missingSchema, "`\(product.name)` declares no schemas that could be compared",
        hint: "draft from a set before and after: --before DIR --after DIR")
    }
    return TransformerDraft(from: old.schema, to: new.schema)
  }

  /// A draft of what makes the second directory of the first.
  /// - Throws: what keeps one of them from being read.
  public func draft(before: String, after: String) throws(Diagnostic) -> TransformerDraft {
    TransformerDraft(
      before: try ConfigurationSet(product: product, files: try Self.files(in: before)),
      after: try ConfigurationSet(product: product, files: try Self.files(in: after)))
  }

  /// Every file of a directory, by its path in it.
  static func files(in directory: String) throws(Diagnostic) -> [(path: String, bytes: [UInt8])] {
    let root = try OpenDirectory(directory)
    var files: [(path: String, bytes: [UInt8])] = []
    for path in try root.listing(whereLinkMatters: { _ in false }).files {
      if let contents = try root.contents(at: path) { files.append((path.description, contents.bytes)) }
    }
    return files
  }
}
