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
    let parts = try work.map(files.count) { (index) throws(Diagnostic) in product.part(of: files[index].path) }
    let named = parts.indices.filter { parts[$0] != nil }.sorted { parts[$0]!.rank < parts[$1]!.rank }
    guard !named.isEmpty else {
      let patterns = product.files.map { "`\($0.path)`" }.joined(separator: ", ")
      throw Diagnostic(
        .emptySet, "no file here belongs to the product `\(product.name)`",
        hint: "its files are \(patterns)")
    }
    @Sendable func file(_ index: Int) throws(Diagnostic) -> SetFile {
      let ((path, bytes), part) = (files[index], parts[index]!)
      let document = try Document(bytes, as: part.format, named: path, yaml: product.yaml)
      return SetFile(path: path, bytes: bytes, layer: part.layer, captures: part.captures, document: document)
    }
    do throws(Diagnostic) {
      // In the order that they are to be in: to sort documents would be to copy them.
      self.files = try work.map(named.count) { (number) throws(Diagnostic) in try file(named[number]) }
    } catch {
      // The first one by path is told, whatever was read first.
      for index in named.sorted(by: { CombinationRank.precedes(files[$0].path, files[$1].path) }) {
        _ = try file(index)
      }
      throw error
    }
  }
}
