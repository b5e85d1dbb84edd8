public import ConfigDocument
public import ConfigMigration

/// A configuration set on disk: what a deployment script plans, applies and rolls back.
///
/// ```swift
/// let directory = try ConfigurationDirectory(
///   "config", products: ProductPath(registries: ["transformers"]),
///   environment: .current(tool: "deploy 1.0", command: "deploy"))
/// let plan = try directory.plan(to: "2.2.0")
/// print(String(decoding: plan.diff, as: UTF8.self))
/// let run = try directory.apply(plan)
/// ```
public struct ConfigurationDirectory: Sendable {
  /// The directory as it was named.
  public let path: String
  public let product: InstalledProduct
  /// The runs of before, and the ways back.
  public let history: DirectoryHistory

  /// Opens a directory and finds its product.
  ///
  /// - Parameters:
  ///   - product: the product's name; nil where the directory's `cfgmigrate.yaml` says it.
  ///   - patience: for how many milliseconds to wait while another process writes.
  ///   - manner: how the files of a run take their places.
  /// - Throws: `product-unnamed` where nothing says the product, `unknown-product`, or what is wrong with a file of the
  ///   product.
  public init(
    _ path: String, product: String? = nil, products: ProductPath = ProductPath(), environment: RunEnvironment,
    patience: Int = 0, manner: CommitManner = .inPlace
  ) throws(Diagnostic) {
    self.path = path
    history = try DirectoryHistory(path, environment: environment, patience: patience, manner: manner)
    let settings = try SetSettings(in: history.transactions.root, at: path)
    guard let name = product ?? settings.product else {
      throw Diagnostic(
        .productUnnamed, "nothing says what product \(path) is a configuration of",
        hint: "Name it with --product, or write `product: NAME` in \(path)/cfgmigrate.yaml")
    }
    do throws(Diagnostic) {
      self.product = try InstalledProduct.find(name, on: products.inserting(settings.registries))
    } catch {
      guard error.code == .unknownProduct, product == nil else { throw error }
      var located = error
      located.place = settings.placeOfProduct
      throw located
    }
  }

  /// Reads the files of the set.
  /// - Throws: the first syntax error by path; `empty-set`; `outside-directory` where a file of the set is a link that
  ///   leaves the directory; `interrupted-run`.
  /// - Complexity: O(size of the directory).
  public func load() throws(Diagnostic) -> ConfigurationSet {
    try history.requireWhole(path)
    return try read().set
  }

  /// The set, and for each of its paths the file that is really there: a link inside the directory is followed.
  func read() throws(Diagnostic) -> (set: ConfigurationSet, realPaths: [String: RelativePath]) {
    let root = history.transactions.root
    let rules = product.product
    func belongs(_ path: RelativePath) -> Bool { rules.rule(for: path.description) != nil }
    let listing = try root.listing(whereLinkMatters: belongs)
    let entries =
      listing.files.map { (path: $0, target: $0) } + listing.links.map { (path: $0.path, target: $0.target) }
    var files: [(path: String, bytes: [UInt8])] = []
    var realPaths: [String: RelativePath] = [:]
    var taken: Set<RelativePath> = []
    for (path, target) in entries where belongs(path) {
      // A file that is reached by two names is one file.
      guard taken.insert(target).inserted, let contents = try root.contents(at: target) else { continue }
      files.append((path.description, contents.bytes))
      realPaths[path.description] = target
    }
    return (try ConfigurationSet(product: rules, files: files), realPaths)
  }

  /// What the schema of the set's version finds in its effective configurations, each at its line.
  /// - Throws: what keeps the set or its version from being read; `missing-schema`.
  public func validate() throws(Diagnostic) -> [Diagnostic] {
    let set = try load()
    let version = try set.version().version
    let schema = try product.schema(for: version)?.schema
    return try Planner(registry: product.registry, schemas: { _ in schema }).validate(set)
  }
}

/// What a directory's `cfgmigrate.yaml` says.
struct SetSettings {
  var product: String?
  var placeOfProduct: SourcePlace?
  /// Directories with products, as paths that can be opened.
  var registries: [String] = []

  init(in root: OpenDirectory, at path: String) throws(Diagnostic) {
    guard let file = RelativePath("cfgmigrate.yaml"), let contents = try root.contents(at: file) else { return }
    let document = try Document(contents.bytes, as: .yaml, named: "cfgmigrate.yaml")
    guard let root = document.roots.first else { return }
    guard document.kind(of: root) == .mapping else {
      throw Diagnostic(
        .badSettings, "cfgmigrate.yaml is a mapping", at: document.place(of: root), hint: "Write `product: NAME`")
    }
    for (key, value) in document.entries(of: root) {
      switch (document.keyText(of: key), document.value(of: value)) {
      case ("product", .string(let name)):
        product = name
        placeOfProduct = document.place(of: value)
      case ("registry", .string(let directory)): registries = [directory]
      case ("registry", .array(let directories)): registries = directories.compactMap(\.string)
      case ("version", _): break
      case ("product", _), ("registry", _):
        throw Diagnostic(
          .badSettings, "this must be text", at: document.place(of: value),
          hint: "Write the name without brackets or braces")
      case (let other, _):
        throw Diagnostic(
          .badSettings, "cfgmigrate.yaml has no field `\(other)`", at: document.place(of: key),
          hint: "Its fields are `product`, `registry` and `version`")
      }
    }
    registries = registries.map { $0.hasPrefix("/") ? $0 : path + "/" + $0 }
  }
}

extension Diagnostic.Code {
  /// Nothing says what product a directory is a configuration of.
  public static let productUnnamed: Self = "product-unnamed"
  /// A `cfgmigrate.yaml` that says something else than it may.
  public static let badSettings: Self = "bad-settings"
}
