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
  /// - Parameter showsSecrets: whether values that are secrets are written; else tags stand for them.
  /// - Throws: what keeps one of them from being read.
  public func draft(
    before: String, after: String, showingSecrets showsSecrets: Bool = false
  ) throws(Diagnostic) -> TransformerDraft {
    let sets = [try set(in: before, showsSecrets), try set(in: after, showsSecrets)]
    let key = SecretKey.ofThisProcess
    let secrets =
      showsSecrets ? nil : try SetSecrets(of: sets, schemas: try allSchemas(), tag: { key.tag(of: $0) })
    return TransformerDraft(before: sets[0], after: sets[1], hiding: secrets)
  }

  /// The set in a directory that has no history.
  private func set(in directory: String, _ showsSecrets: Bool) throws(Diagnostic) -> ConfigurationSet {
    let files = try Self.files(in: directory)
    do throws(Diagnostic) { return try ConfigurationSet(product: product, files: files) } catch {
      guard !showsSecrets else { throw error }
      throw hidden(error) { path in files.first { $0.path == path }?.bytes }
    }
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
