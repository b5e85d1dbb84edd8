extension ValueTree {
  /// The data of one document of a stream; a file without documents is null.
  ///
  /// - Parameter layer: the number that the nodes' origins carry.
  /// - Throws: `alias-expansion` where an alias contains itself, or aliases multiply a small text: by a million values or 64 MiB.
  /// - Complexity: O(nodes, with aliases expanded).
  public init(_ document: Document, root: Int = 0, layer: Int = 0) throws(Diagnostic) {
    self.init()
    let roots = document.roots
    nodes.reserveCapacity(document.nodes.count)
    origins.reserveCapacity(document.nodes.count)
    guard root < roots.count else {
      appendNode(Node(kind: .null), key: nil, keyHash: 0, origin: Origin(layer: UInt32(layer), node: NodeID(0)))
      return
    }
    var expansion = AliasExpansion(of: document)
    try append(roots[root], of: document, key: nil, layer: UInt32(layer), depth: 0, &expansion)
  }

  private mutating func append(
    _ node: NodeID, of document: Document, key: NodeID?, layer: UInt32, depth: Int, _ expansion: inout AliasExpansion
  ) throws(Diagnostic) {
    let target = document.resolved(node)
    if target != node, document.isWithin(node.raw, target.raw) {
      throw Diagnostic(
        .aliasExpansion, "the alias stands for a collection that contains it", at: document.place(of: node),
        hint: "data has no end then; write what is meant at its place")
    }
    guard expansion.take(document.nodes[target.index]), depth <= 2 * Document.maximumDepth else {
      throw Diagnostic(
        .aliasExpansion,
        "aliases multiply the text, by more than \(AliasExpansion.nodeBudget) values or \(AliasExpansion.byteBudget >> 20) MiB",
        at: document.place(of: expansion.outermost ?? node))
    }
    let isOutermost = target != node && expansion.outermost == nil
    if isOutermost { expansion.outermost = node }
    defer { if isOutermost { expansion.outermost = nil } }
    let keyText = key.map { document.keyText(of: $0, &expansion) }
    let keyRange = keyText.map { appendText($0.utf8) }
    let hash = keyText.map(KeyHash.hash) ?? 0
    let origin = Origin(layer: layer, node: node, key: key)
    switch document.kind(of: target) {
    case .mapping:
      let index = appendNode(Node(kind: .object), key: keyRange, keyHash: hash, origin: origin)
      let entries = document.effectiveEntries(of: target, &expansion)
      for entry in entries {
        try append(entry.value, of: document, key: entry.key, layer: layer, depth: depth + 1, &expansion)
      }
      close(index, count: entries.count)
    case .sequence:
      let index = appendNode(Node(kind: .array), key: keyRange, keyHash: hash, origin: origin)
      let items = document.items(of: target)
      for item in items {
        try append(item, of: document, key: nil, layer: layer, depth: depth + 1, &expansion)
      }
      close(index, count: items.count)
    default:
      appendScalar(document.scalarValue(of: target.raw), key: keyRange, keyHash: hash, origin: origin)
    }
  }

  private mutating func appendScalar(_ value: Value, key: TextRange?, keyHash: UInt32, origin: Origin) {
    switch value {
    case .bool(let flag): appendNode(Node(kind: .bool, isTrue: flag), key: key, keyHash: keyHash, origin: origin)
    case .number(let number):
      let text = appendText(number.spelling.utf8)
      appendNode(Node(kind: .number, text: text), key: key, keyHash: keyHash, origin: origin)
    case .string(let string):
      let text = appendText(string.utf8)
      appendNode(Node(kind: .string, text: text), key: key, keyHash: keyHash, origin: origin)
    default: appendNode(Node(kind: .null), key: key, keyHash: keyHash, origin: origin)
    }
  }
}
