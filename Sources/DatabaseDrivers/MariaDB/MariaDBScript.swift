internal import DataMigration
internal import SQLParsing

/// Cuts a script by the rules of MariaDB's client: a statement ends at the delimiter, which `DELIMITER` at the beginning of
/// a line changes, and not within quotes or comments.
struct MariaDBScript {
  private let source: [UInt8]
  private var index = 0
  private var delimiter: [UInt8] = [UInt8(ascii: ";")]
  private var statements: [SQLStatement] = []

  /// Why a script cannot be cut.
  struct Fault: Error {
    var message: String
    var offset: Int
  }

  static func statements(of source: [UInt8]) throws(Fault) -> [SQLStatement] {
    var script = MariaDBScript(source: source)
    try script.cut()
    return script.statements
  }

  private init(source: [UInt8]) { self.source = source }

  private mutating func cut() throws(Fault) {
    while true {
      index = Self.skip(source, from: index)
      guard index < source.count else { return }
      if try readDelimiter() { continue }
      let start = index
      try readStatement()
      add(start..<index)
      index = min(source.count, index + delimiter.count)
    }
  }

  private mutating func add(_ range: Range<Int>) {
    var end = range.upperBound
    while end > range.lowerBound, Self.isBlank(source[end - 1]) { end -= 1 }
    guard end > range.lowerBound else { return }
    let range = range.lowerBound..<end
    let text = String(decoding: source[range], as: UTF8.self)
    statements.append(SQLStatement(text: text, range: range, effect: Self.effect(of: text)))
  }

  /// `DELIMITER //`, up to the end of its line.
  private mutating func readDelimiter() throws(Fault) -> Bool {
    let word = Array("delimiter".utf8)
    let end = index + word.count
    guard end < source.count, source[index..<end].elementsEqual(word, by: { $0 | 0x20 == $1 }),
      Self.isBlank(source[end])
    else { return false }
    let lineEnd = source[end...].firstIndex(of: 0x0A) ?? source.count
    let value = source[end..<lineEnd].drop(while: Self.isBlank).prefix { !Self.isBlank($0) }
    guard !value.isEmpty else { throw Fault(message: "`DELIMITER` names none", offset: index) }
    guard !value.contains(UInt8(ascii: "\\")) else {
      throw Fault(message: "a delimiter cannot hold a backslash", offset: value.startIndex)
    }
    delimiter = Array(value)
    index = lineEnd
    return true
  }

  /// Moves to the delimiter behind the statement, or to the end.
  private mutating func readStatement() throws(Fault) {
    while index < source.count {
      if source[index...].starts(with: delimiter) { return }
      switch source[index] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): try readQuoted()
      default:
        let next = Self.commentEnd(source, at: index)
        index = next ?? index + 1
      }
    }
  }

  private mutating func readQuoted() throws(Fault) {
    let (start, quote) = (index, source[index])
    index += 1
    while index < source.count {
      if source[index] == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
        index += 2
      } else if source[index] == quote {
        index += 1
        return
      } else {
        index += 1
      }
    }
    throw Fault(message: "this quote does not end", offset: start)
  }

  // MARK: Rules

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func skip(_ source: [UInt8], from start: Int) -> Int {
    var index = start
    while index < source.count {
      if isBlank(source[index]) {
        index += 1
      } else if let end = commentEnd(source, at: index), !isExecuted(source, at: index) {
        index = end
      } else {
        break
      }
    }
    return index
  }

  /// `#`, `-- ` up to the end of the line, and `/* */`, which does not nest.
  private static func commentEnd(_ source: [UInt8], at index: Int) -> Int? {
    let rest = source[index...]
    let isDashes = rest.starts(with: "--".utf8) && (rest.count == 2 || isBlank(rest[index + 2]))
    if source[index] == UInt8(ascii: "#") || isDashes { return rest.firstIndex(of: 0x0A) ?? source.count }
    guard rest.starts(with: "/*".utf8) else { return nil }
    var next = index + 2
    while next + 1 < source.count {
      if source[next] == UInt8(ascii: "*"), source[next + 1] == UInt8(ascii: "/") { return next + 2 }
      next += 1
    }
    return source.count
  }

  /// `/*!50000 … */`: a comment for other servers, a statement for this one.
  private static func isExecuted(_ source: [UInt8], at index: Int) -> Bool {
    let rest = source[index...]
    return rest.starts(with: "/*!".utf8) || rest.starts(with: "/*M!".utf8)
  }

  static func effect(of text: String) -> SQLStatement.Effect {
    switch SQLStatement.firstWord(of: text) {
    case "INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH", "VALUES": .transactional
    case "SET", "USE": .session
    case "BEGIN", "COMMIT", "ROLLBACK", "START", "SAVEPOINT", "RELEASE", "XA": .transactionControl
    case "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE", "ANALYZE", "OPTIMIZE", "GRANT", "REVOKE", "FLUSH": .standalone
    default: .opaque
    }
  }
}
