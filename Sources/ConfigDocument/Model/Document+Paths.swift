extension Document {
  /// The value under a key that the mapping itself holds: merge keys are not looked through. Complexity: O(1) for a mapping
  /// that the source has with many keys, O(entries) for others.
  public func child(_ key: String, of mapping: NodeID) -> NodeID? {
    guard nodes[mapping.index].kind == .mapping else { return nil }
    let hash = KeyHash.hash(key)
    guard keyFilter.mayHold(hash) else { return nil }
    if let table = keyTables[mapping.raw] { return child(key, hash, of: mapping.raw, in: table) }
    var place = nodes[mapping.index].firstChild
    while place != 0 {
      let node = nodes[Int(place)]
      if node.keyHash == hash || node.kind == .graft, let id = occupant(of: place), isKey(id, key, hash) {
        return occupant(behind: place)
      }
      place = node.next
    }
    return nil
  }

  private func child(_ key: String, _ hash: UInt32, of mapping: UInt32, in table: KeyTable) -> NodeID? {
    func isWanted(_ node: UInt32) -> Bool {
      nodes[Int(node)].parent == mapping && occupant(of: edits.places[node] ?? node) == node && isKey(node, key, hash)
    }
    let found =
      table.key(withHash: hash, where: isWanted) ?? edits.arrivedKeys[mapping]?[hash]?.first(where: isWanted)
    return found.flatMap { occupant(behind: edits.places[$0] ?? $0) }
  }

  private func isKey(_ node: UInt32, _ key: String, _ hash: UInt32) -> Bool {
    nodes[Int(node)].keyHash == hash && nodes[Int(node)].flags.contains(.key) && hasText(node, key)
  }

  /// The node that stands at the first place behind `place` that is not vacant.
  private func occupant(behind place: UInt32) -> NodeID? {
    var next = nodes[Int(place)].next
    while next != 0 {
      if let node = occupant(of: next) { return NodeID(node) }
      next = nodes[Int(next)].next
    }
    return nil
  }

  /// The value that a reader sees under a key: through aliases, and in merged mappings where the mapping itself has
  /// none.
  public func effectiveChild(_ key: String, of mapping: NodeID) -> NodeID? {
    let mapping = resolved(mapping)
    if let own = child(key, of: mapping) { return own }
    guard format == .yaml, !properties.isEmpty else { return nil }
    for source in allMergedMappings(of: mapping) {
      if let found = child(key, of: source) { return found }
    }
    return nil
  }

  /// All mappings that are merged into this one, directly or through others, those that win first, without those that it
  /// stands in: data that held them would have no end.
  func allMergedMappings(of mapping: NodeID) -> [NodeID] {
    namedByMerges(in: mapping).filter { !isWithin(mapping.raw, $0.raw) }
  }

  /// Whether a mapping that this one stands in is to be merged into it.
  func mergesWhatHolds(_ mapping: NodeID) -> Bool {
    namedByMerges(in: mapping).contains { isWithin(mapping.raw, $0.raw) }
  }

  /// What the merge keys of a mapping name, directly or through others. Each is named once: a second time it could only repeat
  /// itself.
  private func namedByMerges(in mapping: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var known: Set = [mapping]
    var open = Array(mergedMappings(of: mapping).reversed())
    while let source = open.popLast() {
      guard known.insert(source).inserted else { continue }
      found.append(source)
      open += mergedMappings(of: source).reversed()
    }
    return found
  }

  /// The mappings that the mapping's merge keys name, those that win first.
  func mergedMappings(of mapping: NodeID) -> [NodeID] {
    var merged: [NodeID] = []
    for (key, value) in entries(of: mapping) where isMergeKey(key.raw) {
      let target = resolved(value)
      if nodes[target.index].kind == .mapping {
        merged.append(target)
      } else {
        merged += items(of: target).map(resolved).filter { nodes[$0.index].kind == .mapping }
      }
    }
    return merged
  }

  /// The node that a reader finds at a pointer, through aliases and merge keys on the way; the last step is not
  /// resolved. Indices are decimal, without leading zeros (RFC 6901, section 4).
  public func node(at pointer: Pointer, root: Int = 0) -> NodeID? {
    let roots = roots
    guard root < roots.count else { return nil }
    var node = roots[root]
    for token in pointer.tokens {
      let container = resolved(node)
      switch kind(of: container) {
      case .mapping:
        guard let child = effectiveChild(token, of: container) else { return nil }
        node = child
      case .sequence:
        guard let index = Int(token), index >= 0, String(index) == token, let item = item(index, of: container) else {
          return nil
        }
        node = item
      default: return nil
      }
    }
    return node
  }

  private func item(_ index: Int, of sequence: NodeID) -> NodeID? {
    var place = nodes[sequence.index].firstChild
    var remaining = index
    while place != 0 {
      if let node = occupant(of: place) {
        if remaining == 0 { return NodeID(node) }
        remaining -= 1
      }
      place = nodes[Int(place)].next
    }
    return nil
  }

  /// The pointer to the node within its document of the stream. Keys that are no scalars are shown as their text.
  /// Complexity: O(depth × siblings).
  public func pointer(to node: NodeID) -> Pointer {
    var tokens: [String] = []
    var node = node
    while let parent = parent(of: node) {
      if kind(of: parent) == .mapping {
        tokens.append(key(of: node).map { keyText(of: $0) } ?? keyText(of: node))
      } else {
        tokens.append(String(items(of: parent).firstIndex(of: node) ?? 0))
      }
      node = parent
    }
    return Pointer(tokens.reversed())
  }

  private func hasText(_ id: UInt32, _ text: String) -> Bool {
    if let written = edits.written[id] { return written.value.scalarText.hasSameBytes(as: text) }
    return withTextBytes(of: id) { $0.hasSameBytes(as: text) }
  }
}
