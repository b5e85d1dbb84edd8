import ConfigDocument
import PatternMatching

extension Explanation {
  func explainNumber(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.numbers[Int(record.number)]
    let node = validity.node(index)
    var out: [Violation] = []
    let isLow =
      checks.minimum >= 0 && validity.order(node, checks.minimum) < 0
      || checks.exclusiveMinimum >= 0 && validity.order(node, checks.exclusiveMinimum) <= 0
    let isHigh =
      checks.maximum >= 0 && validity.order(node, checks.maximum) > 0
      || checks.exclusiveMaximum >= 0 && validity.order(node, checks.exclusiveMaximum) >= 0
    if isLow || isHigh {
      let low = checks.exclusiveMinimum >= 0 && (checks.minimum < 0 || validity.order(node, checks.minimum) >= 0)
      let high = checks.exclusiveMaximum >= 0 && (checks.maximum < 0 || validity.order(node, checks.maximum) <= 0)
      let keyword =
        isLow ? (low ? "exclusiveMinimum" : "minimum") : (high ? "exclusiveMaximum" : "maximum")
      let minimum = bound(checks.minimum) ?? bound(checks.exclusiveMinimum)
      let maximum = bound(checks.maximum) ?? bound(checks.exclusiveMaximum)
      out.append(
        violation(
          .schemaRange, at: index, of: record, keyword,
          "\(prefix(index))expected \(range(checks))\(foundValue(index))",
          finding: .bounds(minimum: minimum, maximum: maximum)))
    }
    if checks.multipleOf >= 0, !validity.isMultiple(node, of: checks.multipleOf) {
      let divisor = program.bounds[Int(checks.multipleOf)].number
      out.append(
        violation(
          .schemaMultipleOf, at: index, of: record, "multipleOf",
          "\(prefix(index))expected a multiple of \(divisor.spelling)\(foundValue(index))",
          finding: .multipleOf(divisor)))
    }
    return out
  }

  private func bound(_ index: Int32) -> Number? { index < 0 ? nil : program.bounds[Int(index)].number }

  private func range(_ checks: NumberChecks) -> String {
    let low =
      bound(checks.minimum).map { "at least \($0.spelling)" }
      ?? bound(checks.exclusiveMinimum).map { "more than \($0.spelling)" }
    let high =
      bound(checks.maximum).map { "at most \($0.spelling)" }
      ?? bound(checks.exclusiveMaximum).map { "less than \($0.spelling)" }
    return [low, high].compactMap { $0 }.joined(separator: " and ")
  }

  mutating func explainString(_ record: Subschema, _ index: Int) -> [Violation] {
    let checks = program.strings[Int(record.string)]
    let node = validity.node(index)
    var out: [Violation] = []
    if !validity.lengthHolds(checks, node.text) {
      let length = validity.length(node.text)
      let isShort = length < checks.minLength
      let words = isShort ? "at least \(characters(checks.minLength))" : "at most \(characters(checks.maxLength))"
      let text =
        isSecret(index) ? "" : length == 0 ? ", found an empty string" : ", found \(characters(length))"
      out.append(
        violation(
          .schemaLength, at: index, of: record, isShort ? "minLength" : "maxLength",
          "\(prefix(index))expected \(words)\(text)",
          finding: .length(
            minimum: checks.minLength == 0 ? nil : checks.minLength,
            maximum: checks.maxLength == .max ? nil : checks.maxLength, found: isSecret(index) ? 0 : length)))
    }
    if checks.pattern >= 0, !validity.matches(checks.pattern, node.text, index), validity.fault == nil {
      let pattern = program.patterns[Int(checks.pattern)].source
      out.append(
        violation(
          .schemaPattern, at: index, of: record, "pattern",
          "\(prefix(index))expected text that matches `\(Wording.pattern(pattern))`\(foundValue(index))",
          finding: .pattern(pattern)))
    }
    if let format = checks.format, !validity.formatHolds(checks, node) {
      out.append(
        violation(
          .schemaFormat, at: index, of: record, "format",
          "\(prefix(index))expected the format \(format.rawValue), such as `\(format.example)`\(foundValue(index))",
          finding: .format(format.rawValue)))
    }
    if !validity.contentHolds(checks, node) {
      let kind = checks.content == .json ? "JSON" : checks.content == .base64 ? "Base64" : "JSON in Base64"
      out.append(
        violation(
          .schemaFormat, at: index, of: record, checks.content == .json ? "contentMediaType" : "contentEncoding",
          "\(prefix(index))expected a string that holds \(kind)\(foundValue(index))", finding: .format(kind)))
    }
    return out
  }

  private func characters(_ count: Int) -> String { "\(count) character\(count == 1 ? "" : "s")" }
}
