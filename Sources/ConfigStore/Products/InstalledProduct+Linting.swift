public import ConfigDocument
public import ConfigMigration
internal import ConfigSchema

extension InstalledProduct {
  /// What is questionable about the graph and about each transformer, or about one of them.
  ///
  /// - Parameter transformer: one of ``transformers(named:)``; nil for all, with the graph.
  /// - Throws: what keeps a schema from being read.
  public func lint(_ transformer: Transformer? = nil) throws(Diagnostic) -> [Diagnostic] {
    var found = transformer == nil ? registry.findings() : []
    for transformer in transformer.map({ [$0] }) ?? registry.transformers {
      let document = try transformer.file.flatMap { file throws(Diagnostic) in
        try ProductFiles.readIfPresent(file).map { bytes throws(Diagnostic) in
          try Document(bytes, as: .yaml, named: file)
        }
      }
      let lint = TransformerLint(
        transformer, document: document, source: try schemaIfPresent(for: transformer.from.oldest),
        target: try schemaIfPresent(for: transformer.to))
      found += lint.findings() + (try missingPairs(of: transformer))
    }
    return found
  }

  /// The transformers that a word of the command line names: an identifier such as `2.1-to-2.2.0`, or a file.
  /// - Throws: `unknown-transformer`.
  public func transformer(named name: String) throws(Diagnostic) -> Transformer {
    let path = ProductFiles.normalized(name)
    let found = registry.transformers.first { transformer in
      transformer.id == name || transformer.file == path || transformer.file.map { Self.stem(of: $0) == name } == true
    }
    if let found { return found }
    throw Diagnostic(
      .unknownTransformer, "`\(product.name)` has no transformer `\(name)`",
      hint: SpellingSuggestion.didYouMean(name, among: registry.transformers.map(\.id))
        ?? "it has \(registry.transformers.map { "`\($0.id)`" }.joined(separator: ", "))")
  }

  private static func stem(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
  }

  /// The schema of a version; nil where the product declares none, or there is none for it.
  func schemaIfPresent(for version: Version) throws(Diagnostic) -> Schema? {
    do throws(Diagnostic) { return try schema(for: version)?.schema } catch {
      guard error.code == .missingSchema else { throw error }
      return nil
    }
  }

  private func missingPairs(of transformer: Transformer) throws(Diagnostic) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for pair in transformer.tests {
      for folder in [pair.before, pair.after] where try ProductFiles.namesIfPresent(in: path(of: folder)) == nil {
        found.append(
          Diagnostic(
            .missingPair, "the test names the directory `\(folder)`, and there is none", at: pair.place,
            hint: "it is looked for beside the transformer, as \(ProductFiles.normalized(path(of: folder)))"))
      }
    }
    return found
  }

  /// A directory of a golden pair, which is relative to the transformer's file.
  func path(of folder: String) -> String { folder.hasPrefix("/") ? folder : directory + "/" + folder }
}

extension Diagnostic.Code {
  /// No transformer of the product has the name.
  public static let unknownTransformer: Self = "unknown-transformer"
  /// A golden pair whose directories are not there.
  public static let missingPair: Self = "missing-pair"
}
