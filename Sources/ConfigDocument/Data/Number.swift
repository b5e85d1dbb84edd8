/// A number as it is written, compared exactly: no rounding of big integers or long decimals.
///
/// Two numbers are equal when they are the same mathematical value: `1.0`, `1`, `0x1` and `10e-1` are one number.
/// Where the spelling matters, compare `spelling`.
public struct Number: Sendable {
  /// The number as it stands in the file.
  public let spelling: String
  /// `negative`, `digits` and `exponent`: the value is ±0.digits × 10^exponent, with no zero at either end of `digits`.
  package let decimal: Decimal

  package struct Decimal: Hashable, Sendable {
    package enum Kind: UInt8, Sendable { case finite, infinite, notANumber }
    package var kind: Kind = .finite
    package var negative = false
    package var digits: [UInt8] = []
    package var exponent = 0
  }

  /// A number in JSON's syntax or YAML's core schema: decimal, `0x`, `0o`, `.inf`, `.nan`.
  /// - Returns: nil where the text is none of these.
  public init?(_ spelling: String) {
    guard let decimal = Decimal(Array(spelling.utf8)) else { return nil }
    self.spelling = spelling
    self.decimal = decimal
  }

  public init(_ value: Int) {
    spelling = String(value)
    var decimal = Decimal(negative: value < 0)
    let digits = spelling.utf8.dropFirst(value < 0 ? 1 : 0)
    if value != 0 {
      decimal.exponent = digits.count
      let zeros = digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count
      decimal.digits = digits.dropLast(zeros).map { $0 - UInt8(ascii: "0") }
    }
    self.decimal = decimal
  }

  package init(spelling: String, decimal: Decimal) {
    self.spelling = spelling
    self.decimal = decimal
  }

  /// Whether the value is a mathematical integer: `1.0` and `1e3` are.
  public var isInteger: Bool { decimal.kind == .finite && decimal.exponent >= decimal.digits.count }

  /// Whether it is neither infinite nor "not a number".
  public var isFinite: Bool { decimal.kind == .finite }

  /// Whether a program that computes with doubles reads it and writes it again as the same number. `0.1` comes back,
  /// 9007199254740993 becomes another one.
  public var survivesDouble: Bool {
    guard isFinite else { return false }
    let double = double
    return double.isFinite && Number(double.description) == self
  }

  /// The value, where it is an integer that fits.
  public var int: Int? {
    guard isInteger, decimal.exponent <= 19 else { return nil }
    var magnitude: UInt64 = 0
    for index in 0..<decimal.exponent {
      let digit = index < decimal.digits.count ? decimal.digits[index] : 0
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      magnitude = sum
    }
    if decimal.negative { return magnitude <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int(exactly: magnitude)
  }

  /// The nearest double.
  public var double: Double {
    switch decimal.kind {
    case .notANumber: return .nan
    case .infinite: return decimal.negative ? -.infinity : .infinity
    case .finite:
      let text = "0." + String(decoding: decimal.digits.map { $0 + 48 }, as: UTF8.self) + "e\(decimal.exponent)"
      let magnitude = decimal.digits.isEmpty ? 0 : Double(text) ?? .infinity
      return decimal.negative ? -magnitude : magnitude
    }
  }
}

extension Number: Hashable {
  public static func == (left: Number, right: Number) -> Bool { left.decimal == right.decimal }
  public func hash(into hasher: inout Hasher) { hasher.combine(decimal) }
}

extension Number: Comparable {
  /// By value; not-a-number is less than nothing and nothing is less than it.
  public static func < (left: Number, right: Number) -> Bool {
    let (a, b) = (left.decimal, right.decimal)
    if a.kind == .notANumber || b.kind == .notANumber { return false }
    if a == b { return false }
    let (leftSign, rightSign) = (a.sign, b.sign)
    if leftSign != rightSign { return leftSign < rightSign }
    return leftSign < 0 ? b.magnitudeIsLess(than: a) : a.magnitudeIsLess(than: b)
  }
}

extension Number.Decimal {
  fileprivate var sign: Int { kind == .finite && digits.isEmpty ? 0 : negative ? -1 : 1 }

  fileprivate func magnitudeIsLess(than other: Self) -> Bool {
    if kind != other.kind { return kind == .finite }
    if kind == .infinite { return false }
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if exponent != other.exponent { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
