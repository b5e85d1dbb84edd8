extension ECMAPatternParser {
  /// Reads past `[`.
  mutating func parseClass(openedAt start: Int) throws(PatternError) {
    let negated = take("^")
    var inside = ""
    while true {
      guard position < scalars.count else { throw PatternError(.syntax, "this [ is never closed", at: start) }
      if take("]") { break }
      let atomStart = position
      let low = try parseClassAtom()
      guard position + 1 < scalars.count, scalars[position] == "-", scalars[position + 1] != "]" else {
        inside += Self.classText(low)
        continue
      }
      position += 1
      let high = try parseClassAtom()
      guard case .one(let first) = low, case .one(let last) = high else {
        throw PatternError(.syntax, "a range needs a character at both ends", at: atomStart)
      }
      guard first <= last else { throw PatternError(.syntax, "the range's ends are out of order", at: atomStart) }
      inside += Self.range(first, last)
    }
    if inside.isEmpty {
      out += negated ? ECMAClasses.anything : ECMAClasses.nothing
    } else {
      out += negated ? "[^\(inside)]" : "[\(inside)]"
    }
  }

  private mutating func parseClassAtom() throws(PatternError) -> ECMACharacters {
    let start = position
    let scalar = scalars[position]
    position += 1
    return scalar == "\\" ? try parseCharacterEscape(startingAt: start, inClass: true) : .one(scalar.value)
  }

  private static func classText(_ characters: ECMACharacters) -> String {
    switch characters {
    case .one(let point): range(point, point)
    case .many(let set): set
    }
  }

  /// Surrogates, which no UTF-8 text holds, are left out.
  private static func range(_ first: UInt32, _ last: UInt32) -> String {
    let low = 0xD800...0xDFFF ~= first ? 0xE000 : first
    let high = 0xD800...0xDFFF ~= last ? 0xD7FF : last
    if low > high { return "" }
    let start = "\\x{\(String(low, radix: 16))}"
    return low == high ? start : "\(start)-\\x{\(String(high, radix: 16))}"
  }
}

/// ECMA-262's classes as the inside of PCRE2 classes.
enum ECMAClasses {
  static let anything = "[\\x{0}-\\x{10ffff}]"
  static let nothing = "[^\\x{0}-\\x{10ffff}]"
  static let digits = "0-9"
  static let notDigits = "\\x{0}-\\x{2f}\\x{3a}-\\x{10ffff}"
  static let word = "0-9A-Z_a-z"
  static let notWord = "\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}"
  static let space =
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"
  static let notSpace =
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"
    + "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"
}
