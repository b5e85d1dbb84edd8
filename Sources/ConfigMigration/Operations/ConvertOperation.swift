package import ConfigDocument

/// `convert`: writes the same quantity in another form.
package struct ConvertOperation: OperationBody {
  package var path: AddressPattern
  package var conversion: ScalarConversion
  package var otherwise: Otherwise

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    let to = try fields.document.requireWord(try fields.required("to"), field: "to", ScalarForm.self)
    let from = try fields.word("from", ScalarForm.self)
    var kilo: Int128 = 1000
    if let node = fields.optional("kilo") {
      switch fields.document.value(of: node).int {
      case 1000: kilo = 1000
      case 1024: kilo = 1024
      default: throw fields.document.wrongType(node, field: "kilo", wanted: "1000 or 1024")
      }
    }
    let quantity = [to, from].compactMap { $0 }.first { $0 == .duration || $0 == .size }
    let unitNode = fields.optional("unit")
    var unit: Quantity.Unit?
    if let quantity {
      let units = quantity == .duration ? Quantity.durationUnits : Quantity.sizeUnits(kilo: kilo)
      let names = units.map(\.name)
      guard let unitNode else {
        throw Diagnostic(
          .missingField, "`convert` needs the `unit` of the number", at: fields.place,
          hint: "it is one of \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
      let name = try fields.document.requireText(unitNode, field: "unit")
      unit = units.first { $0.name == name }
      if unit == nil {
        throw Diagnostic(
          .badValue, "`\(name)` is no unit of a \(quantity.rawValue)", at: fields.document.place(of: unitNode),
          hint: "it is one of \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
    } else if let unitNode {
      throw Diagnostic(
        .badValue, "only a `duration` or a `size` has a `unit`", at: fields.document.place(of: unitNode),
        hint: "say `from: duration` or `from: size`")
    }
    conversion = ScalarConversion(from: from, to: to, unit: unit, kilo: kilo)
    otherwise = try fields.word("otherwise", Otherwise.self) ?? .error
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.changeValues(at: path, as: Work(operation, in: scope)) { value in
      let change = conversion.apply(to: value)
      guard case .refuse = change else { return change }
      switch otherwise {
      case .error: return change
      case .keep: return .keep
      case .drop: return .drop
      }
    }
  }
}
