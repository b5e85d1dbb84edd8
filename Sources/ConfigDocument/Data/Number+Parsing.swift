extension Number.Decimal {
  /// Reads `text` by the union of JSON's and the YAML 1.2 core schema's syntax of numbers.
  package init?(_ text: [UInt8]) {
    if text.count < 20, let first = text.first, first != UInt8(ascii: "0"), text.allSatisfy(\.isDigit) {
      readDigits(text)
      return
    }
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      negative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    guard let first = rest.first else { return nil }
    // What begins with a point may be a word.
    let isWord = first == UInt8(ascii: ".")
    if isWord,
      rest.elementsEqual(".inf".utf8) || rest.elementsEqual(".Inf".utf8) || rest.elementsEqual(".INF".utf8)
    {
      kind = .infinite
      return
    }
    if isWord, rest.count == text.count,
      rest.elementsEqual(".nan".utf8) || rest.elementsEqual(".NaN".utf8) || rest.elementsEqual(".NAN".utf8)
    {
      kind = .notANumber
      return
    }
    if first == UInt8(ascii: "0"), rest.count > 2, rest.count == text.count {
      let marker = rest[rest.startIndex + 1]
      if marker == UInt8(ascii: "x") || marker == UInt8(ascii: "o") {
        guard let value = Self(rest.dropFirst(2), radix: marker == UInt8(ascii: "x") ? 16 : 8) else { return nil }
        self = value
        return
      }
    }
    guard readDecimal(rest) else { return nil }
  }

  /// Most numbers: digits, the first of them no zero.
  private mutating func readDigits(_ text: [UInt8]) {
    let zeros = text.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    digits = text.dropLast(zeros).map { $0 - UInt8(ascii: "0") }
    exponent = text.count
  }

  /// Reads digits of `radix` (2 to 16), most significant first; underscores are not digits.
  package init?(_ text: ArraySlice<UInt8>, radix: UInt8) {
    guard !text.isEmpty else { return nil }
    // Base 10^9 limbs, least significant first. Quadratic, so a numeral is limited to what a person may have written.
    guard text.count <= 4096 else { return nil }
    var limbs: [UInt64] = [0]
    for byte in text {
      guard let digit = byte.hexDigit, digit < radix else { return nil }
      var carry = UInt64(digit)
      for index in limbs.indices {
        let value = limbs[index] * UInt64(radix) + carry
        limbs[index] = value % 1_000_000_000
        carry = value / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    var digits: [UInt8] = []
    for limb in limbs.reversed() {
      let text = String(limb)
      digits.append(contentsOf: repeatElement(0, count: 9 - text.utf8.count))
      digits.append(contentsOf: text.utf8.map { $0 - 48 })
    }
    setDigits(digits[...], integerDigits: digits.count)
  }

  private mutating func readDecimal(_ text: ArraySlice<UInt8>) -> Bool {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    var integerDigits = 0
    var index = text.startIndex
    while index < text.endIndex, text[index].isDigit {
      digits.append(text[index] - 48)
      index += 1
    }
    integerDigits = digits.count
    if index < text.endIndex, text[index] == UInt8(ascii: ".") {
      index += 1
      while index < text.endIndex, text[index].isDigit {
        digits.append(text[index] - 48)
        index += 1
      }
    }
    guard !digits.isEmpty else { return false }
    var shift = 0
    if index < text.endIndex, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      var negativeShift = false
      if index < text.endIndex, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        negativeShift = text[index] == UInt8(ascii: "-")
        index += 1
      }
      let start = index
      while index < text.endIndex, text[index].isDigit {
        // Saturates: an exponent of more than eighteen digits is beyond telling apart.
        if shift < 100_000_000_000_000_000 { shift = shift * 10 + Int(text[index] - 48) }
        index += 1
      }
      guard index > start else { return false }
      if negativeShift { shift = -shift }
    }
    guard index == text.endIndex else { return false }
    setDigits(digits[...], integerDigits: integerDigits + shift)
    return true
  }

  private mutating func setDigits(_ all: ArraySlice<UInt8>, integerDigits: Int) {
    let leading = all.prefix { $0 == 0 }.count
    var kept = all.dropFirst(leading)
    while kept.last == 0 { kept.removeLast() }
    digits = Array(kept)
    exponent = digits.isEmpty ? 0 : integerDigits - leading
    if digits.isEmpty { negative = false }
  }
}

extension UInt8 {
  package var isDigit: Bool { self >= 48 && self <= 57 }

  package var hexDigit: UInt8? {
    switch self {
    case 48...57: self - 48
    case 65...70: self - 55
    case 97...102: self - 87
    default: nil
    }
  }
}
