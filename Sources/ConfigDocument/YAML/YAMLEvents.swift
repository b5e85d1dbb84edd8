private import CLibYAML

/// Who is told what stands in a YAML stream, in order.
///
/// Places are libyaml's marks: code points from the start, behind a byte order mark. Text is valid during the call only.
protocol YAMLEventHandler: ~Copyable {
  mutating func beginDocument(_ mark: YAMLMark) throws(Diagnostic)
  mutating func endDocument(_ mark: YAMLMark) throws(Diagnostic)
  mutating func scalar(_ scalar: YAMLScalar, _ mark: YAMLMark) throws(Diagnostic)
  mutating func alias(_ anchor: String, _ mark: YAMLMark) throws(Diagnostic)
  mutating func begin(
    _ kind: Node.Kind, isFlow: Bool, _ properties: YAMLProperties, _ mark: YAMLMark
  ) throws(Diagnostic)
  mutating func end(_ mark: YAMLMark) throws(Diagnostic)
}

/// Where an event stands: the code points of its start and end.
struct YAMLMark {
  var start: Int
  var end: Int
  var isOneLine: Bool
}

/// The anchor and the tag of an event, as libyaml resolved them.
struct YAMLProperties {
  fileprivate var anchorText: UnsafeMutablePointer<UInt8>?
  fileprivate var tagText: UnsafeMutablePointer<UInt8>?

  var isEmpty: Bool { anchorText == nil && tagText == nil }
  var anchor: String? { anchorText.map { String(cString: $0) } }
  var tag: String? { tagText.map { String(cString: $0) } }
}

struct YAMLScalar {
  /// What the scalar says, escapes and folding undone.
  var text: UnsafeBufferPointer<UInt8>
  var style: Node.Style
  var properties: YAMLProperties
}

/// libyaml, the parser of record for YAML: what it rejects is rejected.
enum YAMLEvents {
  /// Tells `handler` the events of a stream in UTF-8. (libyaml would read UTF-16 too.)
  ///
  /// - Throws: `yaml-syntax` or `not-utf8` with the place, or what the handler throws.
  static func read<Handler: YAMLEventHandler & ~Copyable>(
    _ source: UnsafeBufferPointer<UInt8>, named name: String, into handler: inout Handler
  ) throws(Diagnostic) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { fatalError("libyaml found no memory") }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_input_string(parser, source.baseAddress, source.count)
    // On the heap: an event is a hundred bytes, and passing it by value would copy it for every scalar.
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer { event.deallocate() }
    while true {
      guard yaml_parser_parse(parser, event) == 1 else { throw syntaxError(parser, in: source, named: name) }
      let type = event.pointee.type
      do throws(Diagnostic) { try tell(event, type, to: &handler) } catch {
        yaml_event_delete(event)
        throw error
      }
      yaml_event_delete(event)
      if type == YAML_STREAM_END_EVENT { return }
    }
  }

  @inline(__always)
  private static func tell<Handler: YAMLEventHandler & ~Copyable>(
    _ event: UnsafePointer<yaml_event_t>, _ type: yaml_event_type_t, to handler: inout Handler
  ) throws(Diagnostic) {
    let (start, end) = (event.pointer(to: \.start_mark)!, event.pointer(to: \.end_mark)!)
    let mark = YAMLMark(
      start: Int(bitPattern: UInt(start.pointee.index)), end: Int(bitPattern: UInt(end.pointee.index)),
      isOneLine: start.pointee.line == end.pointee.line)
    // Most events are scalars.
    if type == YAML_SCALAR_EVENT {
      let data = event.pointee.data.scalar
      let scalar = YAMLScalar(
        text: UnsafeBufferPointer(start: UnsafePointer(data.value), count: data.length), style: style(data.style),
        properties: YAMLProperties(anchorText: data.anchor, tagText: data.tag))
      return try handler.scalar(scalar, mark)
    }
    switch type {
    case YAML_MAPPING_START_EVENT:
      let data = event.pointee.data.mapping_start
      try handler.begin(
        .mapping, isFlow: data.style == YAML_FLOW_MAPPING_STYLE,
        YAMLProperties(anchorText: data.anchor, tagText: data.tag), mark)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.pointee.data.sequence_start
      try handler.begin(
        .sequence, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE,
        YAMLProperties(anchorText: data.anchor, tagText: data.tag), mark)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: try handler.end(mark)
    case YAML_ALIAS_EVENT: try handler.alias(String(cString: event.pointee.data.alias.anchor), mark)
    case YAML_DOCUMENT_START_EVENT: try handler.beginDocument(mark)
    case YAML_DOCUMENT_END_EVENT: try handler.endDocument(mark)
    default: break
    }
  }

  @inline(__always)
  private static func style(_ style: yaml_scalar_style_t) -> Node.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private static func syntaxError(
    _ parser: UnsafePointer<yaml_parser_t>, in source: UnsafeBufferPointer<UInt8>, named name: String
  ) -> Diagnostic {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text is not YAML"
    if parser.pointee.error == YAML_READER_ERROR {
      let offset = min(parser.pointee.problem_offset, source.count)
      let place = SourcePlace(of: offset, to: offset + 1, in: source, file: name)
      if problem.contains("control") {
        return Diagnostic(
          .yamlSyntax, "YAML does not allow this control character", at: place,
          hint: "remove it, or write it as an escape in a double-quoted string")
      }
      return Diagnostic(
        .notUTF8, "the file is not UTF-8: \(problem)", at: place, hint: "convert it, for example with iconv")
    }
    var offsets = CodePointOffsets(source)
    let offset = offsets.byteOffset(parser.pointee.problem_mark.index)
    var diagnostic = Diagnostic(
      .yamlSyntax, "this is not YAML: \(problem)",
      at: SourcePlace(of: offset, to: offset + 1, in: source, file: name),
      hint:
        "look here and above for a quote or bracket that is not closed, a colon that is missing, or wrong indentation")
    if offset < source.count, source[offset] == UInt8(ascii: "\t") {
      diagnostic.hint = "YAML is indented with spaces; replace the tab"
    }
    if isTemplate(source[..<min(offset, source.count)], at: diagnostic.place?.lineText ?? "") {
      diagnostic.hint = "this looks like a template (`{{ … }}`), which is no YAML yet: work on what it renders"
    }
    if let context = parser.pointee.context {
      let offset = offsets.byteOffset(parser.pointee.context_mark.index)
      diagnostic.related = [
        .init(String(cString: context), at: SourcePlace(of: offset, to: offset + 1, in: source, file: name))
      ]
    }
    return diagnostic
  }

  /// Whether the faulty line has template braces, or a line before it starts with them.
  private static func isTemplate(_ before: Slice<UnsafeBufferPointer<UInt8>>, at line: String) -> Bool {
    let braces = Array("{{".utf8)
    if line.utf8.indices.contains(where: { line.utf8[$0...].starts(with: braces) }) { return true }
    return before.split(separator: UInt8(ascii: "\n")).contains { line in
      line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "-") }.starts(with: braces)
    }
  }
}
