public import ConfigDocument
public import ConfigMigration

/// A product as it was found on disk: its `product.yaml`, its transformers, and where its schemas are.
public struct InstalledProduct: Sendable {
  /// The directory of `product.yaml`.
  public let directory: String
  public let product: Product
  public let registry: Registry
  /// Whether nothing but the set itself says where the product is. Its programs are not run then.
  let isNamedBySet: Bool
  /// Of the product file's data: what a saved plan binds.
  let checksum: Digest

  /// Finds a product by its name.
  ///
  /// - Throws: `unknown-product`, with the names that there are; what is wrong with its files, at its place.
  public static func find(_ name: String, on path: ProductPath) throws(Diagnostic) -> InstalledProduct {
    var known: [String] = []
    var found: InstalledProduct?
    try visit(path) { (directory, product, document, isNamedBySet) throws(Diagnostic) in
      guard product.name.utf8.elementsEqual(name.utf8) else {
        known.append(product.name)
        return true
      }
      found = try InstalledProduct(directory, product, of: document, on: path, isNamedBySet: isNamedBySet)
      return false
    }
    if let found { return found }
    let searched = path.directories.isEmpty ? "nowhere" : "in " + path.directories.joined(separator: ", ")
    throw Diagnostic(
      .unknownProduct, "there is no product `\(name)`; it was looked for \(searched)",
      hint: known.isEmpty
        ? "Name the directory that holds it with --registry, or set CFGMIGRATE_PATH"
        : SpellingSuggestion.didYouMean(name, among: known)
          ?? "The products found are \(known.map { "`\($0)`" }.joined(separator: ", "))")
  }

  /// Every product that is found, in the order of the path; of equal names the first.
  public static func all(on path: ProductPath) throws(Diagnostic) -> [InstalledProduct] {
    var found: [InstalledProduct] = []
    try visit(path) { (directory, product, document, isNamedBySet) throws(Diagnostic) in
      if !found.contains(where: { $0.product.name == product.name }) {
        found.append(try InstalledProduct(directory, product, of: document, on: path, isNamedBySet: isNamedBySet))
      }
      return true
    }
    return found
  }

  /// Reads the product files on the path, in order, for as long as `body` answers true.
  private static func visit(
    _ path: ProductPath, _ body: (String, Product, Document, Bool) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) {
    for (index, directory) in path.directories.enumerated() {
      let isNamedBySet = path.isNamedBySet(index)
      for candidate in try productDirectories(in: directory) {
        let file = candidate + "/product.yaml"
        guard let bytes = try ProductFiles.readIfPresent(file) else { continue }
        let document = try Document(bytes, as: .yaml, named: ProductFiles.normalized(file))
        guard try body(candidate, try Product(document), document, isNamedBySet) else { return }
      }
    }
  }

  /// The directories that may be a product's: the named one itself, and those in it.
  private static func productDirectories(in directory: String) throws(Diagnostic) -> [String] {
    guard let names = try ProductFiles.namesIfPresent(in: directory) else { return [] }
    if names.contains("product.yaml") { return [directory] }
    return names.map { directory + "/" + $0 }
  }

  private init(
    _ directory: String, _ product: Product, of document: Document, on path: ProductPath, isNamedBySet: Bool
  ) throws(Diagnostic) {
    self.directory = directory
    self.product = product
    self.isNamedBySet = isNamedBySet
    let changes = path.changes.filter { $0.product == product.name }.map(\.change)
    checksum = Digest(of: Array(document.value(of: document.roots[0]).description.utf8))
    var transformers: [Transformer] = []
    for name in try ProductFiles.namesIfPresent(in: directory) ?? [] {
      guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"), name != "product.yaml" else { continue }
      let file = directory + "/" + name
      guard let bytes = try ProductFiles.readIfPresent(file) else { continue }
      let document = try Document(bytes, as: .yaml, named: ProductFiles.normalized(file))
      transformers.append(try Transformer(document, product: product, changes: changes))
    }
    for program in path.programs where program.product == product.name {
      transformers.append(try Transformer(program.transformer, product: product))
    }
    registry = Registry(product: product, transformers: transformers)
  }
}

extension Diagnostic.Code {
  /// No product of the given name is found.
  public static let unknownProduct: Self = "unknown-product"
  /// The product declares schemas, and there is none for a version that is to be checked.
  public static let missingSchema: Self = "missing-schema"
}
