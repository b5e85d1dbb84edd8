extension ValueTree {
  /// How the lists of two layers combine.
  public enum ListCombination: String, Sendable {
    case replace
    case append
  }

  /// The effective data of layers, later ones over earlier ones: objects are merged, all else is replaced.
  ///
  /// Members keep the place that the earliest layer gives them. Each node's origin is the one it had in its own tree, so give
  /// each layer's tree a number of its own.
  ///
  /// - Complexity: O(nodes × members with equal names).
  public init(layering layers: [ValueTree], lists: ListCombination) {
    self.init()
    guard !layers.isEmpty else { return }
    append(layers.map { Layer(tree: $0, index: 0) }, lists: lists, keyOwner: nil)
  }

  private struct Layer {
    var tree: ValueTree
    var index: Int
    var node: Node { tree.nodes[index] }
  }

  /// Appends what `layers`, lowest first, combine to.
  private mutating func append(_ layers: [Layer], lists: ListCombination, keyOwner: Layer?) {
    let top = layers[layers.count - 1]
    // Whatever is below a layer that is no object is hidden by it.
    let visible = layers.suffix(from: (layers.lastIndex { $0.node.kind != top.node.kind } ?? -1) + 1)
    let key = keyOwner.map { appendText($0.tree.bytes($0.node.key)) }
    let hash = keyOwner?.node.keyHash ?? 0
    switch top.node.kind {
    case .object where visible.count > 1:
      let index = appendNode(Node(kind: .object), key: key, keyHash: hash, origin: top.tree.origins[top.index])
      var count = 0
      for (position, layer) in visible.enumerated() {
        let earlier = visible.prefix(position)
        for child in layer.tree.children(of: layer.index)
        where !earlier.contains(where: { $0.tree.hasMember(like: child, of: layer.tree, in: $0.index) }) {
          let owner = Layer(tree: layer.tree, index: child)
          let members = visible.dropFirst(position).compactMap { other in
            other.tree.memberIndex(like: child, of: layer.tree, in: other.index).map {
              Layer(tree: other.tree, index: $0)
            }
          }
          append(members, lists: lists, keyOwner: owner)
          count += 1
        }
      }
      close(index, count: count)
    case .array where visible.count > 1 && lists == .append:
      let index = appendNode(Node(kind: .array), key: key, keyHash: hash, origin: top.tree.origins[top.index])
      var count = 0
      for layer in visible {
        for child in layer.tree.children(of: layer.index) {
          append([Layer(tree: layer.tree, index: child)], lists: lists, keyOwner: nil)
          count += 1
        }
      }
      close(index, count: count)
    default: copy(top, key: key, keyHash: hash, lists: lists)
    }
  }

  private mutating func copy(_ layer: Layer, key: TextRange?, keyHash: UInt32, lists: ListCombination) {
    var node = layer.node
    node.text = appendText(layer.tree.bytes(node.text))
    let index = appendNode(node, key: key, keyHash: keyHash, origin: layer.tree.origins[layer.index])
    for child in layer.tree.children(of: layer.index) {
      let owner = Layer(tree: layer.tree, index: child)
      append([owner], lists: lists, keyOwner: node.kind == .object ? owner : nil)
    }
    close(index, count: Int(node.count))
  }

  private func memberIndex(like member: Int, of other: ValueTree, in object: Int) -> Int? {
    let wanted = other.nodes[member]
    var child = object + 1
    while child < Int(nodes[object].end) {
      if nodes[child].keyHash == wanted.keyHash, bytes(nodes[child].key) == other.bytes(wanted.key) { return child }
      child = Int(nodes[child].end)
    }
    return nil
  }

  private func hasMember(like member: Int, of other: ValueTree, in object: Int) -> Bool {
    memberIndex(like: member, of: other, in: object) != nil
  }

  /// The tree under a path of keys: what a fragment file contributes at its address. Added keys have the root's origin.
  public func placed(at pointer: Pointer) -> ValueTree {
    var out = ValueTree()
    guard let origin = origins.first else { return self }
    var open: [Int] = []
    var keyRange: TextRange?
    var hash: UInt32 = 0
    for token in pointer.tokens {
      open.append(
        out.appendNode(
          Node(kind: .object), key: keyRange, keyHash: hash, origin: Origin(layer: origin.layer, node: origin.node)))
      keyRange = out.appendText(token.utf8)
      hash = KeyHash.hash(token)
    }
    out.copy(Layer(tree: self, index: 0), key: keyRange, keyHash: hash, lists: .replace)
    for index in open.reversed() { out.close(index, count: 1) }
    return out
  }
}
