import ConfigDocument

/// What no expression may ask for. jq is told the same by ``Expression/shadows``, should a name slip through here.
extension Expression {
  private static let restless = "the result would be another one each time"
  private static let outside = "an expression sees nothing outside of the configuration"
  private static let modules = "an expression has no modules"

  /// Functions and keywords that are refused, with the reason and what to use instead.
  private static let refused: [(name: String, arities: [Int], reason: String, instead: String?)] = [
    ("now", [0], restless, "write the time as a value"),
    ("localtime", [0], restless, "use `gmtime`"),
    ("strflocaltime", [1], restless, "use `strftime`"),
    ("input", [0], "there is no other input", nil),
    ("inputs", [0], "there is no other input", nil),
    ("input_filename", [0], outside, nil),
    ("input_line_number", [0], outside, nil),
    ("env", [0], outside, nil),
    ("get_search_list", [0], modules, nil),
    ("get_prog_origin", [0], modules, nil),
    ("get_jq_origin", [0], modules, nil),
    ("modulemeta", [0], modules, nil),
    ("debug", [0, 1], "there is nobody to read what it prints", "leave it out"),
    ("stderr", [0], "there is nobody to read what it prints", "leave it out"),
    ("halt", [0], "it would end the evaluation of all values", "use `error`"),
    ("halt_error", [0, 1], "it would end the evaluation of all values", "use `error`"),
    ("import", [], modules, nil),
    ("include", [], modules, nil),
    ("module", [], modules, nil),
  ]

  static func check(_ tokens: [ExpressionToken]) throws(ExpressionFault) {
    guard !tokens.isEmpty else { throw ExpressionFault(message: "the expression is empty", offset: 0) }
    for token in tokens {
      switch token.kind {
      case .name where !token.isKey:
        if let entry = refused.first(where: { $0.name == token.text }) {
          throw ExpressionFault(
            message: "`\(token.text)` cannot be used: \(entry.reason)", offset: token.offset, hint: entry.instead)
        }
        if token.text.contains(":") {
          throw ExpressionFault(
            message: "`\(token.text)` cannot be used: \(modules)", offset: token.offset)
        }
      case .variable where token.text == "ENV":
        throw ExpressionFault(message: "`$ENV` cannot be used: \(outside)", offset: token.offset)
      case .variable where token.text.hasPrefix("__") && token.text != "__loc__":
        throw ExpressionFault(
          message: "`$\(token.text)` cannot be used: names that begin with `__` are jq's own", offset: token.offset)
      case .number:
        if let number = Number(token.text), !number.survivesDouble {
          throw ExpressionFault(
            message: "jq would round `\(token.text)` to \(number.double)", offset: token.offset,
            hint: "the numbers of jq are doubles, which hold about 16 digits")
        }
      default: break
      }
    }
  }

  /// Definitions in jq that make each refused function an error, in one line.
  public static let shadows: String = refused.flatMap { entry in
    entry.arities.map { arity in
      let parameters = arity == 0 ? "" : "(f)"
      return "def \(entry.name)\(parameters): error(\"`\(entry.name)` cannot be used: \(entry.reason)\");"
    }
  }.joined(separator: " ")
}
