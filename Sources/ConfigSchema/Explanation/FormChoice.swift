import ConfigDocument

/// Which of several forms was meant, so that one cause gives one report: by type, then by the values that tell the
/// forms apart, then by the least repair.
struct FormChoice {
  struct Branch {
    /// Its place in the list of forms.
    var number: Int
    var violations: [Violation]
    var cost: Int { violations.reduce(0) { $0 + $1.cost } }
  }

  enum Verdict {
    /// The form was found: what is wrong by it is what is wrong.
    case violations([Violation])
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
  let tree: ValueTree

  var verdict: Verdict {
    // A form that wants another type was not meant, unless all do.
    let typed = branches.filter { branch in !branch.violations.contains(where: isOwnType) }
    if typed.isEmpty {
      var types: [String] = []
      for violation in branches.flatMap(\.violations) where isOwnType(violation) {
        switch violation.finding {
        case .type(let expected, _): types += expected.filter { !types.contains($0) }
        case .value(let allowed): types += Set(allowed.map(\.typeName)).sorted().filter { !types.contains($0) }
        default: break
        }
      }
      return .types(types.contains("number") ? types.filter { $0 != "integer" } : types)
    }
    if let alternatives { return alternatives }
    if let values = values(of: typed, at: { $0.node == node && !$0.pointsAtKey }) { return .values(values, node: node) }
    return discriminated(typed)
  }

  /// What a scalar could be, where each form says no more than one thing of it.
  private var alternatives: Verdict? {
    guard branches.count > 1, ![.array, .object].contains(tree.nodes[node].kind) else { return nil }
    var values: [Value] = []
    var types: [String] = []
    var patterns: [String] = []
    var others: [String] = []
    for branch in branches {
      guard branch.violations.count == 1, branch.violations[0].node == node, !branch.violations[0].pointsAtKey
      else { return nil }
      switch branch.violations[0].finding {
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

  private func isOwnType(_ violation: Violation) -> Bool {
    guard violation.node == node, !violation.pointsAtKey else { return false }
    switch violation.finding {
    case .type: return true
    case .value(let allowed):
      // Some scalars, where there is a list or a mapping.
      return [.array, .object].contains(tree.nodes[node].kind)
        && allowed.allSatisfy { $0.array == nil && $0.object == nil }
    default: return false
    }
  }

  /// The allowed values of all branches, where each refuses just one value at that place.
  private func values(of branches: [Branch], at isPlace: (Violation) -> Bool) -> [Value]? {
    var out: [Value] = []
    for branch in branches {
      guard let refusal = branch.violations.first(where: { isPlace($0) && $0.isAboutValue }),
        case .value(let allowed) = refusal.finding
      else { return nil }
      out += allowed.filter { !out.contains($0) }
    }
    return out.isEmpty ? nil : out
  }

  /// A member whose value only some forms take tells which were meant.
  private func discriminated(_ branches: [Branch]) -> Verdict {
    guard tree.nodes[node].kind == .object else { return nearest(branches) }
    for child in tree.children(of: node) {
      let refusing = branches.filter { branch in
        branch.violations.contains { $0.node == child && $0.isAboutValue && !$0.pointsAtKey }
      }
      if refusing.isEmpty { continue }
      if refusing.count < branches.count {
        // A form that does not know the key at all does not take its value.
        let taking = branches.filter { branch in !branch.violations.contains { $0.node == child } }
        if taking.isEmpty { continue }
        return taking.count == 1 ? .violations(taking[0].violations) : discriminated(taking)
      }
      if let values = values(of: branches, at: { $0.node == child && !$0.pointsAtKey }), values.count > 1 {
        return .values(values, node: child)
      }
    }
    return nearest(branches)
  }

  /// The keys that the node lacks, where the form asks for nothing else.
  private func ownMissingKeys(_ branch: Branch) -> [String]? {
    guard branch.violations.count == 1, case .missing(let keys) = branch.violations[0].finding,
      branch.violations[0].node == node
    else { return nil }
    return keys
  }

  private func nearest(_ branches: [Branch]) -> Verdict {
    let sorted = branches.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element)
    let best = sorted[0]
    let missing = sorted.compactMap(ownMissingKeys)
    if sorted.count > 1, missing.count == sorted.count, sorted[sorted.count - 1].cost <= best.cost + 2 {
      return .oneOfKeys(missing)
    }
    if sorted.count == 1 || sorted[1].cost > best.cost + 1 { return .violations(best.violations) }
    let ties = sorted.filter { $0.cost <= best.cost + 1 }
    if ties.allSatisfy({ $0.violations.map(\.message) == best.violations.map(\.message) }) {
      return .violations(best.violations)
    }
    // A slip in a key or a value that only one form can be made to fit with.
    if sorted[1].cost > best.cost, best.violations.allSatisfy({ $0.cost <= 1 }) { return .violations(best.violations) }
    return .undecided(best)
  }
}

extension Violation {
  /// Whether it says that a value is none of those allowed.
  fileprivate var isAboutValue: Bool { if case .value = finding { true } else { false } }
}
