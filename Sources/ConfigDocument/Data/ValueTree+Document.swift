extension ValueTree {
  /// The data of one document of a stream; a file without documents is null.
  ///
  /// - Parameter layer: the number that the nodes' origins carry.
  /// - Throws: `alias-expansion` where an alias contains itself, or aliases multiply a small text: by a million values or 64 MiB.
  /// - Complexity: O(nodes, with aliases expanded).
  public init(_ document: Document, root: Int = 0, layer: Int = 0) throws(Diagnostic) {
    try self.init(document, root: document.roots.dropFirst(root).first, layer: layer, at: Pointer())
  }

  /// The data of a node where a fragment of a configuration puts it: under the keys of `mount`, whose origin is the node.
  package init(_ document: Document, root: NodeID?, layer: Int, at mount: Pointer) throws(Diagnostic) {
    self.init()
    nodes.reserveCapacity(document.nodes.count + mount.tokens.count)
    origins.reserveCapacity(document.nodes.count + mount.tokens.count)
    // What is spelled out stands in the document's own bytes, and is not copied piece by piece.
    let isPlain = root != nil && document.isPlainData
    if isPlain { text = document.bytes } else { text.reserveCapacity(document.source.count) }
    let origin = Origin(layer: UInt32(layer), node: root ?? NodeID(0))
    var (key, hash): (TextRange?, UInt32) = (nil, 0)
    for token in mount.tokens {
      appendNode(Node(kind: .object), key: key, keyHash: hash, origin: origin)
      (key, hash) = (appendText(token.utf8), KeyHash.hash(token))
    }
    if let root {
      if isPlain {
        document.bytes.withBuffer { bytes in
          append(
            plain: root.raw, of: document, bytes, textStart: 0, key: key ?? TextRange(offset: 0, count: 0),
            keyHash: hash,
            origin: origin)
        }
      } else {
        var expansion = AliasExpansion(of: document)
        try append(root, of: document, key: key, keyHash: hash, origin: origin, depth: 0, &expansion)
      }
    } else {
      appendNode(Node(kind: .null), key: key, keyHash: hash, origin: origin)
    }
    for index in mount.tokens.indices { close(index, count: 1) }
  }

  // MARK: Documents in which nothing stands for anything else, whose bytes begin the text

  /// - Parameters:
  ///   - textStart: where the document's bytes begin in the text.
  ///   - origin: nil where origins are not told.
  mutating func append(
    plain id: UInt32, of document: Document, _ bytes: UnsafeBufferPointer<UInt8>, textStart: Int, key: TextRange,
    keyHash: UInt32, origin: Origin?
  ) {
    let node = document.nodes[Int(id)]
    guard node.isContainer else {
      return append(
        scalar: id, node, of: document, bytes, textStart: textStart, key: key, keyHash: keyHash, origin: origin)
    }
    let isMapping = node.kind == .mapping
    let index = appendNode(Node(kind: isMapping ? .object : .array), key: key, keyHash: keyHash, origin: origin)
    var count = 0
    var cursor = document.cursor(in: NodeID(id))
    if isMapping {
      while let (keyNode, child) = document.nextEntry(&cursor) {
        let (range, hash) = plainKey(keyNode.raw, of: document, bytes, textStart: textStart)
        append(
          plain: child.raw, of: document, bytes, textStart: textStart, key: range, keyHash: hash,
          origin: origin.map { Origin(layer: $0.layer, node: child, key: keyNode) })
        count += 1
      }
    } else {
      while let item = document.nextItem(&cursor) {
        append(
          plain: item.raw, of: document, bytes, textStart: textStart, key: TextRange(offset: 0, count: 0), keyHash: 0,
          origin: origin.map { Origin(layer: $0.layer, node: item) })
        count += 1
      }
    }
    close(index, count: count)
  }

  /// The key of an entry, and its hash.
  mutating func plainKey(
    _ id: UInt32, of document: Document, _ bytes: UnsafeBufferPointer<UInt8>, textStart: Int
  ) -> (TextRange, UInt32) {
    let node = document.nodes[Int(id)]
    if node.kind == .scalar, node.flags.isDisjoint(with: .notSpelledOut) {
      let content = ScalarSpan.content(of: node, in: bytes)
      return (TextRange(offset: textStart + content.lowerBound, count: content.count), node.keyHash)
    }
    let key = document.keyText(of: NodeID(id))
    return (appendText(key.utf8), KeyHash.hash(key))
  }

  private mutating func append(
    scalar id: UInt32, _ node: ConfigDocument.Node, of document: Document, _ bytes: UnsafeBufferPointer<UInt8>,
    textStart: Int, key: TextRange, keyHash: UInt32, origin: Origin?
  ) {
    if node.flags.isDisjoint(with: .notSpelledOut) {
      let content = ScalarSpan.content(of: node, in: bytes)
      let kind =
        node.style == .plain
        ? ScalarResolution.evidentKind(
          of: UnsafeBufferPointer(rebasing: bytes[content]),
          version: document.format == .yaml ? document.yamlVersion : .yaml12)
        : .string
      if let kind {
        let text =
          kind == .null
          ? TextRange(offset: 0, count: 0) : TextRange(offset: textStart + content.lowerBound, count: content.count)
        appendNode(Node(kind: kind, text: text), key: key, keyHash: keyHash, origin: origin)
        return
      }
    }
    appendScalar(document.scalarValue(of: id), key: key, keyHash: keyHash, origin: origin)
  }

  // MARK: Documents with aliases, tags or merge keys

  private mutating func append(
    _ node: NodeID, of document: Document, key: TextRange?, keyHash: UInt32, origin: Origin, depth: Int,
    _ expansion: inout AliasExpansion
  ) throws(Diagnostic) {
    let target = document.resolved(node)
    let isHeld = target != node && document.isWithin(node.raw, target.raw)
    if isHeld || document.kind(of: target) == .mapping && document.mergesWhatHolds(target) {
      let problem =
        isHeld
        ? "the alias stands for a collection that contains it" : "a mapping that contains this one is merged into it"
      throw Diagnostic(
        .aliasExpansion, problem, at: document.place(of: node),
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
    switch document.kind(of: target) {
    case .mapping:
      let index = appendNode(Node(kind: .object), key: key, keyHash: keyHash, origin: origin)
      let entries = document.effectiveEntries(of: target, &expansion)
      for entry in entries {
        let text = document.keyText(of: entry.key, &expansion)
        try append(
          entry.value, of: document, key: appendText(text.utf8), keyHash: KeyHash.hash(text),
          origin: Origin(layer: origin.layer, node: entry.value, key: entry.key), depth: depth + 1, &expansion)
      }
      close(index, count: entries.count)
    case .sequence:
      let index = appendNode(Node(kind: .array), key: key, keyHash: keyHash, origin: origin)
      let items = document.items(of: target)
      for item in items {
        try append(
          item, of: document, key: nil, keyHash: 0, origin: Origin(layer: origin.layer, node: item), depth: depth + 1,
          &expansion)
      }
      close(index, count: items.count)
    default:
      appendScalar(document.scalarValue(of: target.raw), key: key, keyHash: keyHash, origin: origin)
    }
  }

  private mutating func appendScalar(_ value: Value, key: TextRange?, keyHash: UInt32, origin: Origin?) {
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
