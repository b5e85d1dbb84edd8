import ConfigDocument

extension OutputEvaluation {
  /// What a keyword with subschemas says; nil where the edition knows no such keyword.
  mutating func applicatorUnit(_ keyword: Keyword, faults: [Fault]) -> OutputUnit? {
    let record = keyword.record
    let checks = record.inPlace >= 0 ? program.inPlace[Int(record.inPlace)] : InPlace()
    switch keyword.name {
    case "$ref": return checks.reference < 0 ? nil : unit(of: checks.reference, at: keyword.index, via: keyword.path)
    case "$dynamicRef", "$recursiveRef":
      guard checks.dynamicFallback >= 0 else { return nil }
      return unit(of: explanation.validity.dynamicTarget(checks), at: keyword.index, via: keyword.path)
    case "allOf": return branchesUnit(keyword, checks.allOf) { held, count in held == count }
    case "anyOf": return branchesUnit(keyword, checks.anyOf) { held, _ in held > 0 }
    case "oneOf": return branchesUnit(keyword, checks.oneOf) { held, _ in held == 1 }
    case "not": return checks.not < 0 ? nil : notUnit(keyword, checks.not)
    case "if", "then", "else": return conditionUnit(keyword, checks)
    case "dependentSchemas", "dependencies": return dependentUnit(keyword)
    case "properties", "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties":
      return memberUnit(keyword)
    case "items", "prefixItems", "additionalItems", "contains", "unevaluatedItems": return itemUnit(keyword)
    default: return nil
    }
  }

  private mutating func branchesUnit(
    _ keyword: Keyword, _ run: Run, holds: (_ held: Int, _ count: Int) -> Bool
  ) -> OutputUnit? {
    guard run.count > 0 else { return nil }
    var out = bareUnit(keyword)
    for (number, branch) in run.indices.enumerated() {
      var branch = unit(of: program.lists[branch], at: keyword.index, via: keyword.path.appending(number))
      // A branch that was not taken tells nothing.
      if !branch.isValid, keyword.name != "allOf" { branch.dropAnnotations() }
      out.details.append(branch)
    }
    let held = out.details.count { $0.isValid }
    out.isValid = holds(held, out.details.count)
    if !out.isValid, held > 0, keyword.name == "oneOf" {
      out.error = "\(explanation.subject(keyword.index)) has \(held) of the forms of which it may have only one"
    }
    return out
  }

  private mutating func notUnit(_ keyword: Keyword, _ target: Int32) -> OutputUnit {
    var out = bareUnit(keyword)
    var inner = unit(of: target, at: keyword.index, via: keyword.path)
    inner.dropAnnotations()
    out.isValid = !inner.isValid
    if !out.isValid { out.error = explanation.notWords(target, keyword.index).message }
    out.details = [inner]
    return out
  }

  private mutating func conditionUnit(_ keyword: Keyword, _ checks: InPlace) -> OutputUnit? {
    guard checks.condition >= 0 else { return nil }
    var out = bareUnit(keyword)
    if keyword.name == "if" {
      var inner = unit(of: checks.condition, at: keyword.index, via: keyword.path)
      if !inner.isValid { inner.dropAnnotations() }
      out.details = [inner]
      return out
    }
    let target = keyword.name == "then" ? checks.consequence : checks.alternative
    guard target >= 0 else { return nil }
    let holds = explanation.validity.accepts(checks.condition, keyword.index)
    guard holds == (keyword.name == "then") else { return out }
    return unit(of: target, at: keyword.index, via: keyword.path)
  }

  private mutating func dependentUnit(_ keyword: Keyword) -> OutputUnit? {
    let schema = program.documents[Int(keyword.record.location.document)]
    guard schema.nodes[keyword.node].kind == .object else { return nil }
    var out = bareUnit(keyword)
    guard keyword.index >= 0 else { return out }
    for child in schema.children(of: keyword.node) {
      let key = schema.string(schema.nodes[child].key)
      guard schema.nodes[child].kind != .array, tree.member(key, of: keyword.index) != nil,
        let target = self.record(at: child, beside: keyword.record.location)
      else { continue }
      out.add(unit(of: target, at: keyword.index, via: keyword.path.appending(key)))
    }
    return out
  }
}
