import ConfigDocument

/// What is told of a fault to a person.
struct FaultWords {
  /// What is wrong, as half a sentence.
  var message: String
  /// What to do about it, where that is known.
  var hint: String?
  /// The edit that certainly makes it right, where there is one.
  var repair: Repair?

  init(_ message: String, hint: String? = nil, repair: Repair? = nil) {
    self.message = message
    self.hint = hint
    self.repair = repair
  }
}

extension Explanation {
  func words(of fault: Fault) -> FaultWords {
    let index = fault.index
    switch fault.kind {
    case .never: return FaultWords("\(subject(index)) is not allowed here")
    case .type: return typeWords(Wording.types(fault.record.types), fault.record.types, fault)
    case .types(let types, _, _):
      let set = types.compactMap(TypeSet.init(name:)).reduce(into: TypeSet()) { $0.formUnion($1) }
      return typeWords(types, set, fault)
    case .enumeration, .constant: return valueWords(allowedValues(fault), or: [], fault)
    case .alternatives(let values, let others, _): return valueWords(values, or: others, fault)
    case .not: return notWords(program.inPlace[Int(fault.record.inPlace)].not, index)
    case .range: return rangeWords(fault)
    case .multipleOf:
      return FaultWords("\(prefix(index))expected a multiple of \(divisor(fault).spelling)\(foundValue(index))")
    case .length(let found, let isShort): return lengthWords(fault, found, isShort)
    case .pattern:
      return FaultWords(
        "\(prefix(index))expected text that matches `\(Wording.pattern(pattern(fault)))`\(foundValue(index))")
    case .format: return formatWords(fault)
    case .content:
      return FaultWords("\(prefix(index))expected a string that holds \(content(fault))\(foundValue(index))")
    case .itemCount(let isFew):
      let checks = program.arrays[Int(fault.record.array)]
      return countWords(index, isFew, checks.minItems, checks.maxItems, "item")
    case .memberCount(let isFew):
      let checks = program.objects[Int(fault.record.object)]
      return countWords(index, isFew, checks.minProperties, checks.maxProperties, "key")
    case .contains(let found): return containsWords(fault, found)
    case .duplicateItem(let first, let second): return duplicateWords(first, second)
    case .excessItem:
      let allowed = Int(program.arrays[Int(fault.record.array)].prefix.count)
      return FaultWords("\(subject(index)) is too many: expected at most \(Wording.count(allowed, "item"))")
    case .unevaluatedItem: return FaultWords("\(subject(index)) is not allowed here")
    case .missing(let missing): return missingWords(missing, fault)
    case .dependent(let number, let missing): return dependentWords(number, missing)
    case .unknownKey(let unknown): return unknownKeyWords(unknown, fault.node)
    case .formsAtOnce(let held): return formsAtOnceWords(held, fault)
    case .missingOneOf(let keys, _):
      let groups = keys.map { Wording.names($0) }
      return FaultWords("\(subject(index)) lacks \(Wording.list(groups, "or")): one of them is needed")
    case .noForm(let keyword, let nearest, let near, _): return noFormWords(keyword, nearest, near, fault)
    case .limit(let limit): return FaultWords(Wording.message(limit, program))
    case .unexplained: return FaultWords("the document does not follow its schema")
    }
  }

  // MARK: Places and values

  func subject(_ index: Int) -> String {
    if index < 0 { return "the key `\(tree.string(tree.nodes[~index].key))`" }
    return Wording.subject(tree.pointer(to: index), of: index, in: tree)
  }

  /// `name: ` where the node has a name.
  func prefix(_ index: Int) -> String { index == 0 ? "" : "\(subject(index)): " }

  /// `, found …`, without the value where it may be a secret.
  func found(_ index: Int) -> String {
    if index < 0 { return "" }
    if isSecret(index) { return ", found \(Wording.kind(tree.nodes[index].kind)), which is not shown" }
    let kind = tree.nodes[index].kind == .string ? "the string " : ""
    return ", found \(kind)\(Wording.value(index, in: tree))"
  }

  /// As ``found(_:)``, where a value of the right type was expected.
  func foundValue(_ index: Int) -> String {
    if index < 0 { return "" }
    return isSecret(index) ? ", found another, which is not shown" : ", found \(Wording.value(index, in: tree))"
  }
}
