public import ConfigDocument

/// Where an operation reads or writes: a JSON Pointer (RFC 6901) with wildcards and captures.
///
/// `/jobs/{job}/retry` names the `retry` of every job and calls the job's key `job`; `*` is any key or item, `**` any
/// depth, `-` the end of a list. A file may stand in front: `platform.yaml#/version`, `events.yaml@2#/kind` for the
/// second document of a stream. A key that is literally `*`, `{`, `}` or `-` is written `~2`, `~3`, `~4`, `~5`.
public struct AddressPattern: Hashable, Sendable {
  public enum Token: Hashable, Sendable {
    case key(String)
    case any
    case deep
    case capture(String)
    case end
  }

  /// The address as it is written.
  public var text: String
  /// The files that it speaks of; nil where it speaks of every file.
  public var file: PathPattern?
  /// The document of the stream, from 1; nil where it speaks of each.
  public var document: Int?
  public var tokens: [Token]

  package init(text: String, file: PathPattern?, document: Int?, tokens: [Token]) {
    self.text = text
    self.file = file
    self.document = document
    self.tokens = tokens
  }

  /// The address of one place.
  public init(_ pointer: Pointer) {
    self.init(text: pointer.description, file: nil, document: nil, tokens: pointer.tokens.map(Token.key))
  }

  /// Whether it names one place: no wildcard, no capture, no end of a list.
  public var isLiteral: Bool { literalPrefix.tokens.count == tokens.count }

  /// The keys before the first wildcard or capture.
  package var literalPrefix: Pointer {
    var keys: [String] = []
    for case .key(let key) in tokens.prefix(while: { if case .key = $0 { true } else { false } }) { keys.append(key) }
    return Pointer(keys)
  }

  /// The names that a match binds, in order.
  package var captureNames: [String] {
    var names = file?.captureNames ?? []
    for case .capture(let name) in tokens where !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
      names.append(name)
    }
    return names
  }

  package var hasWildcard: Bool { tokens.contains { $0 == .any || $0 == .deep } }
  package var hasDeepWildcard: Bool { tokens.contains(.deep) }

  /// The address of the parent; nil for the root.
  package var parent: AddressPattern? {
    guard !tokens.isEmpty else { return nil }
    var copy = self
    copy.tokens.removeLast()
    copy.text = String(text.utf8.prefix(upTo: text.utf8.lastIndex(of: UInt8(ascii: "/")) ?? text.endIndex)) ?? text
    return copy
  }

  /// The address under `prefix`.
  package func within(_ prefix: Pointer) -> AddressPattern {
    guard !prefix.isRoot else { return self }
    return AddressPattern(
      text: prefix.description + text, file: file, document: document,
      tokens: prefix.tokens.map(Token.key) + tokens)
  }

  /// The place that the address names when its captures are filled in.
  /// - Returns: nil where a capture is unbound, or a wildcard is left. A trailing `-` becomes the token `-`.
  package func filled(with captures: Captures) -> Pointer? {
    var keys: [String] = []
    for token in tokens {
      switch token {
      case .key(let key): keys.append(key)
      case .capture(let name):
        guard let value = captures[name] else { return nil }
        keys.append(value)
      case .end: keys.append("-")
      case .any, .deep: return nil
      }
    }
    return Pointer(keys)
  }
}

extension AddressPattern: CustomStringConvertible {
  public var description: String { text }
}
