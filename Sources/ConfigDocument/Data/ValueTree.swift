/// The data of one document, or of layers combined, as one flat array: what schemas are checked against.
///
/// Aliases are expanded and merge keys applied, so every node is plain data; each knows the document node that it came
/// from. Nodes stand in document order: a container is followed by its members, depth first.
public struct ValueTree: Sendable {
  public enum Kind: UInt8, Hashable, Sendable, BitwiseCopyable {
    case null, bool, number, string, array, object
  }

  /// Where a node was written: the layer's number in the list that the tree was made of, and the node there.
  public struct Origin: Hashable, Sendable {
    public var layer: UInt32
    public var node: NodeID
    /// The key's node, for a member of an object.
    public var key: NodeID?
    public init(layer: UInt32, node: NodeID, key: NodeID? = nil) {
      self.layer = layer
      self.node = node
      self.key = key
    }
  }

  /// A stretch of ``text``.
  public struct TextRange: Hashable, Sendable {
    public var offset: UInt32
    public var count: UInt32
    package init(offset: Int, count: Int) {
      self.offset = UInt32(offset)
      self.count = UInt32(count)
    }
  }

  public struct Node: Sendable {
    public package(set) var kind: Kind
    /// For a `bool`: its value.
    public package(set) var isTrue = false
    /// The hash of the key under which this node stands (``KeyHash``); 0 for items and the root.
    public package(set) var keyHash: UInt32 = 0
    /// The key, decoded; empty for items and the root.
    public package(set) var key = TextRange(offset: 0, count: 0)
    /// A string's UTF-8 or a number's spelling.
    public package(set) var text = TextRange(offset: 0, count: 0)
    /// The index after this node's last descendant: its next sibling, if it has one.
    public package(set) var end: UInt32 = 0
    /// How many members or items it has.
    public package(set) var count: UInt32 = 0
  }

  /// Node 0 is the root.
  public package(set) var nodes: [Node] = []
  /// For each node, where it came from.
  public package(set) var origins: [Origin] = []
  /// Holds the decoded keys, strings and spellings, and what stands between them.
  public package(set) var text: [UInt8] = []

  package init() {}

  public func string(_ range: TextRange) -> String {
    String(decoding: bytes(range), as: UTF8.self)
  }

  public func bytes(_ range: TextRange) -> ArraySlice<UInt8> {
    text[Int(range.offset)..<Int(range.offset) + Int(range.count)]
  }

  /// The indices of the node's members or items. Complexity: O(children).
  public func children(of index: Int) -> [Int] {
    var out: [Int] = []
    out.reserveCapacity(Int(nodes[index].count))
    var child = index + 1
    while child < Int(nodes[index].end) {
      out.append(child)
      child = Int(nodes[child].end)
    }
    return out
  }

  /// The member of the object at `index` with `key`. Complexity: O(members).
  public func member(_ key: String, of index: Int) -> Int? {
    guard nodes[index].kind == .object else { return nil }
    let hash = KeyHash.hash(key)
    var child = index + 1
    while child < Int(nodes[index].end) {
      if nodes[child].keyHash == hash, bytes(nodes[child].key).elementsEqual(key.utf8) { return child }
      child = Int(nodes[child].end)
    }
    return nil
  }

  /// The value of the node, as a tree of its own. Complexity: O(descendants).
  public func value(at index: Int = 0) -> Value {
    let node = nodes[index]
    switch node.kind {
    case .null: return .null
    case .bool: return .bool(node.isTrue)
    case .number: return Number(string(node.text)).map(Value.number) ?? .string(string(node.text))
    case .string: return .string(string(node.text))
    case .array: return .array(children(of: index).map { value(at: $0) })
    case .object:
      return .object(Object(children(of: index).map { (key: string(nodes[$0].key), value: value(at: $0)) }))
    }
  }
}
