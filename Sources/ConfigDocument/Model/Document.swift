/// The format of a file, which decides its parser and how new text is written.
public enum DocumentFormat: String, Hashable, Sendable {
  case yaml
  case json
  /// JSON with comments and trailing commas.
  case jsonc
}

/// What a reader sees of a node.
public enum NodeKind: UInt8, Hashable, Sendable {
  case scalar, mapping, sequence, alias
}

/// Where among its new siblings a node is put.
public enum Position: Hashable, Sendable {
  case first
  case last
  /// Beside the entry whose value is the given node, or beside the given item.
  case before(NodeID)
  case after(NodeID)
  /// Where it keeps the siblings sorted, by the bytes of their keys or items; last where they are not sorted, or fewer
  /// than two.
  case sorted
}

/// A number that the author of edits gives them, so that the diff can say who wrote each line.
public struct EditAuthor: RawRepresentable, Hashable, Sendable {
  public var rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }
}

/// A YAML or JSON file that can be edited without touching what the edits do not mean.
///
/// The source bytes are kept as they are; the parsed arena holds where each node stands in them; edits are laid over
/// both. A document that is not edited renders to its source by construction. It is a value: copies are cheap until
/// one of them is edited.
///
/// ```swift
/// var document = try Document(bytes, as: .yaml, named: "platform.yaml")
/// if let node = document.node(at: Pointer(["database", "max_connections"])) {
///   try document.rename(node, to: "max_size")
/// }
/// let text = try document.render().bytes
/// ```
public struct Document: Sendable {
  /// Collections nested deeper than this are refused: libyaml's cost is quadratic in the depth of flow collections.
  public static let maximumDepth = 512

  /// What a plain scalar means: YAML 1.2's core schema, or YAML 1.1's types, where the application reads those.
  public enum YAMLVersion: String, Hashable, Sendable {
    case yaml11 = "1.1"
    case yaml12 = "1.2"
  }

  public let format: DocumentFormat
  public let yamlVersion: YAMLVersion

  /// Whoever is recorded as the author of the edits that follow.
  public var author = EditAuthor(rawValue: 0)

  /// Node 0 is the stream, its children are the documents, and their only child is the root.
  var nodes: Arena<Node>
  private let origin: Origin
  private var content: Shared<DocumentContent>
  private var overlay = Shared<EditOverlay>.noEdits

  /// Parses a file.
  ///
  /// - Throws: `yaml-syntax`, `json-syntax`, `duplicate-key`, `not-utf8` or `too-deep`, each with its place.
  /// - Complexity: O(n).
  public init(
    _ source: [UInt8], as format: DocumentFormat, named name: String, yaml: YAMLVersion = .yaml12
  ) throws(Diagnostic) {
    guard source.count < Int(UInt32.max) else {
      throw Diagnostic("too-large", "the file is larger than 4 GiB", hint: "split it")
    }
    self.format = format
    yamlVersion = yaml
    let tree = try Self.parse(source, as: format, named: name)
    nodes = tree.nodes
    origin = Origin(name: name, source: source, keyTables: tree.keyTables)
    content = Shared(DocumentContent(tree, of: source))
  }

  /// What no edit changes.
  private final class Origin: Sendable {
    let name: String
    let source: [UInt8]
    let keyTables: [UInt32: KeyTable]

    init(name: String, source: [UInt8], keyTables: [UInt32: KeyTable]) {
      self.name = name
      self.source = source
      self.keyTables = keyTables
    }
  }
}

extension Document {
  /// The name that messages give the file.
  public var name: String { origin.name }
  /// The bytes that were read.
  public var source: [UInt8] { origin.source }
  /// Of mappings that the source has with many keys: where each key was read. Keys that came since are in `edits`.
  var keyTables: [UInt32: KeyTable] { origin.keyTables }

  /// What was edited.
  var edits: EditOverlay {
    _read { yield overlay.value }
    _modify { yield &overlay.value }
  }

  var bytes: [UInt8] {
    _read { yield content.value.bytes }
    _modify { yield &content.value.bytes }
  }

  var decoded: [DecodedScalar] {
    _read { yield content.value.decoded }
    _modify { yield &content.value.decoded }
  }

  var decodedText: [UInt8] {
    _read { yield content.value.decodedText }
    _modify { yield &content.value.decodedText }
  }

  var properties: [UInt32: NodeProperties] {
    _read { yield content.value.properties }
    _modify { yield &content.value.properties }
  }

  var longLines: LongLines {
    _read { yield content.value.longLines }
    _modify { yield &content.value.longLines }
  }

  /// Whether there may be aliases: the source has some, or something imported had.
  var hasAliases: Bool {
    get { content.value.hasAliases }
    set { content.value.hasAliases = newValue }
  }

  /// The keys that the document may hold, whatever was edited.
  package var keyFilter: KeyFilter { content.value.keyFilter }

  /// A key came into the document.
  mutating func noteArrival(ofKeyWith hash: UInt32) {
    if !content.value.keyFilter.mayHold(hash) { content.value.keyFilter.insert(hash) }
  }
}
