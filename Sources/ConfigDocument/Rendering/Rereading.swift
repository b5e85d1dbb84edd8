/// Compares a rendered text, while it is parsed again, with the edited document that it was rendered from: structure, order,
/// values, tags, anchors and aliases.
///
/// No second document is made of the text. Whatever differs is thrown as `internal-mismatch`.
struct Rereading: ~Copyable {
  private let document: Document
  private let source: UnsafeBufferPointer<UInt8>
  /// What is expected outside of all collections: the roots of a stream's documents.
  private let expected: [NodeID]
  private var expectedCount = 0
  /// The innermost open collection, and those around it.
  private var current = OpenCollection(node: 0, nextPlace: 0)
  private var outer: [OpenCollection] = []
  /// The anchors of the text so far, and the nodes that they are on.
  private var anchors: [String: UInt32] = [:]
  /// The keys of the open mappings that were edited.
  private var keys: [KeyTable.Key] = []

  /// How many collections are around what is read.
  private let depthAround: Int

  private struct OpenCollection {
    var node: UInt32
    /// Where the next node is expected.
    var nextPlace: UInt32
    /// The place at which the expected nodes end; 0 for the end of the chain.
    var endPlace: UInt32 = 0
    /// For a mapping that was edited: where its keys start in `keys`.
    var firstKey: Int?
    var expectsKey = false
  }

  /// - Parameters:
  ///   - expected: the nodes that the text is to say, with all that is below them.
  ///   - bytes: the document's own, valid for as long as this value is used.
  init(of expected: [NodeID], in document: Document, bytes: UnsafeBufferPointer<UInt8>) {
    self.document = document
    self.expected = expected
    depthAround = 0
    source = bytes
  }

  /// Expects one mapping that has the entries of a part of a document, and no others.
  init(of part: ChangedPart, in document: Document, bytes: UnsafeBufferPointer<UInt8>) {
    self.document = document
    expected = []
    depthAround = part.depth
    source = bytes
  }

  // MARK: What the text says

  mutating func scalar(
    _ text: UnsafeBufferPointer<UInt8>, style: Node.Style, _ properties: NodeProperties?
  ) throws(Diagnostic) {
    let id = try expectedNode()
    let node = document.nodes[Int(id)]
    // Nearly all scalars were copied, and are the same bytes in the same style.
    let isCopied =
      node.kind == .scalar && node.style == style && properties == nil
      && node.flags.isDisjoint(with: [.properties, .new, .rewritten, .decoded, .encoded])
      && UnsafeBufferPointer(rebasing: source[ScalarSpan.content(of: node, in: source)]).hasSameBytes(as: text)
    if !isCopied { try compare(id, with: text, style: style, properties) }
    if current.firstKey != nil {
      if current.expectsKey { keys.append(KeyTable.Key(node: id, hash: KeyHash.hash(text))) }
      current.expectsKey.toggle()
    }
  }

  mutating func alias(_ anchor: String) throws(Diagnostic) {
    let id = try expectedNode()
    guard document.nodes[Int(id)].kind == .alias, let target = anchors[anchor],
      document.properties[id]?.target == target
    else { throw mismatch(at: id) }
    current.expectsKey.toggle()
  }

  mutating func begin(_ kind: Node.Kind, _ properties: NodeProperties?) throws(Diagnostic) {
    let id = try expectedNode()
    let node = document.nodes[Int(id)]
    guard node.kind == kind else { throw mismatch(at: id) }
    try compareProperties(of: id, with: properties)
    guard outer.count + depthAround < Document.maximumDepth else {
      throw mismatch(at: id, because: "collections are nested deeper than \(Document.maximumDepth) levels")
    }
    current.expectsKey.toggle()
    outer.append(current)
    let isEditedMapping = kind == .mapping && node.flags.contains(.edited)
    current = OpenCollection(
      node: id, nextPlace: node.firstChild, firstKey: isEditedMapping ? keys.count : nil, expectsKey: isEditedMapping)
  }

  /// The mapping that holds the entries of a part begins.
  mutating func begin(_ part: ChangedPart) {
    outer.append(current)
    current = OpenCollection(
      node: part.mapping, nextPlace: part.first, endPlace: part.end, firstKey: keys.count, expectsKey: true)
  }

  mutating func end() throws(Diagnostic) {
    guard nextNode() == nil else { throw mismatch(at: current.node) }
    if let first = current.firstKey {
      var table = KeyTable()
      let duplicate = keys[first...].withUnsafeBufferPointer { keys in
        table.fill(with: keys) { Self.haveSameText($0, $1, in: document) }
      }
      if let duplicate { throw mismatch(at: duplicate.second, because: "a key stands there twice") }
      keys.removeSubrange(first...)
    }
    current = outer.removeLast()
  }

  /// Nothing follows; everything that was expected must have come.
  mutating func finish() throws(Diagnostic) {
    guard expectedCount == expected.count else { throw mismatch(at: 0) }
  }

  // MARK: What the document says

  /// Whether the keys that a mapping has now are different ones. Complexity: O(keys).
  static func keysAreUnique(in mapping: UInt32, of document: Document) -> Bool {
    var keys: [KeyTable.Key] = []
    var cursor = document.cursor(in: NodeID(mapping))
    while let (key, _) = document.nextEntry(&cursor) {
      let node = document.nodes[key.index]
      guard node.kind == .scalar else { continue }
      let isRead = node.flags.isDisjoint(with: [.new, .rewritten, .edited])
      keys.append(KeyTable.Key(node: key.raw, hash: isRead ? node.keyHash : KeyHash.hash(document.text(of: key) ?? "")))
    }
    var table = KeyTable()
    return keys.withUnsafeBufferPointer { table.fill(with: $0) { Self.haveSameText($0, $1, in: document) } } == nil
  }

