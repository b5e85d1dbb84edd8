public import ConfigDocument

extension AddressPattern {
  /// Why a text is no address, and where in it.
  package struct SyntaxError: Error {
    var message: String
    /// In Unicode scalars, from 0.
    var offset: Int
    var hint: String?
  }

  /// Reads an address.
  /// - Throws: `bad-address`, without a place, where the text is none.
  public init(_ text: String) throws(Diagnostic) {
    do {
      self = try Self.parse(text)
    } catch {
      throw Diagnostic(
        .badAddress, "`\(text)` is no address: \(error.message) at character \(error.offset + 1)", hint: error.hint)
    }
  }

  package static func parse(_ text: String) throws(SyntaxError) -> AddressPattern {
    var rest = text.unicodeScalars[...]
    var file: PathPattern?
    var document: Int?
    if rest.first != "/", let hash = rest.firstIndex(of: "#") {
      (file, document) = try parseFile(rest[..<hash])
      rest = rest[rest.index(after: hash)...]
    }
    let tokens = try parseTokens(rest, in: text)
    return AddressPattern(text: text, file: file, document: document, tokens: tokens)
  }

  private static func parseFile(
    _ text: Substring.UnicodeScalarView
  ) throws(SyntaxError) -> (PathPattern, Int?) {
    var path = text
    var document: Int?
    if let at = text.lastIndex(of: "@") {
      let digits = Substring(text[text.index(after: at)...])
      guard let number = Int(digits), number > 0 else {
        throw SyntaxError(
          message: "after `@` stands the number of a document, from 1",
          offset: text.distance(from: text.startIndex, to: at), hint: "write `file@2#/…` for the second document")
      }
      document = number
      path = text[..<at]
    }
    guard !path.isEmpty else {
      throw SyntaxError(message: "no file stands before `#`", offset: 0, hint: "leave `#` out to mean every file")
    }
    do {
      return (try PathPattern(String(path)), document)
    } catch {
      throw SyntaxError(message: error.message, offset: 0, hint: error.hint)
    }
  }

  private static func parseTokens(
    _ text: Substring.UnicodeScalarView, in whole: String
  ) throws(SyntaxError) -> [Token] {
    if text.isEmpty { return [] }
    let scalars = whole.unicodeScalars
    let start = scalars.distance(from: scalars.startIndex, to: text.startIndex)
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if text.first == "/" {
      parts.removeFirst()
    } else if parts.first.map({ $0.elementsEqual("**".unicodeScalars) }) != true {
      throw SyntaxError(
        message: "it does not start with `/`", offset: start, hint: "write `/\(String(text))`")
    }
    var tokens: [Token] = []
    for (index, part) in parts.enumerated() {
      let offset = scalars.distance(from: scalars.startIndex, to: part.startIndex)
      let token = try parseToken(part, offset: offset)
      if token == .end, index != parts.count - 1 {
        throw SyntaxError(
          message: "`-` is the end of a list, and nothing can follow it", offset: offset,
          hint: "write `~5` for a key that is literally `-`")
      }
      tokens.append(token)
    }
    return tokens
  }

  private static func parseToken(
    _ part: Substring.UnicodeScalarView, offset: Int
  ) throws(SyntaxError) -> Token {
    if part.elementsEqual("*".unicodeScalars) { return .any }
    if part.elementsEqual("**".unicodeScalars) { return .deep }
    if part.elementsEqual("-".unicodeScalars) { return .end }
    if part.first == "{" {
      let name = part.dropFirst().dropLast()
      guard part.last == "}", isName(name) else {
        throw SyntaxError(
          message: "`\(String(part))` is no capture", offset: offset,
          hint: "a capture is a name in braces that fills the whole part, like `{job}`; write `~3` for a literal `{`")
      }
      return .capture(String(name))
    }
    return .key(try parseKey(part, offset: offset))
  }

  private static func isName(_ text: some Collection<Unicode.Scalar>) -> Bool {
    guard let first = text.first, !("0"..."9").contains(first) else { return false }
    return text.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
    }
  }

  private static func parseKey(_ part: Substring.UnicodeScalarView, offset: Int) throws(SyntaxError) -> String {
    var key = String.UnicodeScalarView()
    var index = part.startIndex
    while index < part.endIndex {
      let here = offset + part.distance(from: part.startIndex, to: index)
      switch part[index] {
      case "~":
        let next = part.index(after: index)
        guard next < part.endIndex, let literal = Self.escapes[part[next]] else {
          throw SyntaxError(
            message: "`~` starts an escape, and is followed by none", offset: here,
            hint: "write `~0` for `~`, `~1` for `/`, `~2` for `*`, `~3` for `{`, `~4` for `}`, `~5` for `-`")
        }
        key.append(literal)
        index = next
      case "*":
        throw SyntaxError(
          message: "a wildcard fills a whole part", offset: here, hint: "write `~2` for a literal `*`")
      case "{", "}":
        throw SyntaxError(
          message: "a capture fills a whole part", offset: here, hint: "write `~3` for `{` and `~4` for `}`")
      case let scalar: key.append(scalar)
      }
      index = part.index(after: index)
    }
    return String(key)
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "~", "1": "/", "2": "*", "3": "{", "4": "}", "5": "-",
  ]
}
