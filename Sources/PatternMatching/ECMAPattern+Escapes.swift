/// What an escape or a class atom stands for.
enum ECMACharacters {
  /// One code point; a lone surrogate is possible and matches no UTF-8 text.
  case one(UInt32)
  /// Many, as the inside of a PCRE2 class.
  case many(String)
}

extension ECMAPatternParser {
  /// Reads past `\` outside a class. Returns whether a quantifier may follow.
  mutating func parseAtomEscape(startingAt start: Int) throws(PatternError) -> Bool {
    guard position < scalars.count else { throw PatternError(.syntax, "the pattern ends with a lone \\", at: start) }
    switch scalars[position] {
    case "b":
      position += 1
      out += "\\b"
      return false
    case "B":
      position += 1
      out += "\\B"
      return false
    case "k":
      position += 1
      guard take("<") else { throw PatternError(.syntax, "\\k wants a group's name: \\k<name>", at: start) }
      let name = try parseGroupName()
      guard let group = groupNumbers.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw PatternError(.syntax, "there is no group named \(name)", at: start)
      }
      out += "\\g{\(group.number)}"
    case "1"..."9":
      var number = 0
      while position < scalars.count, let digit = scalars[position].decimalDigit {
        number = min(number * 10 + digit, 1_000_000)
        position += 1
      }
      guard number <= groupCount else { throw PatternError(.syntax, "there is no group \(number)", at: start) }
      out += "\\g{\(number)}"
    default:
      switch try parseCharacterEscape(startingAt: start, inClass: false) {
      case .one(let point): out += Unicode.Scalar(point).map(Self.literal) ?? ECMAClasses.nothing
      case .many(let set): out += "[\(set)]"
      }
    }
    return true
  }

  /// Reads past `\` what stands for one code point or a set of them.
  mutating func parseCharacterEscape(startingAt start: Int, inClass: Bool) throws(PatternError) -> ECMACharacters {
    guard position < scalars.count else { throw PatternError(.syntax, "the pattern ends with a lone \\", at: start) }
    let scalar = scalars[position]
    position += 1
    switch scalar {
    case "d": return .many(ECMAClasses.digits)
    case "D": return .many(ECMAClasses.notDigits)
    case "w": return .many(ECMAClasses.word)
    case "W": return .many(ECMAClasses.notWord)
    case "s": return .many(ECMAClasses.space)
    case "S": return .many(ECMAClasses.notSpace)
    case "p", "P": return .many(try parseProperty(negated: scalar == "P", startingAt: start))
    case "t": return .one(0x09)
    case "n": return .one(0x0A)
    case "v": return .one(0x0B)
    case "f": return .one(0x0C)
    case "r": return .one(0x0D)
    case "b" where inClass: return .one(0x08)
    case "-" where inClass: return .one(0x2D)
    case "0":
      if position < scalars.count, scalars[position].decimalDigit != nil {
        throw PatternError(.syntax, "octal escapes are not allowed", at: start)
      }
      return .one(0)
    case "c":
      guard position < scalars.count, let letter = Self.letterNumber(scalars[position]) else {
        throw PatternError(.syntax, "\\c wants a letter", at: start)
      }
      position += 1
      return .one(letter)
    case "x":
      guard let value = takeHex(count: 2) else { throw PatternError(.syntax, "\\x wants two hex digits", at: start) }
      return .one(value)
    case "u": return .one(try parseUnicodeEscape(startingAt: start))
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": return .one(scalar.value)
    default: throw PatternError(.syntax, "\\\(scalar) means nothing", at: start)
    }
  }

  private mutating func parseUnicodeEscape(startingAt start: Int) throws(PatternError) -> UInt32 {
    if take("{") {
      var value: UInt32 = 0
      var digits = 0
      while position < scalars.count, let digit = scalars[position].hexDigit {
        value = value << 4 | digit
        digits += 1
        position += 1
        if value > 0x10FFFF { throw PatternError(.syntax, "there is no code point above 10FFFF", at: start) }
      }
      guard digits > 0, take("}") else { throw PatternError(.syntax, "\\u{ wants hex digits and }", at: start) }
      return value
    }
    guard let first = takeHex(count: 4) else { throw PatternError(.syntax, "\\u wants four hex digits", at: start) }
    // Two escaped surrogates are one code point.
    if 0xD800...0xDBFF ~= first, position + 1 < scalars.count, scalars[position] == "\\", scalars[position + 1] == "u" {
      let mark = position
      position += 2
      if let second = takeHex(count: 4), 0xDC00...0xDFFF ~= second {
        return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      }
      position = mark
    }
    return first
  }

  private mutating func takeHex(count: Int) -> UInt32? {
    guard position + count <= scalars.count else { return nil }
    var value: UInt32 = 0
    for scalar in scalars[position..<position + count] {
      guard let digit = scalar.hexDigit else { return nil }
      value = value << 4 | digit
    }
    position += count
    return value
  }

  private static func letterNumber(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "a"..."z": scalar.value - 96
    case "A"..."Z": scalar.value - 64
    default: nil
    }
  }

  private mutating func parseProperty(negated: Bool, startingAt start: Int) throws(PatternError) -> String {
    guard take("{") else { throw PatternError(.syntax, "\\p wants a property in braces: \\p{Letter}", at: start) }
    var text = ""
    while position < scalars.count, scalars[position] != "}" {
      let scalar = scalars[position]
      guard scalar.isASCII,
        scalar.properties.isAlphabetic || scalar.decimalDigit != nil || scalar == "_" || scalar == "="
      else { throw failure("a property's name cannot hold this character") }
      text.unicodeScalars.append(scalar)
      position += 1
    }
    guard take("}") else { throw PatternError(.syntax, "this \\p{ is never closed", at: start) }
    guard let property = ECMAProperties.pcre(text) else {
      throw PatternError(.syntax, "there is no Unicode property \(text)", at: start)
    }
    return "\\\(negated != property.negated ? "P" : "p"){\(property.name)}"
  }
}
