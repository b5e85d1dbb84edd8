package import ConfigDocument
internal import SQLParsing

/// What a script says of itself, in the comments before its first statement.
///
/// ```sql
/// -- @phase expand
/// -- @transaction none
/// -- @lock-timeout 500ms
/// -- @before SELECT count(*) = 0 FROM users WHERE phone_number IS NOT NULL
/// -- @after SELECT count(*) = 0 FROM users WHERE login_count IS NULL
/// ```
package struct ScriptHeader: Sendable {
  /// When a script runs.
  package enum Phase: String, Hashable, Sendable, CaseIterable {
    /// Before the new version: what it changes does not disturb the old one.
    case expand
    /// After the old version is gone: what only that one used is taken away.
    case contract
  }

  package enum Transaction: String, Hashable, Sendable, CaseIterable {
    /// The script is one transaction, where the server can do that.
    case script
    /// Each statement is by itself, and the history remembers how far it came.
    case none
  }

  /// A question whose answer must be true.
  package struct Assertion: Hashable, Sendable {
    package var query: String
    package var place: SourcePlace
  }

  package var phase = Phase.expand
  package var transaction = Transaction.script
  /// In milliseconds; nil for the runner's own.
  package var lockTimeout: Int?
  /// Asked before the first statement.
  package var before: [Assertion] = []
  /// Asked after the last one, in the same transaction where there is one.
  package var after: [Assertion] = []

  package init() {}

  /// The names of the directives that a header has, and of those that other readers of the script have.
  private static let names = ["phase", "transaction", "lock-timeout", "before", "after", "waive"]

  /// Reads the comments before the first statement. What does not begin with `@` is prose.
  /// - Throws: `script-header`.
  package init(of source: [UInt8], named path: String) throws(Diagnostic) {
    for comment in SQLTrivia.comments(in: source, from: 0, to: source.count) {
      for line in comment.lines where line.text.hasPrefix("@") {
        try read(line, SourcePlace(ofByte: line.offset, count: line.text.utf8.count, in: source, file: path))
      }
    }
  }

  private mutating func read(_ line: SQLTrivia.Line, _ place: SourcePlace) throws(Diagnostic) {
    let parts = line.text.dropFirst().split(separator: " ", maxSplits: 1)
    let name = parts.first.map(String.init) ?? ""
    let value = parts.count > 1 ? Self.trimmed(parts[1]) : ""
    switch name {
    case "phase": phase = try Self.word(value, of: name, place)
    case "transaction": transaction = try Self.word(value, of: name, place)
    case "lock-timeout":
      guard let milliseconds = Self.milliseconds(value) else {
        throw Diagnostic(
          .scriptHeader, "`@lock-timeout` is `\(value)`, which is no time", at: place, hint: "Write it like 500ms or 2s"
        )
      }
      lockTimeout = milliseconds
    case "before" where !value.isEmpty: before.append(Assertion(query: value, place: place))
    case "after" where !value.isEmpty: after.append(Assertion(query: value, place: place))
    case "before", "after":
      throw Diagnostic(
        .scriptHeader, "`@\(name)` asks nothing", at: place, hint: "Write a query behind it whose one value is true")
    case "waive": break
    default:
      throw Diagnostic(
        .scriptHeader, "there is no directive `@\(name)`", at: place,
        hint: SpellingSuggestion.didYouMean(name, among: Self.names).map { "D" + $0.dropFirst() }
          ?? "There are \(Self.names.map { "`@\($0)`" }.joined(separator: ", "))")
    }
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, of name: String, _ place: SourcePlace
  ) throws(Diagnostic) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    throw Diagnostic(.scriptHeader, "`@\(name)` cannot be `\(text)`", at: place, hint: "It is \(words)")
  }

  private static func milliseconds(_ text: String) -> Int? {
    if text.hasSuffix("ms") { return Int(text.dropLast(2)).flatMap { $0 > 0 ? $0 : nil } }
    guard text.hasSuffix("s"), let seconds = Int(text.dropLast()), (1...86_400).contains(seconds) else { return nil }
    return seconds * 1_000
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true || text.last == ";" { text.removeLast() }
    return String(text)
  }
}

extension SourcePlace {
  /// The place of a byte of a script. Complexity: O(offset).
  package init(ofByte offset: Int, count: Int = 1, in source: [UInt8], file: String) {
    let offset = min(max(0, offset), source.count)
    let before = source[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let lineEnd = source[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
    let scalars = source[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
    let length = source[offset..<max(offset, min(offset + count, lineEnd))].count { $0 & 0xC0 != 0x80 }
    self.init(
      file: file, line: before.count { $0 == 0x0A } + 1, column: scalars + 1, length: max(1, length),
      lineText: String(decoding: source[lineStart..<max(lineStart, lineEnd)], as: UTF8.self))
  }
}

extension Diagnostic.Code {
  /// A directive of a script's header that cannot be meant.
  package static let scriptHeader: Self = "script-header"
  /// The server's parser, or its client's rules, reject a script.
  package static let scriptSyntax: Self = "script-syntax"
}
