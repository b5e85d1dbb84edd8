/// A JSON Pointer (RFC 6901): the path from a document's root to one of its values.
public struct Pointer: Hashable, Sendable {
  /// The keys and indices on the way, unescaped.
  public var tokens: [String]

  public init(_ tokens: [String] = []) { self.tokens = tokens }

  /// Reads `/a/b~1c`; the empty text is the root.
  /// - Returns: nil where the text neither is empty nor starts with `/`, or has a `~` that is not `~0` or `~1`.
  public init?(parsing text: String) {
    if text.isEmpty {
      self.init()
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      var token: [UInt8] = []
      var bytes = part.makeIterator()
      while let byte = bytes.next() {
        guard byte == UInt8(ascii: "~") else {
          token.append(byte)
          continue
        }
        switch bytes.next() {
        case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
        default: return nil
        }
      }
      tokens.append(String(decoding: token, as: UTF8.self))
    }
    self.init(tokens)
  }

  public var isRoot: Bool { tokens.isEmpty }

  /// The pointer to the value that holds this one; nil at the root.
  public var parent: Pointer? { tokens.isEmpty ? nil : Pointer(Array(tokens.dropLast())) }

  public func appending(_ token: String) -> Pointer { Pointer(tokens + [token]) }
  public func appending(_ index: Int) -> Pointer { Pointer(tokens + [String(index)]) }
  public func appending(_ other: Pointer) -> Pointer { Pointer(tokens + other.tokens) }

  /// Whether this pointer is `other` or leads through it.
  public func isWithin(_ other: Pointer) -> Bool { tokens.starts(with: other.tokens) }
}

extension Pointer: CustomStringConvertible {
  public var description: String {
    var out = ""
    for token in tokens {
      out += "/"
      // Most have nothing to escape.
      guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
        out += token
        continue
      }
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": out += "~0"
        case "/": out += "~1"
        default: out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }
}
