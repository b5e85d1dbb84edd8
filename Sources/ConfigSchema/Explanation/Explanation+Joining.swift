import ConfigDocument

extension Explanation {
  /// In the document's order, each once, and with slips of the pen joined: an unknown key beside a missing one of a
  /// similar name is one mistake.
  func joined(_ all: [Violation]) -> [Violation] {
    var out: [Violation] = []
    for violation in all where !out.contains(where: { $0.saysTheSame(as: violation) }) { out.append(violation) }
    joinSlips(&out)
    return out.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.node != b.node { return a.node < b.node }
      if a.pointsAtKey != b.pointsAtKey { return a.pointsAtKey }
      return left.offset < right.offset
    }.map(\.element)
  }

  private func joinSlips(_ violations: inout [Violation]) {
    for index in violations.indices {
      guard case .unknownKey(let key, _) = violations[index].finding,
        let parent = violations[index].instance.parent
      else { continue }
      for other in violations.indices where violations[other].instance == parent {
        guard violations[other].code == .schemaRequired, case .missing(var keys) = violations[other].finding,
          let meant = SpellingSuggestion.closest(to: key, among: keys)
        else { continue }
        violations[index].finding = .unknownKey(key, closest: meant)
        violations[index].hint = "did you mean `\(meant)`, which is missing?"
        violations[index].cost = 1
        violations[index].repair = SpellingSuggestion.onlyClosest(to: key, among: keys).map(Repair.renameKey)
        keys.removeAll { $0.utf8.elementsEqual(meant.utf8) }
        violations[other].finding = .missing(keys: keys)
        violations[other].cost = 2 * keys.count
        if case .addMembers(let members)? = violations[other].repair {
          let rest = members.filter { $0.key != meant }
          violations[other].repair = .addMembers(rest)
          violations[other].hint = Self.advice(rest.map { KnownMember(member: $0, isDefault: false) })
        } else {
          // It spoke of the key that was meant, too.
          violations[other].hint = nil
        }
        let lack = "\(subject(violations[other].node)) lacks the key\(keys.count == 1 ? "" : "s")"
        violations[other].message = "\(lack) \(Wording.names(keys))"
        break
      }
    }
    violations.removeAll { $0.finding == .missing(keys: []) }
    joinSlipsOfForms(&violations)
  }

  /// As above, where one of several keys is missing.
  private func joinSlipsOfForms(_ violations: inout [Violation]) {
    for index in violations.indices {
      guard case .unknownKey(let key, _) = violations[index].finding, let parent = violations[index].instance.parent
      else { continue }
      for other in violations.indices where violations[other].instance == parent {
        guard case .missingOneOf(let groups) = violations[other].finding else { continue }
        let single = groups.filter { $0.count == 1 }.flatMap { $0 }
        guard let meant = SpellingSuggestion.closest(to: key, among: single) else { continue }
        violations[index].finding = .unknownKey(key, closest: meant)
        violations[index].hint = "did you mean `\(meant)`, which is missing?"
        violations[index].cost = 1
        violations[index].repair = SpellingSuggestion.onlyClosest(to: key, among: single).map(Repair.renameKey)
        violations[other].finding = .missingOneOf([])
        break
      }
    }
    violations.removeAll { $0.finding == .missingOneOf([]) }
  }
}

extension Violation {
  fileprivate func saysTheSame(as other: Violation) -> Bool {
    node == other.node && pointsAtKey == other.pointsAtKey && code == other.code && message == other.message
  }
}
