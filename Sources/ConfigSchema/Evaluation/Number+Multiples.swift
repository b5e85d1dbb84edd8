import ConfigDocument

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
