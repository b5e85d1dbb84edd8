extension ValueTree {
  /// How the lists of two layers combine.
  public enum ListCombination: String, Sendable {
    case replace
    case append
  }

  /// What one of the layers brings.
  package enum Layer: Sendable {
    case tree(ValueTree)
    /// Of a document in which nothing stands for anything else: what is in it is taken from where it stands.
    case plain(PlainLayer)

    /// The data of a node where a fragment of a configuration puts it; see ``ValueTree/init(_:root:layer:at:)``.
    package init(_ document: Document, root: NodeID?, layer: Int, at mount: Pointer) throws(Diagnostic) {
      if let root, document.isPlainData {
        self = .plain(PlainLayer(document, root: root, number: layer, mount: mount))
      } else {
        self = .tree(try ValueTree(document, root: root, layer: layer, at: mount))
      }
    }

    /// Whether it is null as a whole, as an empty file is.
    package var isNull: Bool {
      switch self {
      case .tree(let tree): tree.nodes.first?.kind == .null
      case .plain(let layer):
        layer.mount.isRoot && layer.document.kind(of: layer.root) == .scalar
          && layer.document.kindOfScalar(layer.root.raw) == .null
      }
    }
  }

  /// A class, since a layer is looked at often: to copy a document costs as much as a short look.
  package final class PlainLayer: Sendable {
    fileprivate let document: Document
    fileprivate let root: NodeID
    fileprivate let number: Int
    fileprivate let mount: Pointer

    fileprivate init(_ document: Document, root: NodeID, number: Int, mount: Pointer) {
      self.document = document
      self.root = root
      self.number = number
      self.mount = mount
    }
  }

  /// The effective data of layers, later ones over earlier ones: objects are merged, all else is replaced.
  ///
  /// Members keep the place that the earliest layer gives them. Each node's origin is the one it had in its own tree, so give
  /// each layer's tree a number of its own.
  ///
  /// - Complexity: O(nodes).
  public init(layering layers: [ValueTree], lists: ListCombination) {
    self.init(layering: layers.map(Layer.tree), lists: lists)
  }

  /// - Parameter tellsOrigins: whether ``origins`` are known; there are none otherwise, which is enough to be judged.
  package init(layering layers: [Layer], lists: ListCombination, tellsOrigins: Bool = true) {
    guard !layers.isEmpty else {
      self.init()
      return
    }
    var combination = LayerCombination(layers, lists: lists, tellsOrigins: tellsOrigins)
    combination.append(
      layers.indices.map { combination.root(ofLayer: $0) }, key: TextRange(offset: 0, count: 0), hash: 0)
    self = combination.tree
  }
}

/// Combines layers: what only one of them has is taken as a whole.
private struct LayerCombination {
  private(set) var tree = ValueTree()
  private let layers: [ValueTree.Layer]
  /// For each layer, where its text begins in that of all.
  private var texts: [Int] = []
  private let lists: ValueTree.ListCombination
  private let tellsOrigins: Bool

  /// Something that a layer has.
  struct Place {
    var layer: Int
    /// Of a document: how many keys of its mount stand around it.
    var depth = 0
    var node: Int
    /// Of a document: the node of its key; 0 for an item and for the root.
    var key: UInt32 = 0
  }

  private struct Member {
    var key: ValueTree.TextRange
    var hash: UInt32
    var places: [Place]
  }

  init(_ layers: [ValueTree.Layer], lists: ValueTree.ListCombination, tellsOrigins: Bool) {
    self.layers = layers
    self.lists = lists
    self.tellsOrigins = tellsOrigins
    texts.reserveCapacity(layers.count)
    var (nodeCount, textCount) = (0, 0)
    for layer in layers {
      texts.append(textCount)
      switch layer {
      case .tree(let tree):
        nodeCount += tree.nodes.count
        textCount += tree.text.count
      case .plain(let layer):
        nodeCount += layer.document.nodes.count + layer.mount.tokens.count
        textCount += layer.document.bytes.count
      }
    }
    tree.nodes.reserveCapacity(nodeCount)
    if tellsOrigins { tree.origins.reserveCapacity(nodeCount) }
    tree.text.reserveCapacity(textCount + textCount / 64)
    for layer in layers {
      switch layer {
      case .tree(let tree): self.tree.text += tree.text
      case .plain(let layer): tree.text += layer.document.bytes
      }
    }
  }

  func root(ofLayer layer: Int) -> Place {
    switch layers[layer] {
    case .tree: Place(layer: layer, node: 0)
    case .plain(let plain): Place(layer: layer, node: plain.root.index)
    }
  }

  /// Appends what the places, of the lowest layer first, combine to.
  mutating func append(_ places: [Place], key: ValueTree.TextRange, hash: UInt32) {
    let top = places[places.count - 1]
    let kind = kind(of: top)
    // Whatever is below a layer that is no object is hidden by it.
    let visible = places.suffix(from: (places.lastIndex { self.kind(of: $0) != kind } ?? -1) + 1)
    switch kind {
    case .object where visible.count > 1:
      let index = tree.appendNode(ValueTree.Node(kind: .object), key: key, keyHash: hash, origin: origin(of: top))
      let members = members(of: visible)
      for member in members { append(member.places, key: member.key, hash: member.hash) }
      tree.close(index, count: members.count)
    case .array where visible.count > 1 && lists == .append:
      let index = tree.appendNode(ValueTree.Node(kind: .array), key: key, keyHash: hash, origin: origin(of: top))
      let items = visible.flatMap { self.items(of: $0) }
      for item in items { append(item, key: ValueTree.TextRange(offset: 0, count: 0), hash: 0) }
      tree.close(index, count: items.count)
    default: append(top, key: key, hash: hash)
    }
  }

