import ConfigDocument

/// What a repair would take: the measure by which one of several forms is chosen.
extension Explanation {
  func cost(of branch: FormChoice.Branch) -> Int { branch.faults.reduce(0) { $0 + cost(of: $1) } }

  func leastCost(of choice: FormChoice) -> Int {
    choice.branches.reduce(.max) { min($0, cost(of: $1)) }
  }

  func cost(of fault: Fault) -> Int {
    switch fault.kind {
    case .type: return costOfType(fault)
    case .types(_, _, let cost), .noForm(_, _, _, let cost): return cost
    case .enumeration, .constant, .alternatives: return closestValue(to: fault.index, in: fault) == nil ? 3 : 1
    case .missing(let missing): return 2 * missing.keys.count
    case .dependent(_, let missing): return 2 * missing.count
    case .unknownKey(let unknown): return unknown.meant == nil ? 3 : 1
    case .never, .excessItem, .unevaluatedItem, .formsAtOnce: return 3
    default: return 2
    }
  }

  private func costOfType(_ fault: Fault) -> Int {
    let kind = validity.kind(fault.index)
    if kind == .array || kind == .object { return 10 }
    if !isSecret(fault.index), coercion(fault.record.types, fault.index) != nil { return 1 }
    return fault.record.types.isDisjoint(with: [.null, .boolean, .integer, .number, .string]) ? 10 : 2
  }

  // MARK: Values

  /// The values that the keyword allows.
  func allowedValues(_ fault: Fault) -> [Value] {
    switch fault.kind {
    case .enumeration: return values(program.inPlace[Int(fault.record.inPlace)].enumeration)
    case .constant: return values(constantRun(fault))
    case .alternatives(let values, _, _): return values
    default: return []
    }
  }

  /// Whether none of the allowed values is a list or a mapping.
  func allowsOnlyScalars(_ fault: Fault) -> Bool {
    func areScalars(_ run: Run) -> Bool {
      run.indices.allSatisfy { ![.array, .object].contains(program.constantKeys[$0].kind) }
    }
    switch fault.kind {
    case .enumeration: return areScalars(program.inPlace[Int(fault.record.inPlace)].enumeration)
    case .constant: return areScalars(constantRun(fault))
    default: return allowedValues(fault).allSatisfy { $0.array == nil && $0.object == nil }
    }
  }

  private func constantRun(_ fault: Fault) -> Run {
    Run(start: Int(program.inPlace[Int(fault.record.inPlace)].constant), count: 1)
  }

  func values(_ run: Run) -> [Value] {
    program.constants[run.indices].map { program.documents[Int($0.document)].value(at: Int($0.node)) }
  }

  /// The allowed text that the node's is probably a slip for.
  func closestValue(to index: Int, in fault: Fault) -> String? {
    guard validity.kind(index) == .string else { return nil }
    let text = tree.string(validity.textRange(index))
    let closest = SpellingSuggestion.closest(to: text, among: allowedValues(fault).compactMap(\.string))
    // Where only numbers differ, as in `node21` and `node12`, it is no slip.
    return closest.flatMap { Self.withoutDigits($0) == Self.withoutDigits(text) ? nil : $0 }
  }

  private static func withoutDigits(_ text: String) -> [UInt8] { text.utf8.filter { !(0x30...0x39).contains($0) } }
}
