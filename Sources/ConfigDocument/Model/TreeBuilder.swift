/// What a parser made of a source.
struct Tree {
  var nodes: Arena<Node>
  /// Text that differs from the source's bytes: the scalars, in node order, and where theirs stands in `decodedText`.
  var decoded: [DecodedScalar]
  var decodedText: [UInt8]
  var properties: [UInt32: NodeProperties]
  /// The tables of mappings with many keys.
  var keyTables: [UInt32: KeyTable]
  var keyFilter: KeyFilter
}

/// Builds the arena from a parser's events, in document order, and finds duplicate keys as mappings close.
struct TreeBuilder: ~Copyable {
  private(set) var decoded: [DecodedScalar] = []
  private(set) var decodedText: [UInt8] = []
  var properties: [UInt32: NodeProperties] = [:]

  private let sourceCount: Int
  private let format: DocumentFormat
  private var scratch: [UInt8] = []
  private var nodes: ArenaBuilder<Node>
  /// The innermost open container, and those around it.
  private var current: OpenContainer
  private var outer = ArenaBuilder<OpenContainer>(capacity: 32)
  /// The keys of all open mappings, innermost last; a mapping's own start at its `firstKey`.
  private var keys = ArenaBuilder<KeyTable.Key>(capacity: 256)
  private var keyTables: [UInt32: KeyTable] = [:]
  private var keyFilter = KeyFilter()
  /// The first pair of equal keys in one mapping that was met.
  private var duplicate: (first: UInt32, second: UInt32)?

  /// Starts the stream, node 0.
  ///
  /// - Parameter bytesPerNode: how much source a node has in most files; a wrong guess costs memory or time, nothing else.
  init(sourceCount: Int, format: DocumentFormat, bytesPerNode: Int) {
    self.sourceCount = sourceCount
    self.format = format
    nodes = ArenaBuilder(capacity: sourceCount / bytesPerNode + 8)
    nodes.append(Node(kind: .stream, style: .block, start: 0, end: sourceCount))
    current = OpenContainer(node: 0, firstKey: 0)
  }

  /// How many containers are open, the stream among them.
  var depth: Int { outer.count + 1 }

  /// The next node's.
  var nextID: UInt32 { UInt32(truncatingIfNeeded: nodes.count) }

  /// Whether the next node is a key of a mapping.
  var expectsKey: Bool { current.expectsKey }

  var isInMapping: Bool { current.isMapping }

  /// Where the container starts, if it is a mapping in flow style.
  var startOfFlowMapping: Int? {
    let node = nodes[Int(current.node)]
    return current.isMapping && node.style == .flow ? Int(node.start) : nil
  }

  /// Where the sibling before the next node ends; the start of the container, if it is the first.
  var endOfPreviousSibling: Int {
    if current.lastChild != 0 { return Int(nodes[Int(current.lastChild)].end) }
    let node = nodes[Int(current.node)]
    return Int(node.kind == .document ? node.end : node.start)
  }

  @discardableResult
  @inline(__always)
  mutating func append(_ node: Node) -> UInt32 {
    let id = nextID
    var node = node
    node.parent = current.node
    if current.lastChild == 0 {
      nodes[Int(current.node)].firstChild = id
    } else {
      nodes[Int(current.lastChild)].next = id
    }
    current.lastChild = id
    if current.expectsKey {
      node.flags.insert(.key)
      if node.kind == .scalar {
        keys.append(KeyTable.Key(node: id, hash: node.keyHash))
        keyFilter.insert(node.keyHash)
      }
      current.expectsKey = false
    } else {
      current.expectsKey = current.isMapping
    }
    if nodes.count == nodes.capacity { reserve(behind: Int(node.start)) }
    nodes.append(node)
    return id
  }

  /// Makes room for as many nodes as the source will have, if it goes on as it did up to `offset`.
  private mutating func reserve(behind offset: Int) {
    let expected = Double(nodes.count) * Double(sourceCount) / Double(max(offset, 1)) * 1.05
    nodes.reserve(max(nodes.count + nodes.count / 8, min(Int(expected), nodes.count * 4)) + 8)
  }

  mutating func begin(_ node: Node) {
    let id = append(node)
    outer.append(current)
    let isMapping = node.kind == .mapping
    current = OpenContainer(
      node: id, firstKey: UInt32(truncatingIfNeeded: keys.count), isMapping: isMapping, expectsKey: isMapping)
  }

