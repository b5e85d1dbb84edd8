import ConfigDocument

/// The forms that were tried of a value, none of which it has.
struct FormChoice {
  struct Branch {
    /// Its place in the list of forms.
    var number: Int
    var faults: [Fault] = []
  }

  /// What can be said of the value, so that one cause gives one report.
  enum Verdict {
    /// The form was found: what is wrong by it is what is wrong.
    case faults([Fault])
    /// No form takes a value of this type.
    case types([String])
    /// No form takes the value of this node; it is the value itself, or the key that tells the forms apart.
    case values([Value], node: Int)
    /// Each form is of a scalar and refuses this one: the values that would do, and what else would, in words.
    case alternatives([Value], or: [String])
    /// Each form lacks nothing but keys.
    case oneOfKeys([[String]])
    /// Several forms are equally near; this is the first of them.
    case undecided(Branch)
  }

  let branches: [Branch]
  let node: Int
}

/// Which form was meant: by type, then by the values that tell the forms apart, then by the least repair.
extension Explanation {
  func verdict(of choice: FormChoice) -> FormChoice.Verdict {
    let (branches, node) = (choice.branches, choice.node)
    // A form that wants another type was not meant, unless all do.
    let typed = branches.filter { branch in !branch.faults.contains { isOwnType($0, of: node) } }
    if typed.isEmpty { return .types(types(wantedBy: branches, of: node)) }
    if let alternatives = alternatives(branches, node) { return alternatives }
    if let values = values(of: typed, at: { $0.node == node && !$0.pointsAtKey }) { return .values(values, node: node) }
    return discriminated(typed, node)
  }

  private func types(wantedBy branches: [FormChoice.Branch], of node: Int) -> [String] {
    var types: [String] = []
    for branch in branches {
      for fault in branch.faults where isOwnType(fault, of: node) {
        switch fault.kind {
        case .type: types += Wording.types(fault.record.types).filter { !types.contains($0) }
        case .types(let expected, _, _): types += expected.filter { !types.contains($0) }
        default:
          let allowed = Set(allowedValues(fault).map(\.typeName))
          types += allowed.sorted().filter { !types.contains($0) }
        }
      }
    }
    return types.contains("number") ? types.filter { $0 != "integer" } : types
  }

  /// What a scalar could be, where each form says no more than one thing of it.
  private func alternatives(_ branches: [FormChoice.Branch], _ node: Int) -> FormChoice.Verdict? {
    guard branches.count > 1, ![.array, .object].contains(tree.nodes[node].kind) else { return nil }
    var values: [Value] = []
    var types: [String] = []
    var patterns: [String] = []
    var others: [String] = []
    for branch in branches {
      guard branch.faults.count == 1, branch.faults[0].node == node, !branch.faults[0].pointsAtKey else { return nil }
      switch finding(of: branch.faults[0]) {
      case .type(let expected, _): types += expected.filter { !types.contains($0) }
      case .value(let allowed): values += allowed.filter { !values.contains($0) }
      case .pattern(let pattern): patterns.append(pattern)
      case .format(let format): others.append("the format \(format)")
      default: return nil
      }
    }
    if values.isEmpty, others.isEmpty, patterns.isEmpty { return nil }
    // Beside values that are listed a long pattern mostly says the same in other letters.
    others += patterns.map {
      values.isEmpty || $0.utf8.count <= 40
        ? "text that matches `\(Wording.pattern($0))`" : "text of the schema's pattern"
    }
    // An integer is a number, too.
    if types.contains("number") { types.removeAll { $0 == "integer" } }
    if types.contains("boolean") { values.removeAll { $0 == "true" || $0 == "false" } }
    return .alternatives(
      values, or: others + types.flatMap { $0 == "boolean" ? ["true", "false"] : [Wording.type($0)] })
  }

