public import ConfigDocument
public import ConfigSchema
internal import Synchronization

/// The schemas that files are checked with: each is read and compiled once. Nothing is ever fetched.
///
/// A URI is looked for among the standard meta-schemas, then in the directories that were named: as
/// `HOST/PATH`, as `PATH`, with and without `.json`, and last by the `$id` of every schema there.
public final class SchemaLibrary: Sendable {
  /// Where copies of remote schemas are.
  let directories: [String]
  private let options: Schema.Options
  private let compiled = Mutex<[String: Result<CompiledSchema, Diagnostic>]>([:])
  private let identifiers = Mutex<[String: String]?>(nil)

  public init(directories: [String] = [], options: Schema.Options = Schema.Options()) {
    self.directories = directories
    self.options = options
  }

  /// - Throws: `schema-not-found`; what is wrong with the schema, at its place.
  package func schema(_ reference: SchemaReference) throws(Diagnostic) -> CompiledSchema {
    let key = reference.path ?? reference.text
    // One at a time: two files with one schema would compile it twice.
    let result = compiled.withLock { known in
      if let result = known[key] { return result }
      let result = Result { () throws(Diagnostic) in try read(reference) }
      known[key] = result
      return result
    }
    return try result.get()
  }

  private func read(_ reference: SchemaReference) throws(Diagnostic) -> CompiledSchema {
    var options = options
    options.uri = reference.uri
    if reference.path == nil, Schema.isMetaSchema(reference.text) {
      options.uri = ""
      let schema = try Schema.compile(["$ref": .string(reference.text)], options: options)
      return CompiledSchema(name: reference.text, schema: schema)
    }
    guard let path = try path(of: reference) else { throw notFound(reference) }
    let document = try Self.document(at: path)
    do throws(Diagnostic) {
      let schema = try Schema.compile(
        try ValueTree(document), options: options, retrieve: { [self] in value(at: $0) },
        place: { document.place(of: $1 ? $0.key ?? $0.node : $0.node) })
      return CompiledSchema(name: path, schema: schema)
    } catch {
      var error = error
      if error.code == .schemaRefUnresolved, error.message.contains("which is not at hand") {
        error.hint = "Nothing is fetched; put a copy into a directory, and name that with --schema-dir"
      }
      throw error
    }
  }

  private func path(of reference: SchemaReference) throws(Diagnostic) -> String? {
    if let path = reference.path {
      return try ProductFiles.readIfPresent(path) == nil ? nil : path
    }
    return path(ofURI: reference.text)
  }

  private func notFound(_ reference: SchemaReference) -> Diagnostic {
    if let path = reference.path {
      return Diagnostic(
        .schemaNotFound, "there is no schema \(path)", at: reference.place, hint: "Look at the spelling of its name")
    }
    let searched =
      directories.isEmpty
      ? "no directory with schemas was named" : "it is not in \(directories.joined(separator: ", "))"
    return Diagnostic(
      .schemaNotFound, "the schema \(reference.text) is not at hand: \(searched)", at: reference.place,
      hint: "Nothing is fetched; put a copy into a directory, and name that with --schema-dir")
  }

  // MARK: URIs

  /// What a schema that is being compiled refers to.
  private func value(at uri: String) -> Value? {
    let path = uri.hasPrefix("file://") ? String(uri.dropFirst(7)) : path(ofURI: uri)
    guard let path, let document = try? Self.document(at: path), let root = document.roots.first else { return nil }
    return document.value(of: root)
  }

  private func path(ofURI uri: String) -> String? {
    let whole = uri.split(separator: "#", omittingEmptySubsequences: false).first.map(String.init) ?? uri
    guard let scheme = whole.firstRange(of: "://") else { return pathByIdentifier(whole) }
    let rest = whole[scheme.upperBound...].split(separator: "/").map(String.init)
    guard !rest.contains("..") else { return nil }
    for names in [rest, Array(rest.dropFirst())] where !names.isEmpty {
      for directory in directories {
        let path = directory + "/" + names.joined(separator: "/")
        for candidate in [path, path + ".json"] where StandaloneFile(candidate).isFile { return candidate }
      }
    }
    return pathByIdentifier(whole)
  }

  private func pathByIdentifier(_ uri: String) -> String? {
    identifiers.withLock { known in
      let index = known ?? Self.identifiers(in: directories)
      known = index
      return index[uri]
    }
  }

  private static func identifiers(in directories: [String]) -> [String: String] {
    var out: [String: String] = [:]
    for path in (try? FileSelection(directories))?.paths ?? [] {
      guard let document = try? document(at: path), let root = document.roots.first else { continue }
      for key in ["$id", "id"] {
        guard let node = document.child(key, of: root), let id = document.value(of: node).string else { continue }
        let uri = id.split(separator: "#").first.map(String.init) ?? ""
        if out[uri] == nil { out[uri] = path }
      }
    }
    return out
  }

  private static func document(at path: String) throws(Diagnostic) -> Document {
    let bytes = try StandaloneFile(path).read()
    return try Document(bytes, as: DocumentFormat(pathOf: path) ?? .json, named: path)
  }
}

/// A schema with the name that reports give it.
package struct CompiledSchema: Sendable {
  package var name: String
  package var schema: Schema
}

extension Diagnostic.Code {
  /// A schema that is named is nowhere; nothing is fetched.
  public static let schemaNotFound: Self = "schema-not-found"
}
