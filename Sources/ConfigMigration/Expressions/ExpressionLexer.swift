/// Splits a jq expression into its words, as jq's own lexer does; texts are skipped, what is computed in them is not.
///
/// It need not know jq's grammar: jq judges that. It must see every name that jq would see.
struct ExpressionLexer {
  private let text: [Unicode.Scalar]
  private var position = 0
  private var brackets: [(scalar: Unicode.Scalar, offset: Int)] = []
  private var tokens: [ExpressionToken] = []

  /// - Throws: where a bracket or a text is not closed, or is closed without being open.
  /// - Complexity: O(size of the text).
  static func tokens(of text: String) throws(ExpressionFault) -> [ExpressionToken] {
    var lexer = ExpressionLexer(text: Array(text.unicodeScalars))
    try lexer.read(toDepth: 0)
    return lexer.tokens
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  /// Reads up to the end; within a text, up to the bracket that ends what is computed there.
  private mutating func read(toDepth depth: Int) throws(ExpressionFault) {
    while position < text.count {
      try readOne()
      if depth > 0, brackets.count < depth { return }
    }
    if let open = brackets.last {
      throw ExpressionFault(message: "`\(open.scalar)` is not closed", offset: open.offset)
    }
  }

  private mutating func readOne() throws(ExpressionFault) {
    let scalar = text[position]
    switch scalar {
    case " ", "\t", "\n", "\r": position += 1
    case "#": while position < text.count, text[position] != "\n" { position += 1 }
    case "\"": try readText()
    case "(", "[", "{":
      brackets.append((scalar, position))
      readSymbol()
    case ")", "]", "}": try readClosing(scalar)
    case "$": readVariable()
    case ".": readDot()
    case "0"..."9": readNumber()
    case "@": append(.symbol, from: position, to: wordEnd(position + 1))
    default:
      if isNameStart(scalar) { readName() } else { readSymbol() }
    }
  }

  // MARK: Words

  private mutating func append(_ kind: ExpressionToken.Kind, from start: Int, to end: Int, offset: Int? = nil) {
    // In the braces of an object a key follows the brace or a comma; a value there has no bare comma.
    let follows = tokens.last.map { $0.kind == .symbol && ($0.text == "{" || $0.text == ",") } ?? false
    let word = String(String.UnicodeScalarView(text[start..<end]))
    tokens.append(
      ExpressionToken(
        kind: kind, text: word, offset: offset ?? start,
        isKey: kind == .name && brackets.last?.scalar == "{" && follows))
    position = end
  }

  private mutating func readSymbol() { append(.symbol, from: position, to: position + 1) }

  private mutating func readClosing(_ scalar: Unicode.Scalar) throws(ExpressionFault) {
    let opening: Unicode.Scalar = scalar == ")" ? "(" : scalar == "]" ? "[" : "{"
    guard let open = brackets.popLast() else {
      throw ExpressionFault(message: "`\(scalar)` closes nothing", offset: position)
    }
    guard open.scalar == opening else {
      throw ExpressionFault(message: "`\(scalar)` cannot close `\(open.scalar)`", offset: position)
    }
    readSymbol()
  }

  private mutating func readDot() {
    guard position + 1 < text.count else { return readSymbol() }
    if isNameStart(text[position + 1]) {
      append(.field, from: position + 1, to: wordEnd(position + 1), offset: position)
    } else if isDigit(text[position + 1]) {
      readNumber()
    } else {
      readSymbol()
    }
  }

  /// Names of modules, `a::b`, are one word.
  private mutating func readName() {
    var end = wordEnd(position)
    while end + 2 < text.count, text[end] == ":", text[end + 1] == ":", isNameStart(text[end + 2]) {
      end = wordEnd(end + 2)
    }
    append(.name, from: position, to: end)
  }

  /// jq lets blanks and comments stand behind the dollar.
  private mutating func readVariable() {
    var start = position + 1
    while start < text.count {
      if text[start] == "#" {
        while start < text.count, text[start] != "\n" { start += 1 }
      } else if " \t\n\r".unicodeScalars.contains(text[start]) {
        start += 1
      } else {
        break
      }
    }
    guard start < text.count, isNameStart(text[start]) else { return readSymbol() }
    append(.variable, from: start, to: wordEnd(start), offset: position)
  }

  private mutating func readNumber() {
    var end = position
    while end < text.count, isDigit(text[end]) || text[end] == "." { end += 1 }
    if end < text.count, text[end] == "e" || text[end] == "E" {
      var exponent = end + 1
      if exponent < text.count, text[exponent] == "+" || text[exponent] == "-" { exponent += 1 }
      let digits = exponent
      while exponent < text.count, isDigit(text[exponent]) { exponent += 1 }
      if exponent > digits { end = exponent }
    }
    append(.number, from: position, to: end)
  }

  private func wordEnd(_ start: Int) -> Int {
    var end = start
    while end < text.count, isNameStart(text[end]) || isDigit(text[end]) { end += 1 }
    return end
  }

  private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  // MARK: Texts

  /// Skips a text up to its end, and reads what is computed in it.
  private mutating func readText() throws(ExpressionFault) {
    let start = position
    readSymbol()
    while position < text.count {
      switch text[position] {
      case "\"":
        position += 1
        return
      case "\\" where position + 1 < text.count && text[position + 1] == "(":
        position += 1
        try readOne()
        try read(toDepth: brackets.count)
      case "\\": position += 2
      default: position += 1
      }
    }
    throw ExpressionFault(message: "the text that begins here has no end", offset: start)
  }
}
