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

  /// The name that messages give the file.
  public let name: String
  public let format: DocumentFormat
  public let yamlVersion: YAMLVersion
  /// The bytes that were read.
  public let source: [UInt8]

  /// Whoever is recorded as the author of the edits that follow.
  public var author = EditAuthor(rawValue: 0)

  /// Node 0 is the stream, its children are the documents, and their only child is the root.
  var nodes: Arena<Node>
  /// What the nodes' spans are in: the source, and behind it what was imported from other documents.
  var bytes: [UInt8]
  var decoded: [DecodedScalar]
  var decodedText: [UInt8]
  var properties: [UInt32: NodeProperties]
  /// Of mappings that the source has with many keys: where each key was read. Keys that came since are in `edits`.
  let keyTables: [UInt32: KeyTable]
  var edits = EditOverlay()

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
    self.source = source
    bytes = source
    self.format = format
    self.name = name
    yamlVersion = yaml
    let tree = try Self.parse(source, as: format, named: name)
    nodes = tree.nodes
    decoded = tree.decoded
    decodedText = tree.decodedText
    properties = tree.properties
    keyTables = tree.keyTables
  }

  private static func parse(
    _ source: [UInt8], as format: DocumentFormat, named name: String
  ) throws(Diagnostic) -> Tree {
    switch format {
    case .yaml:
      return try source.withThrowingBuffer { buffer throws(Diagnostic) in try YAMLReader.read(buffer, named: name) }
    case .json:
      return try readJSON(source, original: source, named: name)
    case .jsonc:
      let (blanked, unterminated) = JSONComments.blanked(source)
      if let offset = unterminated {
        let place = source.withBuffer { SourcePlace(of: offset, to: offset + 2, in: $0, file: name) }
        throw Diagnostic(.jsonSyntax, "this comment has no end", at: place, hint: "close it with */")
      }
      return try readJSON(blanked, original: source, named: name)
    }
  }

  private static func readJSON(
    _ text: [UInt8], original: [UInt8], named name: String
  ) throws(Diagnostic) -> Tree {
    if let offset = original.firstInvalidUTF8 {
      let place = original.withBuffer { SourcePlace(of: offset, to: offset + 1, in: $0, file: name) }
      throw Diagnostic(.notUTF8, "the file is not UTF-8", at: place, hint: "convert it, for example with iconv")
    }
    do throws(Diagnostic) {
      let tree = try text.withThrowingBuffer { buffer throws(Diagnostic) in try JSONScanner.read(buffer, named: name) }
      guard let (message, offset) = text.withBuffer({ JanssonJudge.objection(to: $0) }) else { return tree }
      let place = original.withBuffer { SourcePlace(of: offset, to: offset + 1, in: $0, file: name) }
      throw Diagnostic(.jsonSyntax, "jansson rejects it: \(message)", at: place)
    } catch {
      // The blanked text is the same length; the line shown must be the one that was written.
      guard let place = error.place, text != original else { throw error }
      var error = error
      error.place?.lineText = original.line(place.line)
      throw error
    }
  }
}

extension [UInt8] {
  /// The bytes as a buffer, for a call that may throw a diagnostic.
  func withThrowingBuffer<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let outcome: Swift.Result<Result, Diagnostic> = withUnsafeBufferPointer { buffer in
      do throws(Diagnostic) { return .success(try body(buffer)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  func withBuffer<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeBufferPointer(body)
  }

  /// The offset of the first byte that is no UTF-8; nil where there is none. Complexity: O(n).
  var firstInvalidUTF8: Int? {
    do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: span) } catch { return error.byteOffsets.lowerBound }
    return nil
  }

  /// The text of a line, from 1.
  fileprivate func line(_ number: Int) -> String {
    withBuffer { source in
      var start = 0
      for _ in 1..<Swift.max(1, number) { start = SourceLines.next(after: start, in: source) }
      return String(decoding: source[start..<SourceLines.end(of: start, in: source)], as: UTF8.self)
    }
  }
}
