public import ConfigDocument

/// What a configuration belongs to: how it names its versions, and which files a set of it has. Read from `product.yaml`.
public struct Product: Sendable {
  public var name: String
  public var title: String?
  public var versions: VersionRules
  /// In the order of the file; the first whose path fits decides what a file is.
  public var files: [FileRule]
  /// The path of a version's schema, relative to the product file, with `{version}` for the label.
  public var schemas: String?
  /// How the lists of two layers combine.
  public var lists: ValueTree.ListCombination
  public var yaml: Document.YAMLVersion
  /// Addresses whose values are never printed.
  public var secrets: [AddressPattern]
  /// The application's own check: a program and its arguments.
  public var verify: [String]

  /// Where a set says its version, and how versions are ordered.
  public struct VersionRules: Sendable {
    public var scheme: VersionScheme
    public var places: [AddressPattern]
    public var detection: [Detection]
    /// Between which versions several chains may lead, since they give the same result.
    public var equivalences: [Equivalence] = []
  }

  /// A promise that every chain from one version to another gives the same result.
  public struct Equivalence: Sendable {
    public var from: VersionRange
    public var to: Version
    /// Where it is written.
    public var place: SourcePlace?
  }

  /// A version that a set has where a condition holds.
  public struct Detection: Sendable {
    public var version: Version
    /// Whether the condition only tells that the set is of this version or an older one: what it finds is gone in the
    /// next.
    public var isUpperBound: Bool
    public var condition: Condition
  }

  /// What the files of a path are to the configuration.
  public struct FileRule: Sendable {
    public var path: PathPattern
    public var layer: Layer
    /// The format, where the name of the file does not say it.
    public var format: DocumentFormat?
  }

  /// The rule that decides what the file is; nil where it is not part of a set. Complexity: O(rules).
  public func rule(for path: String) -> (rule: FileRule, captures: Captures)? {
    for rule in files where rule.names(path) {
      if let captures = rule.path.match(path) { return (rule, captures) }
    }
    return nil
  }

  /// The format of a file by its rule and its name; YAML where neither says it.
  public func format(of path: String) -> DocumentFormat {
    Self.format(of: path, by: rule(for: path)?.rule)
  }

  static func format(of path: String, by rule: FileRule?) -> DocumentFormat {
    if let format = rule?.format { return format }
    func ends(with suffix: String) -> Bool {
      path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
        $0 == $1 || $0 ^ 0x20 == $1 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($1)
      }
    }
    if ends(with: ".json") { return .json }
    return ends(with: ".jsonc") ? .jsonc : .yaml
  }

  /// The label, of those that have a schema, whose schema judges a version: its own, else the newest one of the same minor
  /// version (`2.1.x`) that is not above it; nil where there is none.
  public func schemaLabel(for version: Version, among labels: [String]) -> String? {
    let known = labels.compactMap { Version($0, scheme: versions.scheme) }
    if let own = known.first(where: { $0 == version }) { return own.label }
    guard case .semver(let core, _) = version.rank else { return nil }
    let family = VersionRange("\(core[0]).\(core[1])", scheme: .semver)
    return known.filter { family?.contains($0) == true && $0 < version }.max()?.label
  }

  /// The path of the schema of a version, relative to the product file; nil where the product has none.
  public func schemaPath(for version: String) -> String? {
    guard let schemas else { return nil }
    let marker = Array("{version}".utf8)
    var out: [UInt8] = []
    var rest = Array(schemas.utf8)[...]
    while let byte = rest.first {
      if rest.starts(with: marker) {
        out += Array(version.utf8)
        rest = rest.dropFirst(marker.count)
      } else {
        out.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

extension Product.FileRule {
  /// A pattern of many files does not mean the one that says what the set is.
  package func names(_ path: String) -> Bool {
    !path.utf8.elementsEqual("cfgmigrate.yaml".utf8) || self.path.text.utf8.elementsEqual(path.utf8)
  }
}
