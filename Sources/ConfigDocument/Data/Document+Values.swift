extension Document {
  /// The data of the node: aliases expanded, merge keys applied, keys as text. An alias within what it stands for, and
  /// expansion beyond a million nodes or 64 MiB more than the document has, give null; ``ValueTree`` reports both.
  public func value(of node: NodeID) -> Value {
    var expansion = AliasExpansion(of: self)
    return value(of: node.raw, &expansion, depth: 0, isInKey: false)
  }

  /// A key as text: a scalar's own, or the data of a complex key, up to a hundred nodes of it. Complex keys within that are
  /// `{…}` or `[…]`: quoted in each other they would double with each level, and an alias may stand for what its key is in.
  public func keyText(of key: NodeID) -> String {
    let target = resolved(key)
    if let text = text(of: target) { return text }
    var expansion = AliasExpansion(nodes: 100)
    return value(of: target.raw, &expansion, depth: 0, isInKey: true).description
  }

  /// The text of a key, which is made once for all the places that aliases show it in.
  func keyText(of key: NodeID, _ expansion: inout AliasExpansion) -> String {
    if nodes[key.index].kind == .scalar { return keyText(of: key) }
    if let known = expansion.keyTexts[key.raw] { return known }
    let text = keyText(of: key)
    expansion.keyTexts[key.raw] = text
    return text
  }

  private func value(of id: UInt32, _ expansion: inout AliasExpansion, depth: Int, isInKey: Bool) -> Value {
    guard expansion.take(nodes[Int(id)]), depth <= 2 * Document.maximumDepth else { return .null }
    switch nodes[Int(id)].kind {
    case .alias:
      let target = resolved(NodeID(id)).raw
      if isWithin(id, target) { return .null }
      return value(of: target, &expansion, depth: depth + 1, isInKey: isInKey)
    case .sequence:
      return .array(children(of: id).map { value(of: $0, &expansion, depth: depth + 1, isInKey: isInKey) })
    case .mapping:
      let members = effectiveEntries(of: NodeID(id), &expansion, isInKey: isInKey).map { key, node in
        (
          key: isInKey ? shortKeyText(of: key) : keyText(of: key, &expansion),
          value: value(of: node.raw, &expansion, depth: depth + 1, isInKey: isInKey)
        )
      }
      return .object(Object(distinct: members))
    default:
      return scalarValue(of: id)
    }
  }

  /// A key within a complex key.
  private func shortKeyText(of key: NodeID) -> String {
    let target = resolved(key)
    return text(of: target) ?? (kind(of: target) == .mapping ? "{…}" : "[…]")
  }

  /// The entries that a reader sees: the mapping's own, then what its merge keys add.
  ///
  /// - Parameter isInKey: whether this is for the text of a key, in which complex keys are not quoted.
  ///
  /// Complexity: O(entries), also where merges name one mapping many times, or themselves.
  func effectiveEntries(
    of mapping: NodeID, _ expansion: inout AliasExpansion, isInKey: Bool = false
  ) -> [(key: NodeID, value: NodeID)] {
    func identity(of key: NodeID) -> KeyText {
      KeyText(isInKey ? shortKeyText(of: key) : keyText(of: key, &expansion))
    }
    let own = entries(of: mapping)
    guard format == .yaml, own.contains(where: { isMergeKey($0.key.raw) }) else { return own }
    var out = own.filter { !isMergeKey($0.key.raw) }
    var seen = Set(out.map { identity(of: $0.key) })
    for source in allMergedMappings(of: mapping) {
      for entry in entries(of: source)
      where !isMergeKey(entry.key.raw) && seen.insert(identity(of: entry.key)).inserted {
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
