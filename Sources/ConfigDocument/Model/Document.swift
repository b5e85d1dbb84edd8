/// The format of a file, which decides its parser and how new text is written.
public enum DocumentFormat: String, Hashable, Sendable {
  case yaml
  case json
  /// JSON with comments and trailing commas.
  case jsonc
}

public enum NodeKind: UInt8, Hashable, Sendable {
  case scalar, mapping, sequence, alias
}

/// Where among its new siblings a node is put.
public enum Position: Hashable, Sendable {
  case first, last
  /// Beside the entry whose value is the given node, or beside the given item.
  case before(NodeID)
  case after(NodeID)
}

/// A number that the author of edits gives them, so that the diff can say who wrote each line.
public struct EditAuthor: RawRepresentable, Hashable, Sendable {
  public var rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }
}

/// STUB, to be replaced: the signatures that the upper floors are written against.
public struct Document: Sendable {
  public static let maximumDepth = 512
  public var name: String { fatalError() }
  public var format: DocumentFormat { fatalError() }
  public var source: [UInt8] { fatalError() }
  /// Whether YAML 1.1 decides what a plain scalar means.
  public enum YAMLVersion: String, Hashable, Sendable {
    case yaml11 = "1.1"
    case yaml12 = "1.2"
  }

  public init(
    _ source: [UInt8], as format: DocumentFormat, named name: String, yaml: YAMLVersion = .yaml12
  ) throws(Diagnostic) { fatalError() }

  // Reading. A node stands for a value; of a mapping's entry, the value's node also names the entry.
  /// One root for each YAML document of the stream that has one; a JSON file has one.
  public var roots: [NodeID] { fatalError() }
  public func kind(of node: NodeID) -> NodeKind { fatalError() }
  /// The node itself, or what its alias stands for.
  public func resolved(_ node: NodeID) -> NodeID { fatalError() }
  public func entries(of mapping: NodeID) -> [(key: NodeID, value: NodeID)] { fatalError() }
  public func items(of sequence: NodeID) -> [NodeID] { fatalError() }
  public func parent(of node: NodeID) -> NodeID? { fatalError() }
  /// The decoded text of a scalar; nil where the node is no scalar.
  public func text(of node: NodeID) -> String? { fatalError() }
  /// The data of the node, aliases and merge keys resolved, mapping keys as text.
  public func value(of node: NodeID) -> Value { fatalError() }
  /// The value under a literal key (no merge keys), not looking through an alias of the mapping itself.
  public func child(_ key: String, of mapping: NodeID) -> NodeID? { fatalError() }
  /// The value that a reader sees under the key: through aliases and merge keys.
  public func effectiveChild(_ key: String, of mapping: NodeID) -> NodeID? { fatalError() }
  public func node(at pointer: Pointer, root: Int = 0) -> NodeID? { fatalError() }
  public func pointer(to node: NodeID) -> Pointer { fatalError() }
  /// The key of the entry whose value this is; nil for items and roots.
  public func key(of node: NodeID) -> NodeID? { fatalError() }
  public func place(of node: NodeID) -> SourcePlace { fatalError() }
  public func anchor(of node: NodeID) -> String? { fatalError() }
  public func tag(of node: NodeID) -> String? { fatalError() }
  /// Aliases that stand for this node.
  public func aliases(of node: NodeID) -> [NodeID] { fatalError() }

  // Editing. Every edit keeps the comments of what it does not remove, or is refused with `edit-refused`.
  public var author = EditAuthor(rawValue: 0)
  public var hasEdits: Bool { fatalError() }
  /// Makes the node mean `value`; a scalar keeps its quotes where they are legal. Returns the node that stands there now.
  @discardableResult
  public mutating func set(_ node: NodeID, to value: Value) throws(Diagnostic) -> NodeID { fatalError() }
  /// A new entry; `comment` is written on lines of its own above it.
  @discardableResult
  public mutating func insert(
    _ value: Value, forKey key: String, into mapping: NodeID, at position: Position = .last, comment: String? = nil
  ) throws(Diagnostic) -> NodeID { fatalError() }
  @discardableResult
  public mutating func insert(
    _ value: Value, into sequence: NodeID, at position: Position = .last, comment: String? = nil
  ) throws(Diagnostic) -> NodeID { fatalError() }
  /// Removes the entry or item with its own comments. A container that it empties becomes `{}` or `[]`.
  public mutating func remove(_ node: NodeID) throws(Diagnostic) { fatalError() }
  /// Gives the entry whose value is `node` another key, in its place.
  public mutating func rename(_ node: NodeID, to key: String) throws(Diagnostic) { fatalError() }
  /// Takes the entry or item, with its comments, to another mapping (same document of the stream or another one).
  public mutating func move(
    _ node: NodeID, toKey key: String, in mapping: NodeID, at position: Position = .last
  ) throws(Diagnostic) { fatalError() }
  public mutating func move(
    _ node: NodeID, into sequence: NodeID, at position: Position = .last
  ) throws(Diagnostic) { fatalError() }
  /// A second, equal entry: bytes as they are, anchors dropped.
  @discardableResult
  public mutating func copy(
    _ node: NodeID, toKey key: String, in mapping: NodeID, at position: Position = .last
  ) throws(Diagnostic) -> NodeID { fatalError() }
  /// Replaces an alias by a copy of what it stands for, so that it can be edited alone.
  @discardableResult
  public mutating func expand(_ alias: NodeID) throws(Diagnostic) -> NodeID { fatalError() }

  // Rendering.
  /// The bytes with all edits, and what was edited. Proven by parsing again unless `verifying` is false.
  public func render(verifying: Bool = true) throws(Diagnostic) -> Rendering { fatalError() }
}

/// What a document with edits looks like.
public struct Rendering: Sendable {
  /// A stretch of the source that was replaced; `source.isEmpty` is an insertion. In order, not overlapping.
  public struct Change: Hashable, Sendable {
    public var source: Range<Int>
    public var replacement: Range<Int>
    public var author: EditAuthor
  }
  public var bytes: [UInt8]
  public var changes: [Change]
}

extension ValueTree {
  /// The data of one document of a stream. Aliases are expanded within a budget (`alias-expansion`).
  public init(_ document: Document, root: Int = 0) throws(Diagnostic) { fatalError() }

  /// How the lists of two layers combine.
  public enum ListCombination: String, Sendable { case replace, append }

  /// The effective data of layers, later ones over earlier ones: objects are merged, all else is replaced.
  /// Each node's origin names the layer that it came from.
  public init(layering trees: [ValueTree], lists: ListCombination) { fatalError() }
}

/// The unified diff of a file, made from its changes: no general diff algorithm runs.
public struct UnifiedDiff: Sendable {
  /// A diff that `git apply` and `patch -p1` accept; empty where nothing changed.
  public static func text(
    of rendering: Rendering, from source: [UInt8], path: String, context: Int = 3
  ) -> [UInt8] { fatalError() }
}
