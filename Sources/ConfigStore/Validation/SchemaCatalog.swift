public import ConfigDocument

/// Which schema a file has by its name: a mapping file of a team's own, or a catalogue in the form of SchemaStore's.
///
/// A mapping file names the files of each schema; the first that fits counts:
///
/// ```yaml
/// schemas/service.schema.json: services/**/*.yaml
/// schemas/team.schema.yaml: [team.yaml, "teams/*.yaml"]
/// ```
public struct SchemaCatalog: Sendable {
  struct Entry: Sendable {
    var schema: SchemaReference
    var globs: [FileGlob]
    /// Files that the others fit and that are not meant.
    var exceptions: [FileGlob]
  }

  private(set) var entries: [Entry] = []

  /// The schema of a file; nil where no entry speaks of it.
  /// - Parameter path: an absolute path; a pattern fits its end.
  func schema(for path: String) -> SchemaReference? {
    entries.first { entry in
      entry.globs.contains { $0.matchesEnd(of: path) } && !entry.exceptions.contains { $0.matchesEnd(of: path) }
    }?.schema
  }

  /// - Throws: `bad-schema-map`, at its place; `io-error`.
  public init(mapping path: String) throws(Diagnostic) {
    let document = try Self.document(path)
    let root = document.roots.first
    guard let root, document.kind(of: root) == .mapping else {
      throw Diagnostic(
        .badSchemaMap, "a mapping of schemas to files is wanted here", at: root.map(document.place(of:)),
        hint: "Write `schemas/service.schema.json: services/*.yaml`")
    }
    for (key, value) in document.entries(of: root) {
      let list = document.resolved(value)
      let items = document.kind(of: list) == .sequence ? document.items(of: list) : [value]
      var globs: [String] = []
      for item in items {
        guard let glob = document.value(of: item).string else {
          throw Diagnostic(
            .badSchemaMap, "files are named by text here", at: document.place(of: item),
            hint: "Write a pattern such as `services/*.yaml`, or a list of them")
        }
        globs.append(glob)
      }
      add(globs, SchemaReference(document.keyText(of: key), from: path, place: document.place(of: key)))
    }
  }

  /// - Throws: `bad-schema-map`, at its place; `io-error`.
  public init(catalog path: String) throws(Diagnostic) {
    let document = try Self.document(path)
    guard let root = document.roots.first, let list = document.child("schemas", of: root),
      document.kind(of: list) == .sequence
    else {
      throw Diagnostic(
        .badSchemaMap, "a catalogue has a list `schemas`", at: document.roots.first.map(document.place(of:)),
        hint: "Take a catalogue in the form of SchemaStore's, or name a mapping with --schema-map")
    }
    for item in document.items(of: list) {
      let entry = document.value(of: item).object
      guard let url = entry?["url"]?.string else {
        throw Diagnostic(
          .badSchemaMap, "this entry has no `url`", at: document.place(of: item), hint: "Name the schema's file or URI")
      }
      let globs = entry?["fileMatch"]?.array?.compactMap(\.string) ?? []
      add(globs, SchemaReference(url, from: path, place: document.place(of: item)))
    }
  }

  private mutating func add(_ globs: [String], _ schema: SchemaReference) {
    entries.append(
      Entry(
        schema: schema, globs: globs.filter { !$0.hasPrefix("!") }.map { FileGlob($0) },
        exceptions: globs.filter { $0.hasPrefix("!") }.map { FileGlob(String($0.dropFirst())) }))
  }

  private static func document(_ path: String) throws(Diagnostic) -> Document {
    let format = DocumentFormat(pathOf: path) ?? .yaml
    return try Document(try StandaloneFile(path).read(), as: format, named: path)
  }
}

extension Diagnostic.Code {
  /// A mapping file or catalogue does not say which files have which schema.
  public static let badSchemaMap: Self = "bad-schema-map"
}
