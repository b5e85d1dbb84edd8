package import ConfigDocument

/// The forms in which a scalar can be written.
package enum ScalarForm: String, CaseIterable, Sendable {
  case string, integer, number, boolean, duration, size
}

/// Writes a scalar in another form, exactly or not at all.
package struct ScalarConversion: Sendable {
  package var from: ScalarForm?
  package var to: ScalarForm
  package var unit: Quantity.Unit?
  package var kilo: Int128 = 1000

  package func apply(to value: Value) -> ValueChange {
    switch value {
    case .null: return .keep
    case .array, .object: return .refuse("only a scalar can be converted", hint: nil)
    case .bool, .number, .string: break
    }
    switch to {
    case .string: return string(value)
    case .boolean: return boolean(value)
    case .integer, .number: return number(value)
    case .duration, .size: return quantity(value)
    }
  }

  private func string(_ value: Value) -> ValueChange {
    switch value {
    case .number(let number): .replace(.string(number.spelling))
    case .bool(let flag): .replace(.string(flag ? "true" : "false"))
    default: .keep
    }
  }

  private func boolean(_ value: Value) -> ValueChange {
    let text: String
    switch value {
    case .bool: return .keep
    case .string(let string): text = string.lowercased()
    case .number(let number): text = number.int.map(String.init) ?? number.spelling
    default: return .keep
    }
    if ["true", "yes", "on", "y", "enabled", "1"].contains(text) { return .replace(.bool(true)) }
    if ["false", "no", "off", "n", "disabled", "0"].contains(text) { return .replace(.bool(false)) }
    return .refuse("it is no boolean", hint: "write `true` or `false`")
  }

  private func number(_ value: Value) -> ValueChange {
    switch value {
    case .number(let number):
      guard to == .integer, !number.isInteger else { return .keep }
      return .refuse("it is no whole number, and would have to be rounded", hint: nil)
    case .bool(let flag):
      return from == .boolean ? .replace(.number(Number(flag ? 1 : 0))) : .refuse("it is no number", hint: nil)
    case .string(let text):
      guard from == .duration || from == .size, let unit else { return plainNumber(text) }
      let amount = from == .duration ? Quantity(duration: text) : Quantity(size: text, kilo: kilo)
      guard let amount else { return refuseQuantity(from == .duration ? .duration : .size) }
      let spelling = to == .integer ? amount.whole(in: unit.factor).map { String($0) } : amount.decimal(in: unit.factor)
      guard let spelling, let number = Number(spelling) else {
        return .refuse(
          "it is no \(to == .integer ? "whole" : "finite decimal") number of `\(unit.name)`", hint: "use a finer unit")
      }
      return .replace(.number(number))
    default: return .keep
    }
  }

  /// Decimal digits with a sign, and for a number a fraction and an exponent; hexadecimal stays text.
  private func plainNumber(_ text: String) -> ValueChange {
    let scalars = text.unicodeScalars
    let unsigned = scalars.first == "-" || scalars.first == "+" ? scalars.dropFirst() : scalars[...]
    let isDecimal = unsigned.first.map { ("0"..."9").contains($0) } ?? false
    let allowed = unsigned.allSatisfy {
      ("0"..."9").contains($0) || (to == .number && ($0 == "." || $0 == "e" || $0 == "E" || $0 == "-" || $0 == "+"))
    }
    guard isDecimal, allowed, let number = Number(normalised(unsigned, negative: scalars.first == "-")) else {
      return .refuse("it is no \(to == .integer ? "whole " : "")number", hint: "write decimal digits")
    }
    return .replace(.number(number))
  }

  /// Without a plus sign and leading zeros, which JSON does not have.
  private func normalised(_ digits: Substring.UnicodeScalarView, negative: Bool) -> String {
    var digits = digits
    while digits.count > 1, digits.first == "0", let next = digits.dropFirst().first, ("0"..."9").contains(next) {
      digits = digits.dropFirst()
    }
    return (negative ? "-" : "") + String(digits)
  }

  private func quantity(_ value: Value) -> ValueChange {
    let units = to == .duration ? Quantity.durationUnits : Quantity.sizeUnits(kilo: kilo)
    switch value {
    case .string(let text):
      let known = to == .duration ? Quantity(duration: text) : Quantity(size: text, kilo: kilo)
      if known != nil, from == nil || from == .integer || from == .number { return .keep }
      return refuseQuantity(to)
    case .number(let number):
      guard let unit, let amount = Quantity(decimal: number.spelling, factor: unit.factor),
        let text = amount.text(in: units)
      else { return .refuse("it cannot be written as a \(to.rawValue)", hint: nil) }
      return .replace(.string(text))
    default: return refuseQuantity(to)
    }
  }

  private func refuseQuantity(_ form: ScalarForm) -> ValueChange {
    .refuse(
      "it is no \(form.rawValue)",
      hint: form == .duration
        ? "a duration looks like `30s`, `1h30m` or `500 ms`" : "a size looks like `512MB` or `64 KiB`")
  }
}
