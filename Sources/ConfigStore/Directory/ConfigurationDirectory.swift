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
  /// Whether diffs and messages show what the product and its schemas call a secret.
  public let showsSecrets: Bool
  /// The runs of before, and the ways back.
  public let history: DirectoryHistory
  private(set) var settings: SetSettings
  var partLimits = PartLimits()

  /// Opens a directory and finds its product.
  ///
  /// - Parameters:
  ///   - product: the product's name; nil where the directory's `cfgmigrate.yaml` says it.
  ///   - patience: for how many milliseconds to wait while another process writes.
  ///   - manner: how the files of a run take their places.
  ///   - backupDirectory: where the backups are to be; nil for where they are.
  ///   - showsSecrets: whether diffs and messages show secrets; else a tag stands for each.
  /// - Throws: `product-unnamed` where nothing says the product, `unknown-product`, or what is wrong with a file of the
  ///   product.
  public init(
    _ path: String, product: String? = nil, products: ProductPath = ProductPath(), environment: RunEnvironment,
    patience: Int = 0, manner: CommitManner = .inPlace, backupDirectory: String? = nil, showsSecrets: Bool = false
  ) throws(Diagnostic) {
    self.path = path
    self.showsSecrets = showsSecrets
    history = try DirectoryHistory(
      path, environment: environment, patience: patience, manner: manner, backupDirectory: backupDirectory)
    settings = try SetSettings(in: history.transactions.root, at: path)
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

  /// This directory with its `cfgmigrate.yaml` as it is now.
  func rereadingSettings() throws(Diagnostic) -> ConfigurationDirectory {
    var copy = self
    copy.settings = try SetSettings(in: history.transactions.root, at: path)
    return copy
  }

  /// The set, and for each of its paths the file that is really there: a link inside the directory is followed.
  func read() throws(Diagnostic) -> (set: ConfigurationSet, realPaths: [String: RelativePath]) {
    let listing = try list()
    return (try read(listing.files), listing.realPaths)
  }

  /// What the schema of the set's version finds in its effective configurations, each at its line.
  /// - Throws: what keeps the set or its version from being read; `missing-schema`.
  public func validate() throws(Diagnostic) -> [Diagnostic] {
    try hidingSecrets { () throws(Diagnostic) in
      let set = try load()
      let version = try version(of: set).version
      let schema = try product.schema(for: version)?.schema
      let findings = try Planner(registry: product.registry, schemas: { _ in schema }).validate(set, as: version)
      guard let secrets = try secrets(of: set, schemas: schema.map { [$0] } ?? []) else { return findings }
      return findings.map(secrets.hidden)
    }
  }
}

extension Diagnostic.Code {
  /// Nothing says what product a directory is a configuration of.
  public static let productUnnamed: Self = "product-unnamed"
}
