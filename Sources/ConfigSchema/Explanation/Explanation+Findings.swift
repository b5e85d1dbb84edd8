import ConfigDocument

/// What programs are told of a fault.
extension Explanation {
  func finding(of fault: Fault) -> Violation.Finding {
    switch fault.kind {
    case .type:
      return .type(expected: Wording.types(fault.record.types), found: typeName(validity.node(fault.index)))
    case .types(let types, _, _): return .type(expected: types, found: typeName(validity.node(fault.node)))
    case .enumeration, .constant:
      let allowed = allowedValues(fault)
      return allowed.isEmpty ? .forms([], matched: 0) : .value(allowed: allowed)
    case .alternatives(let values, let others, _):
      return values.isEmpty ? .forms(others, matched: 0) : .value(allowed: values)
    case .range:
      let checks = program.numbers[Int(fault.record.number)]
      return .bounds(
        minimum: bound(checks.minimum) ?? bound(checks.exclusiveMinimum),
        maximum: bound(checks.maximum) ?? bound(checks.exclusiveMaximum))
    case .multipleOf: return .multipleOf(divisor(fault))
    case .length(let found, _):
      let checks = program.strings[Int(fault.record.string)]
      return .length(
        minimum: checks.minLength == 0 ? nil : checks.minLength,
        maximum: checks.maxLength == .max ? nil : checks.maxLength, found: isSecret(fault.index) ? 0 : found)
    case .pattern: return .pattern(pattern(fault))
    case .format: return .format(program.strings[Int(fault.record.string)].format?.rawValue ?? "")
    case .content: return .format(content(fault))
    case .itemCount:
      let checks = program.arrays[Int(fault.record.array)]
      return count(fault, checks.minItems, checks.maxItems)
    case .memberCount:
      let checks = program.objects[Int(fault.record.object)]
      return count(fault, checks.minProperties, checks.maxProperties)
    case .contains(let found):
      let checks = program.arrays[Int(fault.record.array)]
      return .count(
        minimum: checks.minContains, maximum: checks.maxContains == .max ? nil : checks.maxContains, found: found)
    case .duplicateItem(let first, let second):
      return .duplicateItem(first: ordinal(of: first), second: ordinal(of: second))
    case .excessItem: return .excessItem(allowed: Int(program.arrays[Int(fault.record.array)].prefix.count))
    case .unevaluatedItem(let ordinal): return .excessItem(allowed: ordinal)
    case .missing(let missing): return .missing(keys: missing.keys)
    case .dependent(_, let missing): return .missing(keys: missing)
    case .missingOneOf(let groups, _): return .missingOneOf(groups)
    case .unknownKey(let unknown):
      return .unknownKey(tree.string(tree.nodes[fault.node].key), closest: unknown.meant?.key)
    case .formsAtOnce(let held): return .forms(formNames(.oneOf, fault.record), matched: held.count)
    case .noForm(let keyword, _, _, _): return .forms(formNames(keyword, fault.record), matched: 0)
    case .never, .not, .limit, .unexplained: return .other
    }
  }

  private func count(_ fault: Fault, _ minimum: Int, _ maximum: Int) -> Violation.Finding {
    .count(
      minimum: minimum == 0 ? nil : minimum, maximum: maximum == .max ? nil : maximum,
      found: Int(tree.nodes[fault.index].count))
  }

  private func typeName(_ node: ValueTree.Node) -> String {
    switch node.kind {
    case .null: "null"
    case .bool: "boolean"
    case .number: validity.isInteger(node, bySpelling: false) ? "integer" : "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The keyword that was violated; empty where none was.
  func keyword(of fault: Fault) -> String {
    switch fault.kind {
    case .never, .limit, .unexplained: return ""
    case .type: return "type"
    case .enumeration: return "enum"
    case .constant: return "const"
    case .not: return "not"
    case .range(isLow: true, let isExclusive): return isExclusive ? "exclusiveMinimum" : "minimum"
    case .range(isLow: false, let isExclusive): return isExclusive ? "exclusiveMaximum" : "maximum"
    case .multipleOf: return "multipleOf"
    case .length(_, let isShort): return isShort ? "minLength" : "maxLength"
    case .pattern: return "pattern"
    case .format: return "format"
    case .content:
      return program.strings[Int(fault.record.string)].content == .json ? "contentMediaType" : "contentEncoding"
    case .itemCount(let isFew): return isFew ? "minItems" : "maxItems"
    case .memberCount(let isFew): return isFew ? "minProperties" : "maxProperties"
    case .contains(let found):
      let least = program.arrays[Int(fault.record.array)].minContains
      return found >= least ? "maxContains" : least == 1 ? "contains" : "minContains"
    case .duplicateItem: return "uniqueItems"
    case .excessItem: return program.arrays[Int(fault.record.array)].restIsAdditional ? "additionalItems" : "items"
    case .unevaluatedItem: return "unevaluatedItems"
    case .missing: return "required"
    case .dependent:
      let schema = program.documents[Int(fault.record.location.document)]
      let isNew = schema.member("dependentRequired", of: Int(fault.record.location.node)) != nil
      return isNew ? "dependentRequired" : "dependencies"
    case .unknownKey(let unknown): return unknown.keyword.rawValue
    case .formsAtOnce: return Fault.FormKeyword.oneOf.rawValue
    case .types(_, let keyword, _), .alternatives(_, _, let keyword), .missingOneOf(_, let keyword),
      .noForm(let keyword, _, _, _):
      return keyword.rawValue
    }
  }
}
