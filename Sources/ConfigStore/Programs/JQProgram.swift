internal import ConfigDocument
internal import ConfigMigration

/// The jq program around an expression: it takes one line of JSON after the other, and answers each with one line.
///
/// A line is `{"v": value, "r": root, "c": {captures}}`, and its answer `{"v": result}`, `{"n": number of results}` or
/// `{"e": error}`. A line that is `null` is answered with `null`, which shows that the program compiled.
struct JQProgram: Hashable {
  let captures: [String]
  let text: String

  init(_ expression: Expression, captures: [String]) {
    self.captures = captures.sorted()
    let bindings = self.captures.map { " $__in.c[\"\($0)\"] as $\($0) |" }.joined()
    // The expression stands on lines of its own, behind the first, so that jq's line numbers can be told back.
    text = """
      \(Expression.shadows) . as $__in | if $__in == null then null else $__in.r as $root |\(bindings) try ([limit(2; $__in.v | (
      \(expression.text)
      ))] | if length == 1 then {v: .[0]} else {n: length} end) catch {e: (if type == "string" then . else tojson end)} end
      """
  }

  static let question: [UInt8] = Array("null\n".utf8)

  /// The line for one input; nil where it holds a number that JSON cannot say.
  func line(for input: ExpressionInput) -> [UInt8]? {
    var object = Object([("v", input.value)])
    if let root = input.root { object["r"] = root }
    if !captures.isEmpty { object["c"] = .object(Object(input.captures.map { ($0.name, .string($0.value)) })) }
    return Value.object(object).jsonLine.map { $0 + [UInt8(ascii: "\n")] }
  }

  /// What an answer says; nil where it is none.
  static func result(of answer: [UInt8]) -> ExpressionResult? {
    guard let object = (try? readJSON(answer, named: "jq"))?.object else { return nil }
    if let value = object["v"] { return .value(value) }
    if let words = object["e"]?.string { return .failed(words) }
    return object["n"].map { $0.int == 0 ? .nothing : .several }
  }

  // MARK: Faults

  /// What jq says of a program that it does not compile, at the place of the expression that it speaks of.
  static func compileError(_ complaint: [UInt8], in use: ExpressionUse) -> Diagnostic {
    let expression = use.expression
    let text = String(decoding: complaint, as: UTF8.self)
    let first = text.split(separator: "\n").first { $0.hasPrefix("jq: error: ") } ?? ""
    var words = first.dropFirst("jq: error: ".count)
    var position: (line: Int, column: Int?) = (0, nil)
    if let range = words.ranges(of: " at <top-level>, line ").last {
      position = Self.position(words[range.upperBound...])
      words = words[..<range.lowerBound]
    }
    var message = String(words.replacing(" (Unix shell quoting issues?)", with: ""))
    let lines = expression.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard position.line < lines.count else {
      // What jq found missing was to stand before the bracket that closes the expression.
      return Diagnostic(
        .badExpression, "jq does not compile the expression: it ends too early",
        at: expression.place(at: expression.text.unicodeScalars.count))
    }
    var hint: String?
    var offset = position.column.map { column in
      lines[..<position.line].reduce(0) { $0 + $1.unicodeScalars.count + 1 } + column - 1
    }
    if message.hasSuffix(" is not defined") {
      let name = Self.name(message.dropLast(" is not defined".count))
      offset = expression.offset(of: name.text, onLine: position.line) ?? offset
      if name.isVariable {
        message = "`$\(name.text)` is not defined"
        hint = SpellingSuggestion.didYouMean(name.text, among: use.captures + ["root"])
      }
    }
    if message.isEmpty { message = "jq gives no reason" }
    return Diagnostic(
      .badExpression, "jq does not compile the expression: \(message)", at: expression.place(at: offset), hint: hint)
  }

  /// `3:` or `3, column 7:`; the line is then counted from 0 and from that of the expression.
  private static func position(_ text: Substring) -> (line: Int, column: Int?) {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    return (max(0, (numbers.first ?? 2) - 2), numbers.count > 1 && text.contains("column") ? numbers[1] : nil)
  }

  /// `foo/1`, `$x`, `$*label-x`
  private static func name(_ text: Substring) -> (text: String, isVariable: Bool) {
    if text.hasPrefix("$*label-") { return (String(text.dropFirst("$*label-".count)), true) }
    if text.hasPrefix("$") { return (String(text.dropFirst()), true) }
    return (String(text.prefix { $0 != "/" }), false)
  }
}
