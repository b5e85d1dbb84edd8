/// Builds the arena from a parser's events, in document order, and finds duplicate keys as mappings close.
struct TreeBuilder {
  var nodes: [Node] = []
  /// Text that differs from the source's bytes: the scalars, in node order, and where theirs stands in `decodedText`.
  var decoded: [DecodedScalar] = []
  var decodedText: [UInt8] = []
  var properties: [UInt32: NodeProperties] = [:]

  /// A pair of equal keys in one mapping, if any was met: the first and the second.
  private(set) var duplicate: (first: UInt32, second: UInt32)?

  private var open: [OpenContainer] = []
  /// The keys of all open mappings, innermost last; a mapping's own start at its `firstKey`.
  private var keys: [UInt32] = []
  /// Their hashes, side by side: nearly every comparison ends here.
  private var hashes: [UInt32] = []
  private var slots: [UInt32] = []

  private struct OpenContainer {
    var node: UInt32
    var lastChild: UInt32 = 0
    var firstKey: Int
    var isMapping: Bool
    var expectsKey: Bool
  }

  var depth: Int { open.count }

  init(expectedNodes: Int) {
    nodes.reserveCapacity(expectedNodes)
  }

  /// Whether the next node is a key of a mapping.
  var expectsKey: Bool { open.last?.expectsKey ?? false }

  @discardableResult
  mutating func append(_ node: Node) -> UInt32 {
    var node = node
    let id = UInt32(nodes.count)
    if let last = open.indices.last {
      node.parent = open[last].node
      if open[last].lastChild == 0 {
        nodes[Int(open[last].node)].firstChild = id
      } else {
        nodes[Int(open[last].lastChild)].next = id
      }
      open[last].lastChild = id
      if open[last].isMapping {
        if open[last].expectsKey {
          node.flags.insert(.key)
          keys.append(id)
          hashes.append(node.payload)
        }
        open[last].expectsKey.toggle()
      }
    }
    nodes.append(node)
    return id
  }

  mutating func begin(_ node: Node) {
    let id = append(node)
    let isMapping = node.kind == .mapping
    open.append(OpenContainer(node: id, firstKey: keys.count, isMapping: isMapping, expectsKey: isMapping))
  }

  /// Closes the innermost container. `end` is nil for a block collection, which ends where its last child does.
  mutating func end(at end: Int?, in source: UnsafeBufferPointer<UInt8>) {
    let container = open.removeLast()
    if let end {
      nodes[Int(container.node)].end = UInt32(end)
    } else if container.lastChild != 0 {
      nodes[Int(container.node)].end = nodes[Int(container.lastChild)].end
    }
    if container.isMapping {
      if duplicate == nil { findDuplicate(from: container.firstKey, in: source) }
      keys.removeLast(keys.count - container.firstKey)
      hashes.removeLast(hashes.count - container.firstKey)
    }
  }

  private mutating func findDuplicate(from first: Int, in source: UnsafeBufferPointer<UInt8>) {
    let count = keys.count - first
    guard count > 1 else { return }
    if count <= 12 {
      for later in (first + 1)..<keys.count {
        let hash = hashes[later]
        for earlier in first..<later where hashes[earlier] == hash {
          guard sameKey(keys[earlier], keys[later], in: source) else { continue }
          duplicate = (keys[earlier], keys[later])
          return
        }
      }
      return
    }
    // Open addressing at half load: linear in the number of keys, whatever their hashes.
    var size = 32
    while size < count * 2 { size *= 2 }
    if slots.count < size { slots = Array(repeating: 0, count: size) } else { for i in 0..<size { slots[i] = 0 } }
    for index in first..<keys.count {
      var slot = Int(hashes[index] &* 0x9E37_79B1) & (size - 1)
      while slots[slot] != 0 {
        // A slot holds an index into `keys`, plus one.
        let earlier = Int(slots[slot]) - 1
        if hashes[earlier] == hashes[index], sameKey(keys[earlier], keys[index], in: source) {
          duplicate = (keys[earlier], keys[index])
          return
        }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = UInt32(index + 1)
    }
  }

  private func sameKey(_ a: UInt32, _ b: UInt32, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    let (left, right) = (nodes[Int(a)], nodes[Int(b)])
    guard left.payload == right.payload, left.kind == .scalar, right.kind == .scalar else { return false }
    // `1: a` and `"1": b` are two keys to YAML, but one to everything that reads JSON's data model: it counts as one.
    switch (decoded.text(of: a), decoded.text(of: b)) {
    case (nil, nil):
      return source[ScalarSpan.content(of: left, in: source)].elementsEqual(
        source[ScalarSpan.content(of: right, in: source)])
    case (let x?, nil): return decodedText[x].elementsEqual(source[ScalarSpan.content(of: right, in: source)])
    case (nil, let y?): return decodedText[y].elementsEqual(source[ScalarSpan.content(of: left, in: source)])
    case (let x?, let y?): return decodedText[x] == decodedText[y]
    }
  }
}

/// Where the decoded text of a scalar stands.
struct DecodedScalar {
  var node: UInt32
  var offset: UInt32
  var count: UInt32
  var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
}

extension [DecodedScalar] {
  /// Where the text of a scalar stands, if it is one of these. Complexity: O(log n); they are in node order.
  func text(of node: UInt32) -> Range<Int>? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].node == node ? self[low].range : nil
  }
}

/// The anchor and the tag of a node, resolved.
struct NodeProperties {
  var anchor: String?
  var tag: String?
  /// For an alias: the node that it stands for.
  var target: UInt32?
}
