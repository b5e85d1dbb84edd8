public import ConfigDocument

/// A file that people wrote, with the changes alone that another program's version of it means.
public struct ReconciledFile: Sendable {
  /// The file as it was named.
  public let path: String
  public let rendering: Rendering
  /// The bytes before.
  public let source: [UInt8]

  /// - Parameters:
  ///   - original: the file; its name may end in the format's.
  ///   - new: what another program made of it, in YAML or JSON; `-` is standard input.
  /// - Throws: `io-error`; what keeps one of the two from being read; `streams-differ`; `edit-refused`.
  /// - Complexity: that of `Document.reconcile`.
  public init(_ original: String, with new: String, yaml: Document.YAMLVersion) throws(Diagnostic) {
    path = original
    var document = try Self.document(at: original, yaml)
    source = document.source
    try document.reconcile(with: try Self.document(at: new, yaml))
    rendering = try document.render()
  }

  public var isChanged: Bool { rendering.bytes != source }

  /// The lines that come and go.
  public var counts: (added: Int, removed: Int) { UnifiedDiff.counts(of: rendering, from: source) }

  /// The unified diff; empty where nothing changed.
  public var diff: [UInt8] { UnifiedDiff.text(of: rendering, from: source, path: path) }

  static let standardInput = "standard input"

  /// What names no format may be JSON, whose errors are clearer, and is else YAML.
  private static func document(at path: String, _ yaml: Document.YAMLVersion) throws(Diagnostic) -> Document {
    let bytes = try StandaloneFile(path == "-" ? "/dev/stdin" : path).read()
    let name = path == "-" ? standardInput : path
    let ending = path.split(separator: ".").last.map { $0.lowercased() }
    if let format = ending.flatMap(DocumentFormat.init(rawValue:)) {
      return try Document(bytes, as: format, named: name, yaml: yaml)
    }
    if ending != "yml", let json = try? Document(bytes, as: .json, named: name) { return json }
    return try Document(bytes, as: .yaml, named: name, yaml: yaml)
  }
}
