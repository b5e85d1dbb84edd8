extension Document {
  /// The data of the node: aliases expanded, merge keys applied, keys as text. An alias within what it stands for, and
  /// expansion beyond a million nodes, give null; ``ValueTree`` reports both.
  public func value(of node: NodeID) -> Value {
    var budget = ValueTree.expansionBudget
    return value(of: node.raw, budget: &budget, depth: 0, isInKey: false)
  }

  /// A key as text: a scalar's own, or the data of a complex key, up to a hundred nodes of it. Complex keys within that are
  /// `{…}` or `[…]`: quoted in each other they would double with each level, and an alias may stand for what its key is in.
  public func keyText(of key: NodeID) -> String { keyText(of: key, isInKey: false) }

  private func keyText(of key: NodeID, isInKey: Bool) -> String {
    let target = resolved(key)
    if let text = text(of: target) { return text }
    if isInKey { return kind(of: target) == .mapping ? "{…}" : "[…]" }
    var budget = 100
    return value(of: target.raw, budget: &budget, depth: 0, isInKey: true).description
  }

  private func value(of id: UInt32, budget: inout Int, depth: Int, isInKey: Bool) -> Value {
    budget -= 1
    guard budget > 0, depth <= 2 * Document.maximumDepth else { return .null }
    switch nodes[Int(id)].kind {
    case .alias:
      return value(of: resolved(NodeID(id)).raw, budget: &budget, depth: depth + 1, isInKey: isInKey)
    case .sequence:
      return .array(children(of: id).map { value(of: $0, budget: &budget, depth: depth + 1, isInKey: isInKey) })
    case .mapping:
      let members = effectiveEntries(of: NodeID(id)).map { key, node in
        (
          key: keyText(of: key, isInKey: isInKey),
          value: value(of: node.raw, budget: &budget, depth: depth + 1, isInKey: isInKey)
        )
      }
      return .object(Object(unchecked: members))
    default:
      return scalarValue(of: id)
    }
  }

  /// The entries that a reader sees: the mapping's own, then what its merge keys add.
  ///
  /// Complexity: O(entries), also where merges name one mapping many times, or themselves.
  func effectiveEntries(of mapping: NodeID) -> [(key: NodeID, value: NodeID)] {
    let own = entries(of: mapping)
    guard format == .yaml, own.contains(where: { isMergeKey($0.key.raw) }) else { return own }
    var out = own.filter { !isMergeKey($0.key.raw) }
    var seen = Set(out.map { KeyText(keyText(of: $0.key)) })
    for source in allMergedMappings(of: mapping) {
      for entry in entries(of: source)
      where !isMergeKey(entry.key.raw) && seen.insert(KeyText(keyText(of: entry.key))).inserted {
        out.append(entry)
      }
    }
    return out
  }
}

/// A key that is equal to another only when its UTF-8 is.
private struct KeyText: Hashable {
  var bytes: [UInt8]
  init(_ text: String) { bytes = Array(text.utf8) }
}
