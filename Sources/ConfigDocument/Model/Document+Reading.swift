extension Document {
  /// The root of each document of the stream that has one, in order. A JSON file has exactly one.
  public var roots: [NodeID] {
    var roots: [NodeID] = []
    for document in children(of: 0) {
      roots += children(of: document).map { NodeID($0) }
    }
    return roots
  }

  public func kind(of node: NodeID) -> NodeKind {
    switch nodes[node.index].kind {
    case .mapping: .mapping
    case .sequence: .sequence
    case .alias: .alias
    default: .scalar
    }
  }

  /// The node itself, or what its alias stands for.
  public func resolved(_ node: NodeID) -> NodeID {
    var id = node.raw
    while nodes[Int(id)].kind == .alias, let target = properties[id]?.target { id = target }
    return NodeID(id)
  }

  /// The entries of a mapping in their order, merge keys as they are written; none for other nodes.
  /// Complexity: O(entries).
  public func entries(of mapping: NodeID) -> [(key: NodeID, value: NodeID)] {
    guard nodes[mapping.index].kind == .mapping else { return [] }
    let children = children(of: mapping.raw)
    return stride(from: 0, to: children.count - 1, by: 2).map { (NodeID(children[$0]), NodeID(children[$0 + 1])) }
  }

  /// The items of a sequence in their order; none for other nodes. Complexity: O(items).
  public func items(of sequence: NodeID) -> [NodeID] {
    guard nodes[sequence.index].kind == .sequence else { return [] }
    return children(of: sequence.raw).map { NodeID($0) }
  }

  /// The collection that the node stands in; nil for a root.
  public func parent(of node: NodeID) -> NodeID? {
    let parent = nodes[node.index].parent
    return nodes[Int(parent)].isContainer ? NodeID(parent) : nil
  }

  /// The decoded text of a scalar; nil where the node is none. Complexity: O(length).
  public func text(of node: NodeID) -> String? {
    guard nodes[node.index].kind == .scalar else { return nil }
    if let written = edits.written[node.raw] { return written.value.scalarText }
    return withTextBytes(of: node.raw) { String(decoding: $0, as: UTF8.self) }
  }

  public func anchor(of node: NodeID) -> String? {
    nodes[node.index].kind == .alias ? nil : properties[node.raw]?.anchor
  }

  /// The node's tag, resolved: `tag:yaml.org,2002:str` for `!!str`, `!Ref` for a local one.
  public func tag(of node: NodeID) -> String? { properties[node.raw]?.tag }

  /// The aliases that stand for the node, in document order. Complexity: O(aliases and anchors of the file).
  public func aliases(of node: NodeID) -> [NodeID] {
    properties.filter { $0.value.target == node.raw && isPresent($0.key) }.map { NodeID($0.key) }
      .sorted { $0.raw < $1.raw }
  }

  /// The key of the entry whose value this is; nil for items, roots and keys.
  public func key(of node: NodeID) -> NodeID? {
    guard nodes[Int(nodes[node.index].parent)].kind == .mapping, !nodes[node.index].flags.contains(.key) else {
      return nil
    }
    if let key = edits.keys[node.raw] { return NodeID(key) }
    let previous = node.index - 1
    if nodes[previous].flags.contains(.key), nodes[previous].kind != .mapping, nodes[previous].kind != .sequence,
      nodes[previous].parent == nodes[node.index].parent
    {
      return NodeID(previous)
    }
    return entries(of: NodeID(nodes[node.index].parent)).first { $0.value == node }?.key
  }

  /// Where the node stands in the source; a node that an edit made stands where its parent does, and one that came from
  /// another document where its entry stood there.
  public func place(of node: NodeID) -> SourcePlace {
    var id = node.index
    while nodes[id].flags.contains(.new), id != 0 { id = Int(nodes[id].parent) }
    let element = nodes[id]
    if let imported = importedText(at: Int(element.start)) { return imported.place }
    let end = element.isContainer ? Int(element.start) + 1 : Int(element.end)
    return source.withBuffer {
      SourcePlace(of: ScalarSpan.contentStart(of: element, in: $0), to: end, in: $0, file: name)
    }
  }

  /// Whether a mapping of the source merges others by `<<`. Complexity: O(n).
  package var hasMergeKeys: Bool {
    format == .yaml && nodes.indices.contains { nodes[$0].flags.contains(.key) && isMergeKey(UInt32($0)) }
  }

  /// Whether any node has an anchor, a tag or an alias to another: where none has, nothing stands for anything else.
  package var hasAnchors: Bool { !properties.isEmpty }

  // MARK: Inside the module

  /// Whether every node is what it says: no anchor, alias, tag or merge key is in the document.
  var isPlainData: Bool {
    properties.isEmpty && (format != .yaml || !keyFilter.mayHold(Self.mergeKeyHash))
  }

  private static let mergeKeyHash = KeyHash.hash("<<")

  /// The nodes that stand below `id` now, keys and values alternating in a mapping.
  func children(of id: UInt32) -> [UInt32] {
    var out: [UInt32] = []
    var place = nodes[Int(id)].firstChild
    while place != 0 {
      if let node = occupant(of: place) { out.append(node) }
      place = nodes[Int(place)].next
    }
    return out
  }

  /// The node that stands at a place of a chain; nil where it was removed or has moved.
  func occupant(of place: UInt32) -> UInt32? {
    let node = nodes[Int(place)]
    if !node.flags.isDisjoint(with: .vacant) { return nil }
    return node.kind == .graft ? node.occupant : place
  }

  /// Whether the node is still in the document.
  func isPresent(_ id: UInt32) -> Bool {
    var id = id
    while id != 0 {
      let place = edits.places[id] ?? id
      let flags = nodes[Int(place)].flags
      if !flags.isDisjoint(with: .vacant) { return false }
      id = nodes[Int(id)].parent
    }
    return true
  }

  /// The decoded text of a scalar that no edit rewrote. Complexity: O(length); O(1) where it is the source's bytes.
  func withTextBytes<Result>(of id: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let node = nodes[Int(id)]
    if node.flags.contains(.encoded) {
      var text: [UInt8] = []
      text.reserveCapacity(Int(node.end) - Int(node.start))
      let limit = Int(node.end) <= source.count ? source.count : bytes.count
      bytes.withBuffer { bytes in
        let source = UnsafeBufferPointer(rebasing: bytes[..<limit])
        _ = ScalarDecoding(source: source, format: format).decode(node, into: &text)
      }
      return text.withBuffer(body)
    }
    if node.flags.contains(.decoded), let range = decoded.text(of: edits.originals[id] ?? id) {
      return decodedText.withBuffer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }
    return bytes.withBuffer { body(UnsafeBufferPointer(rebasing: $0[ScalarSpan.content(of: node, in: $0)])) }
  }

  /// The header of the block scalar that the file ends in without a line break, if it does.
  var unterminatedHeader: BlockScalarSpan? {
    guard let (node, header) = lastBlockScalar, Int(node.end) == source.count else { return nil }
    return header
  }

  /// The blanks of a last line without a line break, behind a block scalar to which they would add one if they had it.
  var unterminatedBlanks: Range<Int>? {
    guard let (node, header) = lastBlockScalar, header.chomping == UInt8(ascii: "+") else { return nil }
    let start = source.withBuffer { SourceLines.start(of: $0.count, in: $0) }
    guard start > Int(node.end), source[Int(node.end)...].allSatisfy(\.isBlankOrBreak) else { return nil }
    return start..<source.count
  }

  /// The last node of a file without a final line break, if it is a block scalar.
  private var lastBlockScalar: (node: Node, header: BlockScalarSpan)? {
    guard format == .yaml, let last = source.last, !last.isBreak,
      let node = nodes.last(where: {
        $0.kind != .graft && !$0.flags.contains(.new) && !$0.flags.contains(.copied) && $0.end > $0.start
          && Int($0.end) <= source.count
      }),
      node.isBlockScalar
    else { return nil }
    return (node, source.withBuffer { BlockScalarSpan(at: ScalarSpan.contentStart(of: node, in: $0), in: $0) })
  }

  /// Whether the node is a scalar that stands in the source without quotes.
  package func isPlainScalar(_ node: NodeID) -> Bool {
    let element = nodes[Int(node.raw)]
    return format == .yaml && element.kind == .scalar && element.style == .plain && !element.flags.contains(.rewritten)
  }

  /// What a scalar means.
  func scalarValue(of id: UInt32) -> Value {
    if let written = edits.written[id] { return written.value }
    let node = nodes[Int(id)]
    let text = withTextBytes(of: id) { String(decoding: $0, as: UTF8.self) }
    return ScalarResolution.value(
      of: text, isPlain: node.style == .plain, tag: node.flags.contains(.properties) ? properties[id]?.tag : nil,
      version: format == .yaml ? yamlVersion : .yaml12)
  }

  /// The type of what a scalar means; nil for collections and aliases.
  package func scalarKind(of node: NodeID) -> ValueTree.Kind? {
    nodes[node.index].kind == .scalar ? kindOfScalar(node.raw) : nil
  }

  /// The type of what a scalar means.
  func kindOfScalar(_ id: UInt32) -> ValueTree.Kind {
    let node = nodes[Int(id)]
    if node.flags.isDisjoint(with: .notSpelledOut) {
      if node.style != .plain { return .string }
      let evident = withTextBytes(of: id) {
        ScalarResolution.evidentKind(of: $0, version: format == .yaml ? yamlVersion : .yaml12)
      }
      if let evident { return evident }
    }
    switch scalarValue(of: id) {
    case .bool: return .bool
    case .number: return .number
    case .string: return .string
    default: return .null
    }
  }

  /// Whether the entry with this key is a merge (`<<`), whose mappings a reader sees as this one's own.
  func isMergeKey(_ key: UInt32) -> Bool {
    let node = nodes[Int(key)]
    guard format == .yaml, node.kind == .scalar, node.style == .plain, !node.flags.contains(.rewritten) else {
      return false
    }
    return withTextBytes(of: key) { $0.count == 2 && $0[0] == UInt8(ascii: "<") && $0[1] == UInt8(ascii: "<") }
  }
}

extension Value {
  /// A scalar as text, the way that it is spelled plain.
  var scalarText: String {
    switch self {
    case .string(let text): text
    case .number(let number): number.spelling
    case .bool(let flag): flag ? "true" : "false"
    default: ""
    }
  }
}
