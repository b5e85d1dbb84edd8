import ConfigDocument

extension Validity {
  // MARK: Numbers

  /// The number, where it is written as a plain integer of at most 18 digits.
  func shortInteger(_ node: ValueTree.Node) -> Int? {
    let count = Int(node.text.count)
    var index = Int(node.text.offset)
    let end = index + count
    guard count > 0, count <= 18 else { return nil }
    let isNegative = tree.text[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < end else { return nil }
    var value = 0
    while index < end {
      let digit = tree.text[index] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  func number(_ node: ValueTree.Node) -> Number { Number(tree.string(node.text)) ?? Number(0) }

  func isInteger(_ node: ValueTree.Node, bySpelling: Bool) -> Bool {
    if shortInteger(node) != nil { return true }
    let text = tree.bytes(node.text)
    if bySpelling, text.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
      return false
    }
    return number(node).isInteger
  }

  func numberHolds(_ checks: Int, _ node: ValueTree.Node) -> Bool {
    let checks = program.numbers[checks]
    return (checks.minimum < 0 || order(node, checks.minimum) >= 0)
      && (checks.maximum < 0 || order(node, checks.maximum) <= 0)
      && (checks.exclusiveMinimum < 0 || order(node, checks.exclusiveMinimum) > 0)
      && (checks.exclusiveMaximum < 0 || order(node, checks.exclusiveMaximum) < 0)
      && (checks.multipleOf < 0 || isMultiple(node, of: checks.multipleOf))
  }

  /// Below 0, 0 or above, as the number is below, at or above the bound.
  func order(_ node: ValueTree.Node, _ bound: Int32) -> Int {
    let bound = program.bounds[Int(bound)]
    if let limit = bound.int, let value = shortInteger(node) { return value < limit ? -1 : value == limit ? 0 : 1 }
    let value = number(node)
    return value < bound.number ? -1 : value == bound.number ? 0 : 1
  }

  func isMultiple(_ node: ValueTree.Node, of bound: Int32) -> Bool {
    let bound = program.bounds[Int(bound)]
    if let divisor = bound.int, let value = shortInteger(node) { return value % divisor == 0 }
    return number(node).isMultiple(of: bound.number)
  }

  // MARK: Strings

  mutating func stringHolds(_ record: Subschema, _ node: ValueTree.Node, _ index: Int) -> Bool {
    let checks = program.strings[Int(record.string)]
    return lengthHolds(checks, node)
      && (checks.pattern < 0 || matches(checks.pattern, node.text, index))
      && formatHolds(checks, node)
  }

  func lengthHolds(_ checks: StringChecks, _ node: ValueTree.Node) -> Bool {
    if checks.minLength == 0, checks.maxLength == .max { return true }
    let length = length(node)
    return length >= checks.minLength && length <= checks.maxLength
  }

  /// In code points.
  func length(_ node: ValueTree.Node) -> Int {
    var length = 0
    for byte in tree.bytes(node.text) where byte & 0xC0 != 0x80 { length += 1 }
    return length
  }

  func formatHolds(_ checks: StringChecks, _ node: ValueTree.Node) -> Bool {
    guard let format = checks.format else { return true }
    return format.accepts(tree.string(node.text))
  }
}

extension Number {
  /// Whether this is a whole multiple of `divisor`, which is above 0. Exact, for any number of digits.
  func isMultiple(of divisor: Number) -> Bool {
    guard decimal.kind == .finite, divisor.decimal.kind == .finite else { return false }
    if decimal.digits.isEmpty { return true }
    // Both as integers: digits × 10^scale. Digits end in no zero, so they hold no factor of 10.
    let scale = (decimal.exponent - decimal.digits.count) - (divisor.decimal.exponent - divisor.decimal.digits.count)
    if scale < 0 { return false }
    // A power of 10 beyond the twos and fives that the divisor can hold changes nothing.
    let zeros = min(scale, divisor.decimal.digits.count * 4 + 4)
    var remainder = DecimalRemainder(divisor: divisor.decimal.digits)
    for digit in decimal.digits { remainder.append(digit) }
    for _ in 0..<zeros { remainder.append(0) }
    return remainder.isZero
  }
}

/// Long division by a divisor of decimal digits, keeping only the remainder.
private struct DecimalRemainder {
  let divisor: [UInt8]
  private let small: UInt64?
  private var rest: UInt64 = 0
  /// The remainder's digits, most significant first, where the divisor fits no machine word.
  private var digits: [UInt8] = []

  init(divisor: [UInt8]) {
    self.divisor = divisor
    small = divisor.count <= 18 ? divisor.reduce(0) { $0 * 10 + UInt64($1) } : nil
  }

  var isZero: Bool { small != nil ? rest == 0 : digits.isEmpty }

  mutating func append(_ digit: UInt8) {
    if let small {
      rest = (rest * 10 + UInt64(digit)) % small
      return
    }
    if !digits.isEmpty || digit > 0 { digits.append(digit) }
    while digits.count > divisor.count || digits.count == divisor.count && !digits.lexicographicallyPrecedes(divisor) {
      subtract()
    }
  }

  private mutating func subtract() {
    var borrow = 0
    for offset in 1...digits.count {
      let place = digits.count - offset
      let taken = offset <= divisor.count ? Int(divisor[divisor.count - offset]) : 0
      var value = Int(digits[place]) - taken - borrow
      borrow = value < 0 ? 1 : 0
      if value < 0 { value += 10 }
      digits[place] = UInt8(value)
    }
    digits.removeFirst(digits.prefix { $0 == 0 }.count)
  }
}
