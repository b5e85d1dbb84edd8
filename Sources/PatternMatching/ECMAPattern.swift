/// ECMA-262 regular expressions with the `u` flag, read by their own grammar and written in PCRE2's.
///
/// Not translated: the `v` flag, inline modifiers (`(?i:…)`), and two names for one group. Groups inside a quantifier keep
/// their last capture, where ECMA-262 forgets it; only back-references can see that.
public enum ECMAPattern {
  /// The pattern in PCRE2's syntax, to be compiled in UTF mode with unset back-references matching nothing.
  public struct Translation: Hashable, Sendable {
    public var text: String
    public var groupCount: Int
  }

  /// The depth of groups within groups that is accepted.
  public static let maximumDepth = 200

  /// - Throws: `syntax` where ECMA-262 rejects the pattern, with the offset in Unicode scalars.
  public static func translate(_ source: String) throws(PatternError) -> Translation {
    var parser = ECMAPatternParser(source)
    return try parser.parse()
  }
}

/// Recursive descent over the pattern's scalars, writing the translation as it goes.
struct ECMAPatternParser {
  let scalars: [Unicode.Scalar]
  var position = 0
  var out = ""
  var depth = 0
  /// All groups of the pattern are known before it is read, because references may point forward.
  let groupCount: Int
  let groupNumbers: [(name: String, number: Int)]

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
    (groupCount, groupNumbers) = Self.groups(of: scalars)
  }

  mutating func parse() throws(PatternError) -> ECMAPattern.Translation {
    for (index, group) in groupNumbers.enumerated()
    where groupNumbers[..<index].contains(where: { $0.name.utf8.elementsEqual(group.name.utf8) }) {
      throw PatternError(.syntax, "two groups are named \(group.name)")
    }
    try parseAlternatives()
    if position < scalars.count { throw failure("unmatched )") }
    return ECMAPattern.Translation(text: out, groupCount: groupCount)
  }

  private mutating func parseAlternatives() throws(PatternError) {
    depth += 1
    defer { depth -= 1 }
    if depth > ECMAPattern.maximumDepth { throw failure("groups are nested deeper than \(ECMAPattern.maximumDepth)") }
    while position < scalars.count, scalars[position] != ")" {
      if take("|") { out += "|" } else { try parseTerm() }
    }
  }

  private mutating func parseTerm() throws(PatternError) {
    let start = position
    let scalar = scalars[position]
    position += 1
    var quantifiable = true
    switch scalar {
    case "^":
      out += "\\A"
      quantifiable = false
    case "$":
      out += "\\z"
      quantifiable = false
    case ".": out += "[^\\x{a}\\x{d}\\x{2028}\\x{2029}]"
    case "(": quantifiable = try parseGroup(openedAt: start)
    case "[": try parseClass(openedAt: start)
    case "\\": quantifiable = try parseAtomEscape(startingAt: start)
    case "*", "+", "?": throw PatternError(.syntax, "nothing to repeat before \(scalar)", at: start)
    case "{", "}", "]": throw PatternError(.syntax, "\(scalar) must be written \\\(scalar)", at: start)
    default: out += Self.literal(scalar)
    }
    try parseQuantifier(allowed: quantifiable)
  }

  /// Reads past `(`. Returns whether a quantifier may follow: in Unicode mode none follows an assertion.
  private mutating func parseGroup(openedAt start: Int) throws(PatternError) -> Bool {
    var quantifiable = true
    if !take("?") {
      out += "("
    } else if take(":") {
      out += "(?:"
    } else if take("=") {
      out += "(?="
      quantifiable = false
    } else if take("!") {
      out += "(?!"
      quantifiable = false
    } else if take("<") {
      if take("=") {
        out += "(?<="
        quantifiable = false
      } else if take("!") {
        out += "(?<!"
        quantifiable = false
      } else {
        // Names are resolved to numbers here: PCRE2 allows fewer names.
        _ = try parseGroupName()
        out += "("
      }
    } else {
      throw PatternError(.syntax, "no kind of group starts like this", at: start)
    }
    try parseAlternatives()
    guard take(")") else { throw PatternError(.syntax, "this ( is never closed", at: start) }
    out += ")"
    return quantifiable
  }

  /// Reads a name and the `>` that ends it.
  mutating func parseGroupName() throws(PatternError) -> String {
    let start = position
    var name = ""
    while position < scalars.count, scalars[position] != ">" {
      let scalar = scalars[position]
      let isStart = scalar == "$" || scalar == "_" || scalar.properties.isIDStart
      guard isStart || !name.isEmpty && (scalar.properties.isIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}")
      else { throw failure("a group's name cannot hold this character") }
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard take(">"), !name.isEmpty else { throw PatternError(.syntax, "a group's name is missing", at: start) }
    return name
  }

  private mutating func parseQuantifier(allowed: Bool) throws(PatternError) {
    guard position < scalars.count else { return }
    let start = position
    switch scalars[position] {
    case "*", "+", "?":
      let sign = scalars[position]
      position += 1
      try requireQuantifiable(allowed, at: start)
      out.unicodeScalars.append(sign)
    case "{":
      position += 1
      try requireQuantifiable(allowed, at: start)
      guard let low = takeCount() else { throw PatternError(.syntax, "{ must be written \\{", at: start) }
      var high: Int? = low
      let hasComma = take(",")
      if hasComma { high = takeCount() }
      guard take("}") else { throw PatternError(.syntax, "this { is never closed", at: start) }
      if let high, high < low { throw PatternError(.syntax, "the count's bounds are out of order", at: start) }
      guard max(low, high ?? 0) <= 65_535 else {
        throw PatternError(.unsupported, "a count above 65535 cannot be matched", at: start)
      }
      out += hasComma ? "{\(low),\(high.map(String.init) ?? "")}" : "{\(low)}"
    default: return
    }
    if take("?") { out += "?" }
  }

  private func requireQuantifiable(_ allowed: Bool, at offset: Int) throws(PatternError) {
    if !allowed { throw PatternError(.syntax, "an assertion cannot be repeated", at: offset) }
  }

  private mutating func takeCount() -> Int? {
    var value: Int?
    while position < scalars.count, let digit = scalars[position].decimalDigit {
      // Saturates far above what is accepted.
      value = min((value ?? 0) * 10 + digit, 1_000_000_000)
      position += 1
    }
    return value
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < scalars.count, scalars[position] == scalar else { return false }
    position += 1
    return true
  }

  func failure(_ message: String) -> PatternError { PatternError(.syntax, message, at: position) }

  /// A scalar that stands for itself.
  static func literal(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": String(scalar)
    default: "\\x{\(String(scalar.value, radix: 16))}"
    }
  }

  /// Counts the groups and finds their names, without judging the syntax.
  private static func groups(of scalars: [Unicode.Scalar]) -> (Int, [(name: String, number: Int)]) {
    var count = 0
    var names: [(name: String, number: Int)] = []
    var inClass = false
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "\\": index += 1
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass:
        let next = scalars[(index + 1)...].prefix(3)
        if next.first != "?" {
          count += 1
        } else if next.count == 3, next[index + 2] == "<", next[index + 3] != "=", next[index + 3] != "!" {
          count += 1
          var name = ""
          name.unicodeScalars.append(contentsOf: scalars[(index + 3)...].prefix { $0 != ">" })
          names.append((name, count))
        }
      default: break
      }
      index += 1
    }
    return (count, names)
  }
}

extension Unicode.Scalar {
  var decimalDigit: Int? { value >= 48 && value <= 57 ? Int(value) - 48 : nil }

  var hexDigit: UInt32? {
    switch self {
    case "0"..."9": value - 48
    case "a"..."f": value - 87
    case "A"..."F": value - 55
    default: nil
    }
  }
}
