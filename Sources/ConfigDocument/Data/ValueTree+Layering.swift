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
  /// - Complexity: O(nodes).
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
      let groups = Self.members(of: visible)
      for members in groups { append(members, lists: lists, keyOwner: members[0]) }
      close(index, count: groups.count)
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
    default: copy(top, key: key, keyHash: hash)
    }
  }

  /// The members of objects by their keys, in the order in which the keys come first.
  private static func members(of objects: ArraySlice<Layer>) -> [[Layer]] {
    var groups: [[Layer]] = []
    var byHash: [UInt32: [Int]] = [:]
    for object in objects {
      let tree = object.tree
      var child = object.index + 1
      while child < Int(tree.nodes[object.index].end) {
        let hash = tree.nodes[child].keyHash
        let key = tree.bytes(tree.nodes[child].key)
        let known = byHash[hash]?.first { groups[$0][0].tree.bytes(groups[$0][0].node.key) == key }
        if let known {
          groups[known].append(Layer(tree: tree, index: child))
        } else {
          byHash[hash, default: []].append(groups.count)
          groups.append([Layer(tree: tree, index: child)])
        }
        child = Int(tree.nodes[child].end)
      }
    }
    return groups
  }

  /// Appends a node with all that it holds. Complexity: O(descendants).
  private mutating func copy(_ layer: Layer, key: TextRange?, keyHash: UInt32) {
    let tree = layer.tree
    let source = layer.index..<Int(tree.nodes[layer.index].end)
    let shift = nodes.count - layer.index
    for index in source {
      var node = tree.nodes[index]
      node.text = appendText(tree.bytes(node.text))
      if index == layer.index {
        node.key = key ?? TextRange(offset: 0, count: 0)
        node.keyHash = keyHash
      } else {
        node.key = appendText(tree.bytes(node.key))
      }
      node.end = UInt32(Int(node.end) + shift)
      nodes.append(node)
      origins.append(tree.origins[index])
    }
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
    out.copy(Layer(tree: self, index: 0), key: keyRange, keyHash: hash)
    for index in open.reversed() { out.close(index, count: 1) }
    return out
  }
}
