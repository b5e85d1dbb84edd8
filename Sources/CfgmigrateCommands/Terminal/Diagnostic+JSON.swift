internal import ConfigDocument

extension Diagnostic {
  /// The stable shape that docs/json-output.md describes: members without a value are left out.
  var json: Value {
    var object = Object()
    object["severity"] = .string(severity.rawValue)
    object["code"] = .string(code.rawValue)
    object["message"] = .string(message)
    if let place { object["place"] = place.json }
    if let advice { object["hint"] = .string(advice) }
    if !related.isEmpty {
      object["related"] = .array(
        related.map { .object(Object([("message", .string($0.message)), ("place", $0.place.json)])) })
    }
    return .object(object)
  }
}

extension Diagnostic {
  var advice: String? { Self.advice(hint) }

  /// A hint as it is shown: it begins with a capital letter, whoever wrote it.
  package static func advice(_ hint: String?) -> String? {
    guard let hint, let first = hint.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
      return hint
    }
    return hint.prefix(1).uppercased() + hint.dropFirst()
  }
}

extension SourcePlace {
  var json: Value {
    [
      "file": .string(file), "line": .number(Number(line)), "column": .number(Number(column)),
      "length": .number(Number(length)),
    ]
  }
}
