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
    nodes.reserveCapacity(layers.reduce(0) { $0 + $1.nodes.count })
    origins.reserveCapacity(layers.reduce(0) { $0 + $1.nodes.count })
    text.reserveCapacity(layers.reduce(0) { $0 + $1.text.count })
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

  /// Appends a node with all that it holds. Complexity: O(descendants and their text).
  private mutating func copy(_ layer: Layer, key: TextRange?, keyHash: UInt32) {
    let tree = layer.tree
    let source = layer.index..<Int(tree.nodes[layer.index].end)
    let (from, first) = (text.count, nodes.count)
    let stretch = tree.stretch(ofTextsIn: source)
    if let stretch { text.append(contentsOf: tree.text[stretch]) }
    nodes.append(contentsOf: tree.nodes[source])
    origins.append(contentsOf: tree.origins[source])
    nodes[first].key = TextRange(offset: 0, count: 0)
    for index in first..<nodes.count {
      nodes[index].end = UInt32(Int(nodes[index].end) + first - layer.index)
      if let stretch {
        nodes[index].text.move(by: from - stretch.lowerBound)
        nodes[index].key.move(by: from - stretch.lowerBound)
      } else {
        nodes[index].text = appendText(tree.bytes(nodes[index].text))
        nodes[index].key = appendText(tree.bytes(nodes[index].key))
      }
    }
    nodes[first].key = key ?? TextRange(offset: 0, count: 0)
    nodes[first].keyHash = keyHash
  }

  /// The stretch of the text that holds the texts of these nodes, the key of the first one left out; nil where they are so far
  /// apart that most of it would be something else.
  private func stretch(ofTextsIn nodes: Range<Int>) -> Range<Int>? {
    var (start, end, sum) = (Int.max, 0, 0)
    func include(_ range: TextRange) {
      guard range.count > 0 else { return }
      start = min(start, Int(range.offset))
      end = max(end, Int(range.offset) + Int(range.count))
      sum += Int(range.count)
    }
    for index in nodes {
      include(self.nodes[index].text)
      if index > nodes.lowerBound { include(self.nodes[index].key) }
    }
    guard start < end else { return 0..<0 }
    // Comments and blanks take their part of a file, too.
    return end - start <= 8 * sum + 256 ? start..<end : nil
  }
}

extension ValueTree.TextRange {
  fileprivate mutating func move(by distance: Int) {
    if count > 0 { offset = UInt32(Int(offset) + distance) }
  }
}