  private mutating func expectedNode() throws(Diagnostic) -> UInt32 {
    if let id = nextNode() { return id }
    throw mismatch(at: current.node)
  }

  private mutating func nextNode() -> UInt32? {
    if outer.isEmpty {
      guard expectedCount < expected.count else { return nil }
      expectedCount += 1
      return expected[expectedCount - 1].raw
    }
    while current.nextPlace != 0, current.nextPlace != current.endPlace {
      let place = current.nextPlace
      let node = document.nodes[Int(place)]
      current.nextPlace = node.next
      if node.flags.isDisjoint(with: .vacant) { return node.kind == .graft ? node.occupant : place }
    }
    return nil
  }

  private mutating func compare(
    _ id: UInt32, with text: UnsafeBufferPointer<UInt8>, style: Node.Style, _ properties: NodeProperties?
  ) throws(Diagnostic) {
    let node = document.nodes[Int(id)]
    guard node.kind == .scalar else { throw mismatch(at: id) }
    try compareProperties(of: id, with: properties)
    if node.style == style, node.flags.isDisjoint(with: [.new, .rewritten]),
      document.withTextBytes(of: id, { $0.hasSameBytes(as: text) })
    {
      return
    }
    // Numbers are compared by value, whatever their spelling.
    let value = ScalarResolution.value(
      of: String(decoding: text, as: UTF8.self), isPlain: style == .plain, tag: properties?.tag,
      version: document.format == .yaml ? document.yamlVersion : .yaml12)
    guard document.scalarValue(of: id) == value else { throw mismatch(at: id) }
  }

  private mutating func compareProperties(of id: UInt32, with properties: NodeProperties?) throws(Diagnostic) {
    let flags = document.nodes[Int(id)].flags
    if properties == nil, flags.isDisjoint(with: [.properties, .new]) { return }
    let expected = document.properties[id]
    guard expected?.anchor == properties?.anchor, expected?.tag == properties?.tag else { throw mismatch(at: id) }
    if let anchor = properties?.anchor { anchors[anchor] = id }
  }

  private static func haveSameText(_ a: UInt32, _ b: UInt32, in document: Document) -> Bool {
    guard let x = document.text(of: NodeID(a)), let y = document.text(of: NodeID(b)) else { return false }
    return x.hasSameBytes(as: y)
  }

  func mismatch(at id: UInt32, because reason: String? = nil) -> Diagnostic {
    Diagnostic(
      .internalMismatch,
      "the edited text does not read back as what was meant (at `\(document.pointer(to: NodeID(id)))`"
        + "\(reason.map { ": \($0)" } ?? "")), so nothing is written",
      at: SourcePlace(file: document.name, line: 1, column: 1),
      hint: "this is a fault of cfgmigrate; please report it with the file")
  }
}

extension Rereading: YAMLEventHandler {
  mutating func beginDocument(_ mark: YAMLMark) { anchors.removeAll(keepingCapacity: true) }
  mutating func endDocument(_ mark: YAMLMark) {}
  mutating func end(_ mark: YAMLMark) throws(Diagnostic) { try end() }
  mutating func alias(_ anchor: String, _ mark: YAMLMark) throws(Diagnostic) { try alias(anchor) }

  @inline(__always)
  mutating func scalar(_ scalar: YAMLScalar, _ mark: YAMLMark) throws(Diagnostic) {
    try self.scalar(scalar.text, style: scalar.style, NodeProperties(scalar.properties))
  }

  mutating func begin(
    _ kind: Node.Kind, isFlow: Bool, _ properties: YAMLProperties, _ mark: YAMLMark
  ) throws(Diagnostic) {
    try begin(kind, NodeProperties(properties))
  }
}

extension Rereading {
  /// Reads a document that was not edited, so that its places and nodes are one.
  ///
  /// - Parameter first: the first node; that and everything behind it is read.
  mutating func read(_ other: Document, from first: Int = 0) throws(Diagnostic) {
    var open: [UInt32] = []
    for index in first..<max(first, other.nodes.count) {
      let (id, node) = (UInt32(index), other.nodes[index])
      while let container = open.last, container != node.parent {
        open.removeLast()
        try end()
      }
      switch node.kind {
      case .mapping, .sequence:
        try begin(node.kind, other.properties[id])
        open.append(id)
      case .scalar:
        let outcome: Result<Void, Diagnostic> = other.withTextBytes(of: id) { text in
          do throws(Diagnostic) {
            return .success(try scalar(text, style: node.style, other.properties[id]))
          } catch {
            return .failure(error)
          }
        }
        try outcome.get()
      case .alias: try alias(other.properties[id]?.anchor ?? "")
      case .stream, .document, .graft: break
      }
    }
    for _ in open { try end() }
  }
}

extension NodeProperties {
  /// Nil for an event without any.
  @inline(__always)
  init?(_ properties: YAMLProperties) {
    if properties.isEmpty { return nil }
    self.init(anchor: properties.anchor, tag: properties.tag)
  }
}