  /// Closes the innermost container. `end` is nil for a block collection, which ends where its last child does.
  mutating func end(at end: Int?, in source: UnsafeBufferPointer<UInt8>) {
    if let end {
      nodes[Int(current.node)].end = UInt32(truncatingIfNeeded: end)
    } else if current.lastChild != 0 {
      nodes[Int(current.node)].end = nodes[Int(current.lastChild)].end
    }
    if current.isMapping {
      let first = Int(current.firstKey)
      if duplicate == nil, keys.count - first > 1 { findDuplicate(from: first, in: source) }
      keys.truncate(to: first)
    }
    current = outer.removeLast()
  }

  /// Notes how a scalar of YAML, whose text is not its bytes and which is appended next, says its text; keeps the text where
  /// that is not found out.
  mutating func findEncoding(
    of node: inout Node, saying text: UnsafeBufferPointer<UInt8>, in source: UnsafeBufferPointer<UInt8>
  ) {
    scratch.removeAll(keepingCapacity: true)
    if ScalarDecoding(source: source, format: format).decode(node, into: &scratch),
      scratch.withBuffer({ $0.hasSameBytes(as: text) })
    {
      node.flags.insert(.encoded)
      return
    }
    node.flags.insert(.decoded)
    decoded.append(
      DecodedScalar(
        node: nextID, offset: UInt32(truncatingIfNeeded: decodedText.count),
        count: UInt32(truncatingIfNeeded: text.count)))
    decodedText.append(contentsOf: text)
  }

  /// - Throws: `duplicate-key`.
  consuming func finish(in source: UnsafeBufferPointer<UInt8>, named name: String) throws(Diagnostic) -> Tree {
    if let duplicate {
      throw Diagnostic.duplicateKey(
        nodes[Int(duplicate.first)], nodes[Int(duplicate.second)], in: source, file: name)
    }
    return Tree(
      nodes: nodes.finish(), decoded: decoded, decodedText: decodedText, properties: properties,
      keyTables: keyTables, keyFilter: keyFilter)
  }

  private mutating func findDuplicate(from first: Int, in source: UnsafeBufferPointer<UInt8>) {
    var table = KeyTable()
    duplicate = keys.withBuffer { keys in
      table.fill(with: UnsafeBufferPointer(rebasing: keys[first...])) { sameKey($0, $1, in: source) }
    }
    if keys.count - first >= KeyTable.manyKeys { keyTables[current.node] = table }
  }

  private func sameKey(_ a: UInt32, _ b: UInt32, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    let (left, right) = (nodes[Int(a)], nodes[Int(b)])
    // `1: a` and `"1": b` are two keys to YAML, but one to everything that reads JSON's data model: it counts as one.
    guard left.flags.union(right.flags).isDisjoint(with: [.decoded, .encoded]) else {
      return text(of: a, in: source) == text(of: b, in: source)
    }
    return source[ScalarSpan.content(of: left, in: source)].elementsEqual(
      source[ScalarSpan.content(of: right, in: source)])
  }

  private func text(of id: UInt32, in source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let node = nodes[Int(id)]
    if node.flags.contains(.decoded), let range = decoded.text(of: id) { return Array(decodedText[range]) }
    guard node.flags.contains(.encoded) else { return Array(source[ScalarSpan.content(of: node, in: source)]) }
    var text: [UInt8] = []
    _ = ScalarDecoding(source: source, format: format).decode(node, into: &text)
    return text
  }
}

/// A container whose end was not met yet.
struct OpenContainer {
  var node: UInt32
  var lastChild: UInt32 = 0
  var firstKey: UInt32
  var isMapping = false
  var expectsKey = false
}

/// Where the decoded text of a scalar stands.
struct DecodedScalar {
  var node: UInt32
  var offset: UInt32
  var count: UInt32
  var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
}

extension [DecodedScalar] {
  /// Where the text of a scalar stands, if it is one of these. Complexity: O(log n); they are in node order.
  func text(of node: UInt32) -> Range<Int>? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].node == node ? self[low].range : nil
  }
}

/// The anchor and the tag of a node, resolved.
struct NodeProperties {
  var anchor: String?
  var tag: String?
  /// For an alias: the node that it stands for.
  var target: UInt32?
}
