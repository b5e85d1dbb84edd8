extension ValueTree {
  /// A tree of a value that no document holds. Every node's origin is layer 0, node 0.
  public init(_ value: Value) {
    self.init()
    append(value, key: nil)
  }

  private mutating func append(_ value: Value, key: String?) {
    let origin = Origin(layer: 0, node: NodeID(0))
    let keyRange = key.map { appendText($0.utf8) }
    let hash = key.map(KeyHash.hash) ?? 0
    switch value {
    case .null: appendNode(Node(kind: .null), key: keyRange, keyHash: hash, origin: origin)
    case .bool(let flag): appendNode(Node(kind: .bool, isTrue: flag), key: keyRange, keyHash: hash, origin: origin)
    case .number(let number):
      let text = appendText(number.spelling.utf8)
      appendNode(Node(kind: .number, text: text), key: keyRange, keyHash: hash, origin: origin)
    case .string(let string):
      let text = appendText(string.utf8)
      appendNode(Node(kind: .string, text: text), key: keyRange, keyHash: hash, origin: origin)
    case .array(let values):
      let index = appendNode(Node(kind: .array), key: keyRange, keyHash: hash, origin: origin)
      for value in values { append(value, key: nil) }
      close(index, count: values.count)
    case .object(let object):
      let index = appendNode(Node(kind: .object), key: keyRange, keyHash: hash, origin: origin)
      for member in object.members { append(member.value, key: member.key) }
      close(index, count: object.count)
    }
  }

  /// Appends bytes to ``text`` and says where they stand.
  package mutating func appendText(_ bytes: some Sequence<UInt8>) -> TextRange {
    let offset = text.count
    text.append(contentsOf: bytes)
    return TextRange(offset: offset, count: text.count - offset)
  }

  /// Appends a node that ends where it starts; a container is closed by ``close(_:count:)`` when its children stand.
  ///
  /// - Parameter origin: nil in a tree that does not tell the origins of its nodes.
  @discardableResult
  package mutating func appendNode(_ node: Node, key: TextRange?, keyHash: UInt32, origin: Origin?) -> Int {
    var node = node
    node.key = key ?? TextRange(offset: 0, count: 0)
    node.keyHash = keyHash
    node.end = UInt32(nodes.count + 1)
    nodes.append(node)
    if let origin { origins.append(origin) }
    return nodes.count - 1
  }

  package mutating func close(_ index: Int, count: Int) {
    nodes[index].end = UInt32(nodes.count)
    nodes[index].count = UInt32(count)
  }
}
