/// Reads a YAML stream into the arena: what libyaml tells, with the bytes that each node stands in.
struct YAMLReader: ~Copyable, YAMLEventHandler {
  private let source: UnsafeBufferPointer<UInt8>
  private let name: String
  private var offsets: CodePointOffsets
  private var builder: TreeBuilder
  private var anchors: [String: UInt32] = [:]
  /// Where libyaml took what follows a `?` for its key, and passed over it: `[?]]` is read as `[?]`.
  private var misread: Int?

  static func read(_ source: UnsafeBufferPointer<UInt8>, named name: String) throws(Diagnostic) -> Tree {
    var reader = YAMLReader(source: source, name: name)
    try YAMLEvents.read(source, named: name, into: &reader)
    if let misread = reader.misread {
      throw Diagnostic(
        .yamlSyntax, "libyaml does not read a `?` without a key right in a list between brackets",
        at: SourcePlace(of: misread, to: misread + 1, in: source, file: name),
        hint: "write the entry in braces, `{? : value}`, or give it a key")
    }
    return try reader.builder.finish(in: source, named: name)
  }

  private init(source: UnsafeBufferPointer<UInt8>, name: String) {
    self.source = source
    self.name = name
    offsets = CodePointOffsets(source)
    builder = TreeBuilder(sourceCount: source.count, format: .yaml, bytesPerNode: 11)
  }

  // MARK: Events

  mutating func beginDocument(_ mark: YAMLMark) {
    anchors.removeAll(keepingCapacity: true)
    let start = offsets.byteOffset(mark.start)
    builder.begin(Node(kind: .document, style: .block, start: start, end: offsets.byteOffset(mark.end)))
  }

  mutating func endDocument(_ mark: YAMLMark) {
    builder.end(at: offsets.byteOffset(mark.start), in: source)
  }

  mutating func begin(
    _ kind: Node.Kind, isFlow: Bool, _ properties: YAMLProperties, _ mark: YAMLMark
  ) throws(Diagnostic) {
    let start = offsets.byteOffset(mark.start)
    guard builder.depth < Document.maximumDepth + 2 else {
      throw Diagnostic(
        .tooDeep, "collections are nested deeper than \(Document.maximumDepth) levels",
        at: SourcePlace(of: start, to: start + 1, in: source, file: name))
    }
    var node = Node(kind: kind, style: isFlow ? .flow : .block, start: start, end: start)
    if !properties.isEmpty { node.flags = keep(properties) }
    builder.begin(node)
  }

  mutating func end(_ mark: YAMLMark) {
    // A flow collection ends behind its bracket, a block collection with its last child. The end of a single pair
    // in a flow sequence (`[a: b]`) is zero-width, and so is that of a block collection.
    builder.end(at: mark.end > mark.start ? offsets.byteOffset(mark.end) : nil, in: source)
  }

  @inline(__always)
  mutating func scalar(_ scalar: YAMLScalar, _ mark: YAMLMark) {
    let start = offsets.byteOffset(mark.start)
    let end = offsets.byteOffset(mark.end)
    var node = Node(kind: .scalar, style: scalar.style, start: start, end: end)
    if !(scalar.style == .plain && mark.isOneLine && scalar.properties.isEmpty) { findText(of: &node, scalar, end) }
    if builder.expectsKey {
      node.keyHash = KeyHash.hash(scalar.text)
      if start == end { placeEmptyKey(&node) }
    } else if start == end {
      placeEmptyValue(&node)
    }
    builder.append(node)
  }

  mutating func alias(_ anchor: String, _ mark: YAMLMark) throws(Diagnostic) {
    let start = offsets.byteOffset(mark.start)
    let end = offsets.byteOffset(mark.end)
    guard let target = anchors[anchor] else {
      throw Diagnostic(
        .yamlSyntax, "the alias `*\(anchor)` stands for nothing: no anchor `&\(anchor)` comes before it",
        at: SourcePlace(of: start, to: end, in: source, file: name),
        hint: "put the anchor before it, or write the value itself")
    }
    let id = builder.append(Node(kind: .alias, style: .plain, start: start, end: end))
    builder.properties[id] = NodeProperties(anchor: anchor, target: target)
  }

  // MARK: Spans

  /// Finds where the scalar's text stands, and keeps it where the source's bytes say it differently. (A plain scalar on one
  /// line is its bytes.)
  private mutating func findText(of node: inout Node, _ scalar: YAMLScalar, _ end: Int) {
    if !scalar.properties.isEmpty { node.flags = keep(scalar.properties) }
    if node.isBlockScalar {
      let header = ScalarSpan.contentStart(of: node, in: source)
      node.end = UInt32(BlockScalarSpan(at: header, in: source).end(spanEnd: end, text: scalar.text, in: source))
    } else {
      let content = ScalarSpan.content(of: node, in: source)
      if UnsafeBufferPointer(rebasing: source[content]).hasSameBytes(as: scalar.text) { return }
    }
    builder.findEncoding(of: &node, saying: scalar.text, in: source)
  }

  /// libyaml puts a key that is not there (`?` alone) at the next token; it belongs behind its question mark.
  private mutating func placeEmptyKey(_ node: inout Node) {
    if let pair = builder.startOfFlowMapping, source[pair] == UInt8(ascii: "?") { misread = misread ?? pair }
    // The tag of its mapping may hold a question mark, too.
    var offset = ScalarSpan.afterProperties(from: builder.endOfPreviousSibling, to: Int(node.start), in: source)
    while offset < Int(node.start), source[offset] != UInt8(ascii: "?") {
      offset = source[offset] == UInt8(ascii: "#") ? SourceLines.end(of: offset, in: source) : offset + 1
    }
    guard offset < Int(node.start) else { return }
    node.start = UInt32(offset + 1)
    node.end = node.start
  }

  /// libyaml puts a value that is not there (`? key`, `{a, b}`) at the next token; it belongs behind its key.
  private func placeEmptyValue(_ node: inout Node) {
    let start = Int(node.start)
    guard builder.isInMapping || start > 0 && source[start - 1] != UInt8(ascii: "-") else { return }
    node.start = UInt32(endOfColon(behind: builder.endOfPreviousSibling, notBehind: start))
    node.end = node.start
  }

  /// The end of the colon between `start` and `limit`; `start` where there is none.
  private func endOfColon(behind start: Int, notBehind limit: Int) -> Int {
    var offset = start
    while offset < limit {
      if source[offset] == UInt8(ascii: ":") { return offset + 1 }
      guard source[offset].isBlankOrBreak else {
        guard source[offset] == UInt8(ascii: "#") else { return start }
        offset = SourceLines.end(of: offset, in: source)
        continue
      }
      offset += 1
    }
    return start
  }

  private mutating func keep(_ properties: YAMLProperties) -> Node.Flags {
    let id = builder.nextID
    let kept = NodeProperties(anchor: properties.anchor, tag: properties.tag)
    if let anchor = kept.anchor { anchors[anchor] = id }
    builder.properties[id] = kept
    return .properties
  }
}
