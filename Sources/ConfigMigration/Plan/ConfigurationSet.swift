public import ConfigDocument

/// One file of a configuration set: what it is called, what it holds, and what it is to the configuration.
public struct SetFile: Sendable {
  /// The path relative to the set's directory, with `/`.
  public var path: String
  public var bytes: [UInt8]
  public var layer: Layer
  /// What the captures of the product's pattern stand for in the path.
  public var captures: Captures
  /// The parsed file.
  public let document: Document
}

/// The files of one configuration that share a version, as values.
///
/// The files are in the order in which they combine: base files in the order of the product's patterns, then fragments,
/// then overlays; of one pattern, by path in byte order.
public struct ConfigurationSet: Sendable {
  public internal(set) var product: Product
  public let files: [SetFile]

  /// Parses the files that the product's patterns name; the others are no part of the set.
  /// - Throws: the first syntax error by path; `empty-set` where no file matches.
  public init(
    product: Product, files: [(path: String, bytes: [UInt8])], work: WorkDistribution = .inOrder
  ) throws(Diagnostic) {
    self.product = product
    let named = files.sorted { CombinationRank.precedes($0.path, $1.path) }
    let parsed = try work.map(named.count) { (index) throws(Diagnostic) -> (rank: CombinationRank, file: SetFile)? in
      let (path, bytes) = named[index]
      guard let part = product.part(of: path) else { return nil }
      let document = try Document(bytes, as: part.format, named: path, yaml: product.yaml)
      return (
        part.rank, SetFile(path: path, bytes: bytes, layer: part.layer, captures: part.captures, document: document)
      )
    }
    let ranked = parsed.indices.compactMap { index in parsed[index].map { (rank: $0.rank, index: index) } }
    guard !ranked.isEmpty else {
      let patterns = product.files.map { "`\($0.path)`" }.joined(separator: ", ")
      throw Diagnostic(
        .emptySet, "no file here belongs to the product `\(product.name)`",
        hint: "its files are \(patterns)")
    }
    self.files = ranked.sorted { $0.rank < $1.rank }.map { parsed[$0.index]!.file }
  }
}