  private func isOwnType(_ fault: Fault, of node: Int) -> Bool {
    guard fault.node == node, !fault.pointsAtKey else { return false }
    switch fault.kind {
    case .type, .types: return true
    case .enumeration, .constant, .alternatives:
      // Some scalars, where there is a list or a mapping.
      return isAboutValue(fault) && [.array, .object].contains(tree.nodes[node].kind) && allowsOnlyScalars(fault)
    default: return false
    }
  }

  /// The allowed values of all branches, where each refuses just one value at that place.
  private func values(of branches: [FormChoice.Branch], at isPlace: (Fault) -> Bool) -> [Value]? {
    var refusals: [Fault] = []
    for branch in branches {
      guard let refusal = branch.faults.first(where: { isPlace($0) && isAboutValue($0) }) else { return nil }
      refusals.append(refusal)
    }
    var out: [Value] = []
    for refusal in refusals { out += allowedValues(refusal).filter { !out.contains($0) } }
    return out.isEmpty ? nil : out
  }

  /// A member whose value only some forms take tells which were meant.
  private func discriminated(_ branches: [FormChoice.Branch], _ node: Int) -> FormChoice.Verdict {
    guard tree.nodes[node].kind == .object else { return nearest(branches, node) }
    for child in tree.children(of: node) {
      let refusing = branches.filter { branch in
        branch.faults.contains { $0.node == child && isAboutValue($0) && !$0.pointsAtKey }
      }
      if refusing.isEmpty { continue }
      if refusing.count < branches.count {
        // A form that does not know the key at all does not take its value.
        let taking = branches.filter { branch in !branch.faults.contains { $0.node == child } }
        if taking.isEmpty { continue }
        return taking.count == 1 ? .faults(taking[0].faults) : discriminated(taking, node)
      }
      if let values = values(of: branches, at: { $0.node == child && !$0.pointsAtKey }), values.count > 1 {
        return .values(values, node: child)
      }
    }
    return nearest(branches, node)
  }

  private func nearest(_ branches: [FormChoice.Branch], _ node: Int) -> FormChoice.Verdict {
    if branches.count == 1 { return .faults(branches[0].faults) }
    let sorted = branches.enumerated().map { (branch: $1, cost: cost(of: $1), offset: $0) }
      .sorted { ($0.cost, $0.offset) < ($1.cost, $1.offset) }
    let (best, least) = (sorted[0].branch, sorted[0].cost)
    let missing = sorted.compactMap { ownMissingKeys($0.branch, node) }
    if missing.count == sorted.count, sorted[sorted.count - 1].cost <= least + 2 { return .oneOfKeys(missing) }
    if sorted[1].cost > least + 1 { return .faults(best.faults) }
    let ties = sorted.dropFirst().filter { $0.cost <= least + 1 }
    if ties.allSatisfy({ saysTheSame($0.branch, best) }) { return .faults(best.faults) }
    // A slip in a key or a value that only one form can be made to fit with.
    if sorted[1].cost > least, best.faults.allSatisfy({ self.cost(of: $0) <= 1 }) { return .faults(best.faults) }
    return .undecided(best)
  }

  private func saysTheSame(_ one: FormChoice.Branch, _ other: FormChoice.Branch) -> Bool {
    one.faults.count == other.faults.count
      && zip(one.faults, other.faults).allSatisfy { words(of: $0).message == words(of: $1).message }
  }

  /// The keys that the node lacks, where the form asks for nothing else.
  private func ownMissingKeys(_ branch: FormChoice.Branch, _ node: Int) -> [String]? {
    guard branch.faults.count == 1, case .missing(let missing) = branch.faults[0].kind, branch.faults[0].node == node
    else { return nil }
    return missing.keys
  }

  /// Whether it says that a value is none of those allowed.
  private func isAboutValue(_ fault: Fault) -> Bool {
    switch fault.kind {
    case .enumeration: program.inPlace[Int(fault.record.inPlace)].enumeration.count > 0
    case .constant: true
    case .alternatives(let values, _, _): !values.isEmpty
    default: false
    }
  }
}
