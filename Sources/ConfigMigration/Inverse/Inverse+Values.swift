package import ConfigDocument

extension MapOperation {
  package func inverse(of operation: Operation) -> Inverse {
    var rows: [Value] = []
    var ambiguous: [Value] = []
    for (index, row) in table.enumerated() {
      if table[..<index].contains(where: { $0.new == row.new }) {
        ambiguous.append(row.new)
      } else {
        rows.append([row.new, row.old])
      }
    }
    var inverse = Inverse.step(
      "map", [("path", operation.text(path)), ("values", .array(rows)), ("otherwise", "keep")], for: operation)
    for value in ambiguous { inverse = inverse.addingGap("which value became `\(value)`", of: operation) }
    if otherwise == .drop { inverse = inverse.addingGap("values that it dropped", of: operation) }
    return inverse
  }
}

extension ConvertOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard let from = conversion.from ?? derivedForm else {
      return .gap("whether it was written as `\(conversion.to.rawValue)` before", of: operation)
    }
    let fields: [(key: String, value: Value?)] = [
      ("path", operation.text(path)), ("to", .string(from.rawValue)), ("from", .string(conversion.to.rawValue)),
      ("unit", operation.field("unit")), ("kilo", operation.field("kilo")), ("otherwise", "keep"),
    ]
    var inverse = Inverse.step("convert", fields, for: operation)
    if conversion.to == .boolean { inverse = inverse.addingGap("which word stood for it", of: operation) }
    if otherwise == .drop { inverse = inverse.addingGap("values that it dropped", of: operation) }
    return inverse
  }

  /// What a value was, where the conversion says it only by its target: a number was a text before.
  private var derivedForm: ScalarForm? {
    switch conversion.to {
    case .integer, .number: .string
    case .duration, .size: .integer
    case .string, .boolean: nil
    }
  }
}

extension RewriteOperation {
  package func inverse(of operation: Operation) -> Inverse { .gap("the text of before", of: operation, isWhole: true) }

  package func inverse(of operation: Operation, reverse: Value) -> Inverse {
    let object = reverse.object ?? Object()
    return .step(
      "rewrite", [("path", operation.text(path)), ("match", object["match"]), ("with", object["with"])],
      for: operation)
  }
}

extension ComputeOperation {
  package func inverse(of operation: Operation) -> Inverse { .gap("the value of before", of: operation, isWhole: true) }

  package func inverse(of operation: Operation, reverse text: Value) -> Inverse {
    guard let reverse else { return inverse(of: operation) }
    var inverse = Inverse.step(
      "compute", [("path", operation.text(path)), ("expr", text), ("reverse", operation.field("expr"))], for: operation)
    var body = self
    (body.expression, body.reverse) = (reverse, expression)
    inverse.steps[0].body = body
    return inverse
  }
}

extension CustomOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard let down else { return .gap("the value of before", of: operation, isWhole: true) }
    let name = operation.field("swift") == nil ? "run" : "swift"
    var inverse = Inverse.step(
      "custom", [("path", operation.text(path)), (name, operation.field("down")), ("down", operation.field(name))],
      for: operation)
    var body = self
    (body.code, body.down) = (down, code)
    inverse.steps[0].body = body
    return inverse
  }
}