  // MARK: What the layers have

  private func kind(of place: Place) -> ValueTree.Kind {
    switch layers[place.layer] {
    case .tree(let tree): return tree.nodes[place.node].kind
    case .plain(let layer):
      if place.depth < layer.mount.tokens.count { return .object }
      switch layer.document.nodes[place.node].kind {
      case .mapping: return .object
      case .sequence: return .array
      // Scalars of all types give way as a whole.
      default: return .null
      }
    }
  }

  private func origin(of place: Place) -> ValueTree.Origin? {
    guard tellsOrigins else { return nil }
    switch layers[place.layer] {
    case .tree(let tree): return tree.origins[place.node]
    case .plain(let layer):
      return ValueTree.Origin(
        layer: UInt32(layer.number), node: NodeID(place.node), key: place.key == 0 ? nil : NodeID(place.key))
    }
  }

  private func items(of place: Place) -> [Place] {
    switch layers[place.layer] {
    case .tree(let tree): tree.children(of: place.node).map { Place(layer: place.layer, node: $0) }
    case .plain(let layer):
      layer.document.items(of: NodeID(place.node)).map { Place(layer: place.layer, depth: place.depth, node: $0.index) }
    }
  }

  /// The members of objects by their keys, in the order in which the keys come first.
  private mutating func members(of objects: ArraySlice<Place>) -> [Member] {
    var members: [Member] = []
    var byHash: [UInt32: [Int]] = [:]
    for object in objects {
      for member in ownMembers(of: object) {
        let known = byHash[member.hash]?.first { tree.bytes(members[$0].key) == tree.bytes(member.key) }
        if let known {
          members[known].places += member.places
        } else {
          byHash[member.hash, default: []].append(members.count)
          members.append(member)
        }
      }
    }
    return members
  }

  private mutating func ownMembers(of object: Place) -> [Member] {
    let textStart = texts[object.layer]
    switch layers[object.layer] {
    case .tree(let source):
      return source.children(of: object.node).map { child in
        Member(
          key: source.nodes[child].key.moved(by: textStart), hash: source.nodes[child].keyHash,
          places: [Place(layer: object.layer, node: child)])
      }
    case .plain(let layer) where object.depth < layer.mount.tokens.count:
      let token = layer.mount.tokens[object.depth]
      let place = Place(layer: object.layer, depth: object.depth + 1, node: layer.root.index)
      return [Member(key: tree.appendText(token.utf8), hash: KeyHash.hash(token), places: [place])]
    case .plain(let layer):
      var members: [Member] = []
      var cursor = layer.document.cursor(in: NodeID(object.node))
      while let (key, value) = layer.document.nextEntry(&cursor) {
        let (range, hash) = layer.document.bytes.withBuffer {
          tree.plainKey(key.raw, of: layer.document, $0, textStart: textStart)
        }
        let place = Place(layer: object.layer, depth: object.depth, node: value.index, key: key.raw)
        members.append(Member(key: range, hash: hash, places: [place]))
      }
      return members
    }
  }

  // MARK: Taking something as a whole

  /// Complexity: O(descendants).
  private mutating func append(_ place: Place, key: ValueTree.TextRange, hash: UInt32) {
    let textStart = texts[place.layer]
    switch layers[place.layer] {
    case .tree(let source):
      let nodes = place.node..<Int(source.nodes[place.node].end)
      let first = tree.nodes.count
      tree.nodes.append(contentsOf: source.nodes[nodes])
      if tellsOrigins { tree.origins.append(contentsOf: source.origins[nodes]) }
      for index in first..<tree.nodes.count {
        tree.nodes[index].end = UInt32(Int(tree.nodes[index].end) + first - place.node)
        tree.nodes[index].text = tree.nodes[index].text.moved(by: textStart)
        tree.nodes[index].key = tree.nodes[index].key.moved(by: textStart)
      }
      tree.nodes[first].key = key
      tree.nodes[first].keyHash = hash
    case .plain(let layer):
      let origin = origin(of: place)
      let first = tree.nodes.count
      let around = layer.mount.tokens.dropFirst(place.depth)
      var (key, hash) = (key, hash)
      for token in around {
        tree.appendNode(ValueTree.Node(kind: .object), key: key, keyHash: hash, origin: origin)
        (key, hash) = (tree.appendText(token.utf8), KeyHash.hash(token))
      }
      layer.document.bytes.withBuffer { bytes in
        tree.append(
          plain: UInt32(place.node), of: layer.document, bytes, textStart: textStart, key: key, keyHash: hash,
          origin: origin)
      }
      for index in around.indices { tree.close(first + index - around.startIndex, count: 1) }
    }
  }
}

extension ValueTree.TextRange {
  fileprivate func moved(by distance: Int) -> Self {
    count > 0 ? Self(offset: Int(offset) + distance, count: Int(count)) : self
  }
}
