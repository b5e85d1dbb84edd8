extension Number {
  /// A spelling that a reader of that version takes for this number: its own, where it is one.
  func spelled(for version: Document.YAMLVersion) -> String {
    if case .number(self) = ScalarResolution.plainValue(of: spelling, version: version) { return spelling }
    switch decimal.kind {
    case .notANumber: return ".nan"
    case .infinite: return decimal.negative ? "-.inf" : ".inf"
    case .finite: break
    }
    if let int { return String(int) }
    // YAML 1.1 wants a point, and a sign of the exponent; YAML 1.2 takes both.
    let digits = decimal.digits.map { String($0) }
    let fraction = digits.count > 1 ? digits.dropFirst().joined() : "0"
    let exponent = decimal.exponent - 1
    return "\(decimal.negative ? "-" : "")\(digits[0]).\(fraction)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
  }
}
