public import ConfigDocument
internal import ConfigMigration
internal import ConfigSchema

/// A check of files that belong to no set, each by the schema that is found for it.
///
/// A schema that is given for all of them counts first; then what the file names itself, by a comment at its top or a member
/// `$schema`; then the mapping files and catalogues, in their order.
public struct FileCheck: Sendable {
  public var library: SchemaLibrary
  /// The schema of all files.
  public var schema: SchemaReference?
  public var catalogs: [SchemaCatalog] = []
  public var yaml = Document.YAMLVersion.yaml12
  /// The name that standard input has in reports, which says its format and finds its schema.
  public var nameOfInput = "standard input"
  /// Whether the results hold what the schemas say, keyword by keyword.
  public var keepsOutputs = false
  /// Whether the results hold the defaults that apply.
  public var keepsDefaults = false
  /// Whether the line of a file that cannot be parsed is shown though it may hold a secret.
  public var showsSecrets = false
  /// Whether what can certainly be mended is mended, in memory.
  public var repairs = false

  public init(library: SchemaLibrary) { self.library = library }

  /// Checks files on several cores; the results are in the order of the paths. Nothing is written.
  public func check(_ paths: [String]) throws(Diagnostic) -> [CheckedFile] {
    try ConcurrentWork.map(paths.count) { (range) throws(Diagnostic) in range.map { check(paths[$0]) } }
  }

  private func check(_ path: String) -> CheckedFile {
    var file = CheckedFile(path: path == "-" ? nameOfInput : path)
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try StandaloneFile(path == "-" ? "/dev/stdin" : path).read()
    } catch {
      file.obstacle = error
      return file
    }
    let document: Document
    do throws(Diagnostic) {
      document = try self.document(of: bytes, named: file.path)
    } catch {
      file.findings = [
        showsSecrets ? error : error.hiding(SuspectLines(of: bytes, keys: secretKeys(of: bytes, at: file.path)))
      ]
      return file
    }
    do throws(Diagnostic) {
      try check(document, into: &file)
    } catch {
      file.findings = [error]
    }
    return file
  }

  /// The keys under which a file that cannot be parsed may hold a secret; nil where any value may be one: its schema says so, or
  /// cannot be read, or is one that the file names itself, which a text that is broken does not tell for certain.
  private func secretKeys(of bytes: [UInt8], at path: String) -> Set<String>? {
    if schema == nil, bytes.firstRange(of: Array("$schema".utf8)) != nil { return nil }
    guard let reference = schema ?? mappedSchema(at: path) else { return [] }
    return (try? library.schema(reference))?.schema.secretKeys
  }

  /// What names no format may be JSON, whose errors are clearer, and is else YAML.
  private func document(of bytes: [UInt8], named name: String) throws(Diagnostic) -> Document {
    if let format = DocumentFormat(pathOf: name) { return try Document(bytes, as: format, named: name, yaml: yaml) }
    if let json = try? Document(bytes, as: .json, named: name) { return json }
    return try Document(bytes, as: .yaml, named: name, yaml: yaml)
  }

  private func check(_ document: Document, into file: inout CheckedFile) throws(Diagnostic) {
    let compiled: CompiledSchema
    do throws(Diagnostic) {
      guard let reference = reference(for: document, at: file.path) else { return }
      compiled = try library.schema(reference)
    } catch {
      file.obstacle = error
      return
    }
    file.schema = compiled.name
    var document = document
    if try judge(document, by: compiled.schema, into: &file) {
      let repair = try FileRepair(document, by: compiled.schema)
      file.mendable = repair.made.count
      if repairs, !repair.made.isEmpty {
        document = repair.document
        file.repair = repair
        _ = try judge(document, by: compiled.schema, into: &file)
        file.mendable = 0
      }
    }
    for number in 0..<max(1, document.roots.count) where keepsOutputs || keepsDefaults {
      let tree = try ValueTree(document, root: number)
      if keepsOutputs { file.outputs.append(compiled.schema.output(of: tree)) }
      if keepsDefaults { file.defaults += compiled.schema.defaults(for: tree) }
    }
  }

  /// Finds what is wrong with each document of the file.
  /// - Returns: whether any of it may be mended.
  private func judge(
    _ document: Document, by schema: Schema, into file: inout CheckedFile
  ) throws(Diagnostic) -> Bool {
    var isMendable = false
    file.findings = []
    for number in 0..<max(1, document.roots.count) {
      let findings = SchemaFindings(of: try ValueTree(document, root: number), in: document, by: schema)
      file.findings += findings.diagnostics
      isMendable = isMendable || findings.areMendable
    }
    return isMendable
  }

  private func reference(for document: Document, at path: String) -> SchemaReference? {
    schema ?? document.namedSchema ?? mappedSchema(at: path)
  }

  /// The schema that the mapping files and catalogues give a path.
  private func mappedSchema(at path: String) -> SchemaReference? {
    let real = ProductFiles.real(path)
    let absolute = real.hasPrefix("/") ? real : ProductFiles.real(".") + "/" + real
    for catalog in catalogs {
      if let found = catalog.schema(for: absolute) { return found }
    }
    return nil
  }
}
