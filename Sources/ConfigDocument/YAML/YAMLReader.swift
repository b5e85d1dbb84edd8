private import CLibYAML

/// Reads a YAML stream with libyaml into the arena. libyaml is the parser of record: what it rejects is rejected.
struct YAMLReader {
  private let source: UnsafeBufferPointer<UInt8>
  private let name: String
  private var offsets: CodePointOffsets
  private var builder: TreeBuilder
  private var anchors: [String: UInt32] = [:]

  static func read(_ source: UnsafeBufferPointer<UInt8>, named name: String) throws(Diagnostic) -> TreeBuilder {
    if source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF]) {
      throw Diagnostic(
        .notUTF8, "the file is UTF-16, and configuration files are read as UTF-8",
        at: SourcePlace(file: name, line: 1, column: 1), hint: "convert it: iconv -f UTF-16 -t UTF-8")
    }
    var reader = YAMLReader(source: source, name: name)
    try reader.run()
    return reader.builder
  }

  private init(source: UnsafeBufferPointer<UInt8>, name: String) {
    self.source = source
    self.name = name
    offsets = CodePointOffsets(source)
    builder = TreeBuilder(expectedNodes: source.count / 11 + 8)
    builder.begin(Node(kind: .stream, style: .block, start: 0, end: source.count))
  }

  private mutating func run() throws(Diagnostic) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { fatalError("libyaml found no memory") }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_input_string(parser, source.baseAddress, source.count)
    // On the heap: an event is a hundred bytes, and passing it by value would copy it for every scalar.
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer { event.deallocate() }
    while true {
      guard yaml_parser_parse(parser, event) == 1 else { throw syntaxError(parser.pointee) }
      let isLast = event.pointee.type == YAML_STREAM_END_EVENT
      let failure = handle(event)
      yaml_event_delete(event)
      if let failure { throw failure }
      if isLast { break }
    }
    builder.end(at: source.count, in: source)
    if let duplicate = builder.duplicate { throw duplicateKey(duplicate) }
  }

  // MARK: Events

  private mutating func handle(_ event: UnsafePointer<yaml_event_t>) -> Diagnostic? {
    let start = offsets.byteOffset(event.pointee.start_mark.index)
    switch event.pointee.type {
    case YAML_DOCUMENT_START_EVENT:
      anchors.removeAll(keepingCapacity: true)
      let end = offsets.byteOffset(event.pointee.end_mark.index)
      builder.begin(Node(kind: .document, style: .block, start: start, end: end))
    case YAML_DOCUMENT_END_EVENT:
      builder.end(at: start, in: source)
    case YAML_SCALAR_EVENT:
      return scalar(event, start: start, end: offsets.byteOffset(event.pointee.end_mark.index))
    case YAML_ALIAS_EVENT:
      return alias(event, start: start, end: offsets.byteOffset(event.pointee.end_mark.index))
    case YAML_MAPPING_START_EVENT:
      let data = event.pointee.data.mapping_start
      return begin(
        .mapping, isFlow: data.style == YAML_FLOW_MAPPING_STYLE, anchor: data.anchor, tag: data.tag, start: start)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.pointee.data.sequence_start
      return begin(
        .sequence, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE, anchor: data.anchor, tag: data.tag, start: start)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      let end = offsets.byteOffset(event.pointee.end_mark.index)
      // A flow collection ends behind its bracket, a block collection with its last child. The end of a single pair
      // in a flow sequence (`[a: b]`) is zero-width, and so is that of a block collection.
      builder.end(at: end > start ? end : nil, in: source)
    default: break
    }
    return nil
  }

  private mutating func begin(
    _ kind: Node.Kind, isFlow: Bool, anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, start: Int
  ) -> Diagnostic? {
    guard builder.depth < Document.maximumDepth + 2 else {
      return Diagnostic(
        .tooDeep, "collections are nested deeper than \(Document.maximumDepth) levels",
        at: SourcePlace(of: start, to: start + 1, in: source, file: name))
    }
    var node = Node(kind: kind, style: isFlow ? .flow : .block, start: start, end: start)
    node.flags = keepProperties(anchor: anchor, tag: tag)
    builder.begin(node)
    return nil
  }

  private mutating func scalar(_ event: UnsafePointer<yaml_event_t>, start: Int, end: Int) -> Diagnostic? {
    let data = event.pointee.data.scalar
    let style: Node.Style =
      switch data.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    var node = Node(kind: .scalar, style: style, start: start, end: end)
    if data.anchor != nil || data.tag != nil { node.flags = keepProperties(anchor: data.anchor, tag: data.tag) }
    let text = UnsafeBufferPointer(start: UnsafePointer(data.value), count: data.length)
    if style == .literal || style == .folded {
      let header = ScalarSpan.contentStart(of: node, in: source)
      node.end = UInt32(BlockScalarSpan(at: header, in: source).end(spanEnd: end, text: text, in: source))
      keepDecoded(text, &node)
    } else {
      let content = ScalarSpan.content(of: node, in: source)
      if content.count != text.count || !UnsafeBufferPointer(rebasing: source[content]).elementsEqualFast(text) {
        keepDecoded(text, &node)
      }
    }
    if builder.expectsKey {
      node.payload = KeyHash.hash(text)
      if start == end { placeEmptyKey(&node) }
    } else if start == end, builder.isInMapping || start > 0 && source[start - 1] != UInt8(ascii: "-") {
      // libyaml puts a value that is not there (`? key`, `{a, b}`) at the next token; it belongs behind its key.
      node.start = UInt32(endOfColon(behind: builder.endOfPreviousSibling, notBehind: start))
      node.end = node.start
    }
    builder.append(node)
    return nil
  }

  /// libyaml puts a key that is not there (`?` alone) at the next token; it belongs behind its question mark.
  private func placeEmptyKey(_ node: inout Node) {
    var offset = builder.endOfPreviousSibling
    while offset < Int(node.start), source[offset] != UInt8(ascii: "?") {
      offset = source[offset] == UInt8(ascii: "#") ? SourceLines.end(of: offset, in: source) : offset + 1
    }
    guard offset < Int(node.start) else { return }
    node.start = UInt32(offset + 1)
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

  private mutating func alias(_ event: UnsafePointer<yaml_event_t>, start: Int, end: Int) -> Diagnostic? {
    let anchor = String(cString: event.pointee.data.alias.anchor)
    guard let target = anchors[anchor] else {
      return Diagnostic(
        .yamlSyntax, "the alias `*\(anchor)` stands for nothing: no anchor `&\(anchor)` comes before it",
        at: SourcePlace(of: start, to: end, in: source, file: name),
        hint: "put the anchor before it, or write the value itself")
    }
    let id = builder.append(Node(kind: .alias, style: .plain, start: start, end: end))
    builder.properties[id] = NodeProperties(anchor: anchor, target: target)
    return nil
  }

  private mutating func keepProperties(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?
  ) -> Node.Flags {
    guard anchor != nil || tag != nil else { return [] }
    let id = UInt32(builder.nodes.count)
    let properties = NodeProperties(
      anchor: anchor.map { String(cString: $0) }, tag: tag.map { String(cString: $0) })
    if let anchor = properties.anchor { anchors[anchor] = id }
    builder.properties[id] = properties
    return .properties
  }

  private mutating func keepDecoded(_ text: UnsafeBufferPointer<UInt8>, _ node: inout Node) {
    node.flags.insert(.decoded)
    builder.decoded.append(
      DecodedScalar(
        node: UInt32(builder.nodes.count), offset: UInt32(builder.decodedText.count), count: UInt32(text.count)))
    builder.decodedText.append(contentsOf: text)
  }

  // MARK: Errors

  private mutating func syntaxError(_ parser: yaml_parser_t) -> Diagnostic {
    let problem = parser.problem.map { String(cString: $0) } ?? "the text is not YAML"
    if parser.error == YAML_READER_ERROR {
      let offset = min(parser.problem_offset, source.count)
      let place = SourcePlace(of: offset, to: offset + 1, in: source, file: name)
      if problem.contains("control") {
        return Diagnostic(
          .yamlSyntax, "YAML does not allow this control character", at: place,
          hint: "remove it, or write it as an escape in a double-quoted string")
      }
      return Diagnostic(
        .notUTF8, "the file is not UTF-8: \(problem)", at: place, hint: "convert it, for example with iconv")
    }
    let offset = offsets.byteOffset(parser.problem_mark.index)
    var diagnostic = Diagnostic(
      .yamlSyntax, "this is not YAML: \(problem)",
      at: SourcePlace(of: offset, to: offset + 1, in: source, file: name),
      hint:
        "look here and above for a quote or bracket that is not closed, a colon that is missing, or wrong indentation")
    if offset < source.count, source[offset] == UInt8(ascii: "\t") {
      diagnostic.hint = "YAML is indented with spaces; replace the tab"
    }
    if let context = parser.context {
      let offset = offsets.byteOffset(parser.context_mark.index)
      diagnostic.related = [
        .init(String(cString: context), at: SourcePlace(of: offset, to: offset + 1, in: source, file: name))
      ]
    }
    return diagnostic
  }

  private func duplicateKey(_ pair: (first: UInt32, second: UInt32)) -> Diagnostic {
    Diagnostic.duplicateKey(builder.nodes[Int(pair.first)], builder.nodes[Int(pair.second)], in: source, file: name)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Eight bytes at a time; both have the same count.
  fileprivate func elementsEqualFast(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    let (a, b) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(other))
    var offset = 0
    while offset + 8 <= a.count {
      if a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset += 8
    }
    while offset < a.count {
      if a[offset] != b[offset] { return false }
      offset += 1
    }
    return true
  }
}
