public import ConfigDocument

/// A jq expression of a transformer file: read, checked as far as that needs no jq, and not yet run.
///
/// It sees the value (`.`), the document that the value stands in (`$root`) and the captures of its operation (`$name`),
/// and nothing else: what would make two runs differ is refused when the transformer is read.
public struct Expression: Sendable {
  /// The expression as it is written.
  public let text: String
  /// Where it is written.
  public let place: SourcePlace?
  private let places: ScalarPlaces?
  private let tokens: [ExpressionToken]

  /// Reads an expression that stands as a scalar of a file.
  /// - Throws: `bad-value`; `bad-expression` at the character, for what no expression may ask for.
  package init(_ node: NodeID, of document: Document, field: String) throws(Diagnostic) {
    let text = try document.requireExpression(node, field: field)
    let places = ScalarPlaces(text, writtenAt: node, of: document)
    do throws(ExpressionFault) {
      try self.init(text, places: places)
    } catch {
      throw Diagnostic(.badExpression, error.message, at: places.place(at: error.offset), hint: error.hint)
    }
  }

  init(_ text: String, places: ScalarPlaces?) throws(ExpressionFault) {
    self.text = text
    self.places = places
    place = places?.place(at: nil)
    tokens = try ExpressionLexer.tokens(of: text)
    try Self.check(tokens)
  }

  /// The place of a character of the expression, as exactly as the way that it is written allows; with nil that of all.
  public func place(at offset: Int?) -> SourcePlace? { places?.place(at: offset) ?? place }

  /// The offset in Unicode scalars of the first word, at or after the start of a line, that is this name.
  /// - Parameter line: from 0.
  public func offset(of name: String, onLine line: Int) -> Int? {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard line < lines.count else { return nil }
    let start = lines.prefix(line).reduce(0) { $0 + $1.count + 1 }
    let end = start + lines[line].count
    return tokens.first {
      $0.offset >= start && $0.offset < end && !$0.isKey && $0.kind != .field && $0.text.utf8.elementsEqual(name.utf8)
    }?.offset
  }

  /// The names of its variables, whether it binds them itself or not; `root` is not one of them.
  public var variables: [String] {
    var names: [String] = []
    for token in tokens where token.kind == .variable && token.text != "root" && !names.contains(token.text) {
      names.append(token.text)
    }
    return names
  }

  /// Whether it reads the document around the value.
  public var usesRoot: Bool { tokens.contains { $0.kind == .variable && $0.text == "root" } }
}

extension Document {
  fileprivate func requireExpression(_ node: NodeID, field: String) throws(Diagnostic) -> String {
    guard kind(of: resolved(node)) == .scalar, let text = text(of: resolved(node)), !text.isEmpty else {
      throw wrongType(
        node, field: field, wanted: "a jq expression",
        hint: "quote an expression that begins with `{`, `[` or a quote")
    }
    return text
  }
}
