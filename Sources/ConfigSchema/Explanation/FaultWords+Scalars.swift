import ConfigDocument
import PatternMatching

extension Explanation {
  func typeWords(_ types: [String], _ set: TypeSet, _ fault: Fault) -> FaultWords {
    let index = fault.index
    return FaultWords(
      "\(prefix(index))expected \(Wording.typeList(types))\(found(index))",
      hint: isSecret(index) ? nil : coercion(set, index), repair: coerced(to: set, index).map(Repair.replace))
  }

  func valueWords(_ allowed: [Value], or others: [String], _ fault: Fault) -> FaultWords {
    let index = fault.index
    var listed = allowed.prefix(12).map(Wording.value)
    if allowed.count > 12 { listed.append("…") }
    let words =
      allowed.count > 12 && others.isEmpty ? listed.joined(separator: ", ") : Wording.list(listed + others, "or")
    let closest = isSecret(index) ? nil : closestValue(to: index, in: fault)
    return FaultWords(
      "\(prefix(index))expected \(allowed.count <= 2 ? "" : "one of ")\(words)\(foundValue(index))",
      hint: closest.map { "did you mean `\($0)`?" }, repair: respelt(index, allowed))
  }

  func notWords(_ not: Int32, _ index: Int) -> FaultWords {
    let inner = program.subschemas[Int(not)]
    var words = "is what the schema rules out"
    if inner.object >= 0, inner.inPlace < 0, program.objects[Int(inner.object)].requiredCount > 0 {
      let schema = program.documents[Int(inner.location.document)]
      let list = schema.member("required", of: Int(inner.location.node)).map(schema.children(of:)) ?? []
      let keys = list.map { schema.string(schema.nodes[$0].text) }
      words =
        keys.count == 1 ? "must not have the key \(Wording.names(keys))" : "must not have all of \(Wording.names(keys))"
    } else if let form = formName(not, number: nil) {
      words = "must not be \(form)"
    } else if inner.inPlace >= 0, program.inPlace[Int(inner.inPlace)].hasEnumeration {
      let values = values(program.inPlace[Int(inner.inPlace)].enumeration)
      words = "must not be \(Wording.list(values.map(Wording.value), "or"))"
    }
    return FaultWords("\(subject(index)) \(words)")
  }

  func rangeWords(_ fault: Fault) -> FaultWords {
    let checks = program.numbers[Int(fault.record.number)]
    let low =
      bound(checks.minimum).map { "at least \($0.spelling)" }
      ?? bound(checks.exclusiveMinimum).map { "more than \($0.spelling)" }
    let high =
      bound(checks.maximum).map { "at most \($0.spelling)" }
      ?? bound(checks.exclusiveMaximum).map { "less than \($0.spelling)" }
    let range = [low, high].compactMap { $0 }.joined(separator: " and ")
    return FaultWords("\(prefix(fault.index))expected \(range)\(foundValue(fault.index))")
  }

  func bound(_ index: Int32) -> Number? { index < 0 ? nil : program.bounds[Int(index)].number }

  func divisor(_ fault: Fault) -> Number {
    program.bounds[Int(program.numbers[Int(fault.record.number)].multipleOf)].number
  }

  func lengthWords(_ fault: Fault, _ length: Int, _ isShort: Bool) -> FaultWords {
    let checks = program.strings[Int(fault.record.string)]
    let words = isShort ? "at least \(characters(checks.minLength))" : "at most \(characters(checks.maxLength))"
    let found =
      isSecret(fault.index) ? "" : length == 0 ? ", found an empty string" : ", found \(characters(length))"
    return FaultWords("\(prefix(fault.index))expected \(words)\(found)")
  }

  private func characters(_ count: Int) -> String { "\(count) character\(count == 1 ? "" : "s")" }

  func pattern(_ fault: Fault) -> String {
    program.patterns[Int(program.strings[Int(fault.record.string)].pattern)].source
  }

  func formatWords(_ fault: Fault) -> FaultWords {
    guard let format = program.strings[Int(fault.record.string)].format else { return FaultWords("") }
    let expected = "expected the format \(format.rawValue), such as `\(format.example)`"
    return FaultWords("\(prefix(fault.index))\(expected)\(foundValue(fault.index))")
  }

  /// What a string must hold.
  func content(_ fault: Fault) -> String {
    let content = program.strings[Int(fault.record.string)].content
    return content == .json ? "JSON" : content == .base64 ? "Base64" : "JSON in Base64"
  }
}
