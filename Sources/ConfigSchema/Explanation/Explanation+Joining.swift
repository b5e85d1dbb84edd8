import ConfigDocument

extension Explanation {
  /// Puts the faults from `start` on in the document's order, each once, and with slips of the pen joined: an unknown key
  /// beside a missing one of a similar name is one mistake.
  func join(_ found: inout [Fault], from start: Int) {
    guard found.count - start > 1 else { return }
    var out: [Fault] = []
    out.reserveCapacity(found.count - start)
    for fault in found[start...] where !out.contains(where: { saysTheSame($0, fault) }) { out.append(fault) }
    joinSlips(&out)
    joinSlipsOfForms(&out)
    found.removeSubrange(start...)
    found += out.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.node != b.node { return a.node < b.node }
      if a.pointsAtKey != b.pointsAtKey { return a.pointsAtKey }
      return left.offset < right.offset
    }.map(\.element)
  }

  private func saysTheSame(_ one: Fault, _ other: Fault) -> Bool {
    one.node == other.node && one.pointsAtKey == other.pointsAtKey && one.code == other.code
      && words(of: one).message == words(of: other).message
  }

  private func joinSlips(_ faults: inout [Fault]) {
    for index in faults.indices {
      guard case .unknownKey(var unknown) = faults[index].kind else { continue }
      let key = tree.string(tree.nodes[faults[index].node].key)
      for other in faults.indices where faults[other].node == unknown.object {
        guard case .missing(var missing) = faults[other].kind,
          let meant = SpellingSuggestion.closest(to: key, among: missing.keys)
        else { continue }
        unknown.meant = (meant, missing.keys)
        faults[index].kind = .unknownKey(unknown)
        missing.keys.removeAll { $0.utf8.elementsEqual(meant.utf8) }
        faults[other].kind = .missing(missing)
        break
      }
    }
    faults.removeAll { if case .missing(let missing) = $0.kind { missing.keys.isEmpty } else { false } }
  }

  /// As above, where one of several keys is missing.
  private func joinSlipsOfForms(_ faults: inout [Fault]) {
    for index in faults.indices {
      guard case .unknownKey(var unknown) = faults[index].kind else { continue }
      let key = tree.string(tree.nodes[faults[index].node].key)
      for other in faults.indices where faults[other].node == unknown.object {
        guard case .missingOneOf(let groups, let keyword) = faults[other].kind else { continue }
        let single = groups.filter { $0.count == 1 }.flatMap { $0 }
        guard let meant = SpellingSuggestion.closest(to: key, among: single) else { continue }
        unknown.meant = (meant, single)
        faults[index].kind = .unknownKey(unknown)
        faults[other].kind = .missingOneOf([], keyword)
        break
      }
    }
    faults.removeAll { if case .missingOneOf(let groups, _) = $0.kind { groups.isEmpty } else { false } }
  }
}
