internal import ConfigDocument
internal import ConfigMigration

/// What a directory's `cfgmigrate.yaml` says.
struct SetSettings: Sendable {
  static let fileName = "cfgmigrate.yaml"

  /// The file; nil where there is none.
  var document: Document?
  var product: String?
  var placeOfProduct: SourcePlace?
  /// The version that is recorded for a set that does not say it.
  var version: String?
  var placeOfVersion: SourcePlace?
  /// Directories with products, as paths that can be opened.
  var registries: [String] = []
  /// Files that are left out of the set.
  var exclusions: [PathPattern] = []

  init(in root: OpenDirectory, at path: String) throws(Diagnostic) {
    guard let file = RelativePath(Self.fileName), let contents = try root.contents(at: file) else { return }
    let document = try Document(contents.bytes, as: .yaml, named: Self.fileName)
    self.document = document
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
      case ("version", .string), ("version", .number):
        // 1.20 is meant as it is written, and not as the number 1.2.
        version = document.text(of: document.resolved(value))
        placeOfVersion = document.place(of: value)
      case ("exclude", .string), ("exclude", .array): exclusions = try Self.patterns(value, of: document)
      case ("product", _), ("registry", _), ("exclude", _), ("version", _):
        throw Diagnostic(
          .badSettings, "this must be text", at: document.place(of: value),
          hint: "Write the name without brackets or braces")
      case (let other, _):
        throw Diagnostic(
          .badSettings, "cfgmigrate.yaml has no field `\(other)`", at: document.place(of: key),
          hint: SpellingSuggestion.didYouMean(other, among: ["product", "registry", "exclude", "version"])
            ?? "Its fields are `product`, `registry`, `exclude` and `version`")
      }
    }
    registries = registries.map { $0.hasPrefix("/") ? $0 : path + "/" + $0 }
  }

  private static func patterns(_ node: NodeID, of document: Document) throws(Diagnostic) -> [PathPattern] {
    var patterns: [PathPattern] = []
    let list = document.resolved(node)
    for item in document.kind(of: list) == .sequence ? document.items(of: list) : [node] {
      do throws(Diagnostic) {
        patterns.append(try PathPattern(document.value(of: item).string ?? ""))
      } catch {
        var located = error
        located.place = document.place(of: item)
        throw located
      }
    }
    return patterns
  }
}

extension Diagnostic.Code {
  /// A `cfgmigrate.yaml` that says something else than it may.
  public static let badSettings: Self = "bad-settings"
}
