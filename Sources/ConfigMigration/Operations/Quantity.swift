/// An exact amount: of nanoseconds for a duration, of bytes for a size.
package struct Quantity: Hashable, Sendable {
  private var numerator: Int128
  private var denominator: Int128

  private init(_ numerator: Int128, over denominator: Int128) {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = Int128(max(a, 1))
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// A unit with how much of the base unit it is.
  package struct Unit: Hashable, Sendable {
    package var name: String
    package var factor: Int128
  }

  package static let durationUnits: [Unit] = [
    Unit(name: "ns", factor: 1), Unit(name: "us", factor: 1000), Unit(name: "ms", factor: 1_000_000),
    Unit(name: "s", factor: 1_000_000_000), Unit(name: "m", factor: 60_000_000_000),
    Unit(name: "h", factor: 3_600_000_000_000), Unit(name: "d", factor: 86_400_000_000_000),
  ]

  /// The units of sizes, where `kilo` is what `k` means in `kB`.
  package static func sizeUnits(kilo: Int128) -> [Unit] {
    var units = [Unit(name: "B", factor: 1)]
    var (decimal, binary) = (kilo, Int128(1024))
    for prefix in ["k", "M", "G", "T"] {
      units.append(Unit(name: prefix + "B", factor: decimal))
      units.append(Unit(name: (prefix == "k" ? "K" : prefix) + "iB", factor: binary))
      decimal *= kilo
      binary *= 1024
    }
    return units
  }

  // MARK: Reading

  /// Reads `30s`, `1h30m`, `1.5h`, `500 ms`.
  package init?(duration text: String) {
    let aliases = ["sec": "s", "min": "m", "µs": "us"]
    var total: Quantity?
    for (amount, name) in Self.terms(text) ?? [] {
      let wanted = aliases[name] ?? name
      guard let unit = Self.durationUnits.first(where: { $0.name == wanted }), let term = amount.times(unit.factor),
        let sum = (total ?? Quantity(0, over: 1)).plus(term)
      else { return nil }
      total = sum
    }
    guard let total else { return nil }
    self = total
  }

  /// Reads `512MB`, `64 KiB`, `2G`, `1Gi`, `100`.
  package init?(size text: String, kilo: Int128) {
    guard let terms = Self.terms(text), terms.count == 1 else { return nil }
    var name = terms[0].unit.lowercased()
    if name.isEmpty { name = "b" }
    if name.utf8.last != UInt8(ascii: "b") { name += "b" }
    guard let unit = Self.sizeUnits(kilo: kilo).first(where: { $0.name.lowercased() == name }),
      let amount = terms[0].amount.times(unit.factor)
    else { return nil }
    self = amount
  }

  /// An amount of a unit that is written as a decimal number.
  package init?(decimal text: String, factor: Int128) {
    guard let terms = Self.terms(text), terms.count == 1, terms[0].unit.isEmpty,
      let amount = terms[0].amount.times(factor)
    else { return nil }
    self = amount
  }

  /// Splits `1h30m` into amounts and units.
  private static func terms(_ text: String) -> [(amount: Quantity, unit: String)]? {
    var rest = Array(text.unicodeScalars)[...]
    var terms: [(Quantity, String)] = []
    rest = rest.drop { $0 == " " }
    while let last = rest.last, last == " " { rest.removeLast() }
    while !rest.isEmpty {
      let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), !parts[0].isEmpty, parts.count == 1 || !parts[1].isEmpty,
        digits.count <= 18, let mantissa = Int128(String(String.UnicodeScalarView(digits.filter { $0 != "." })))
      else { return nil }
      var scale: Int128 = 1
      if parts.count == 2 { for _ in parts[1] { scale *= 10 } }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let unit = rest.prefix { !("0"..."9").contains($0) && $0 != " " && $0 != "." }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      terms.append((Quantity(mantissa, over: scale), String(String.UnicodeScalarView(unit))))
    }
    return terms
  }

  private func times(_ factor: Int128) -> Quantity? {
    let (product, overflow) = numerator.multipliedReportingOverflow(by: factor)
    return overflow ? nil : Quantity(product, over: denominator)
  }

  private func plus(_ other: Quantity) -> Quantity? {
    let (a, overflowA) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (b, overflowB) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (sum, overflowSum) = a.addingReportingOverflow(b)
    let (product, overflowProduct) = denominator.multipliedReportingOverflow(by: other.denominator)
    if overflowA || overflowB || overflowSum || overflowProduct { return nil }
    return Quantity(sum, over: product)
  }

  // MARK: Writing

  /// How many of the unit it is, as a whole number; nil where it is none.
  package func whole(in factor: Int128) -> Int128? {
    let (product, overflow) = denominator.multipliedReportingOverflow(by: factor)
    guard !overflow, numerator % product == 0 else { return nil }
    return numerator / product
  }

  /// How many of the unit it is, as a decimal number; nil where that has no end.
  package func decimal(in factor: Int128) -> String? {
    if let whole = whole(in: factor) { return String(whole) }
    let ratio = Quantity(numerator, over: denominator * factor)
    var scaled = ratio.numerator
    for digits in 1...18 {
      let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      scaled = product
      guard scaled % ratio.denominator == 0 else { continue }
      let text = String((scaled / ratio.denominator).magnitude)
      let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
      return (scaled < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
    return nil
  }

  /// The text with the largest of the units that gives a whole number.
  package func text(in units: [Unit]) -> String? {
    if numerator == 0 { return units.first { $0.name == "s" || $0.name == "B" }.map { "0" + $0.name } }
    for unit in units.sorted(by: { $0.factor > $1.factor }) {
      if let whole = whole(in: unit.factor) { return String(whole) + unit.name }
    }
    return nil
  }
}
