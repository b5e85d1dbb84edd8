/// What edits made of a node that the source has.
public enum NodeFate: Hashable, Sendable {
  /// It stands where it stood, with its value.
  case kept
  /// It stands elsewhere or under another key, with its value.
  case moved(EditAuthor)
  /// It has another value.
  case rewritten(EditAuthor)
  /// It is not there any more.
  case removed(EditAuthor)
  /// Something else stands in its place, or in that of a collection around it.
  case replaced(EditAuthor)
}

extension Document {
  /// The values of the source that are no collections, in the order of the text; keys are not among them.
  ///
  /// Complexity: O(n).
  public var sourceScalars: [NodeID] {
    nodes.indices.filter(isSourceScalar).map { NodeID(UInt32($0)) }
  }

  /// How many ``sourceScalars`` there are. Complexity: O(n).
  public var sourceScalarCount: Int { nodes.indices.count(where: isSourceScalar) }

  /// The values that are no collections, in the order in which a rendering has them: the first is the first of the
  /// ``sourceScalars`` of what is read from that, and so on.
  ///
  /// Complexity: O(n).
  package var scalarsAsRendered: [NodeID] {
    var found: [NodeID] = []
    var open = Array(children(of: 0).reversed())
    while let id = open.popLast() {
      let node = nodes[Int(id)]
      switch node.kind {
      case .scalar, .alias: if !node.flags.contains(.key) { found.append(NodeID(id)) }
      default: open += children(of: id).reversed()
      }
    }
    return found
  }

  /// What became of those ``sourceScalars`` that do not stand where they stood with their values, and how many do.
  ///
  /// Complexity: O(n), and O(depth) for each that does not.
  public var changedScalars: (kept: Int, changed: [(node: NodeID, fate: NodeFate)]) {
    guard hasEdits else { return (sourceScalarCount, []) }
    var kept = 0
    var changed: [(node: NodeID, fate: NodeFate)] = []
    // In the source a container stands before what is in it, and a key before its value.
    var isTouched = [Bool](repeating: false, count: nodes.count)
    for index in nodes.indices.dropFirst() {
      let node = nodes[index]
      let previous = nodes[index - 1].flags
      let hasOtherKey = previous.contains(.key) && !previous.isDisjoint(with: Node.Flags.vacant.union(.rewritten))
      isTouched[index] =
        isTouched[Int(node.parent)] || node.parent > index || hasOtherKey
        || !node.flags.isDisjoint(with: [.removed, .moved, .replaced, .rewritten])
      guard isSourceScalar(index) else { continue }
      let fate = isTouched[index] ? fate(of: NodeID(UInt32(index))) : .kept
      if fate == .kept { kept += 1 } else { changed.append((NodeID(UInt32(index)), fate)) }
    }
    return (kept, changed)
  }

  private func isSourceScalar(_ index: Int) -> Bool {
    let node = nodes[index]
    // What was imported has its bytes behind the source's.
    return (node.kind == .scalar || node.kind == .alias) && node.flags.isDisjoint(with: [.new, .copied, .key])
      && Int(node.start) <= source.count
  }

  /// What became of a node of the source; of several edits the one that changed most counts.
  ///
  /// Complexity: O(depth).
  public func fate(of node: NodeID) -> NodeFate {
    func author(_ id: UInt32) -> EditAuthor { edits.authors[id] ?? EditAuthor(rawValue: 0) }
    var moved: EditAuthor?
    var id = node.raw
    while id != 0 {
      let place = edits.places[id] ?? id
      let flags = nodes[Int(place)].flags
      if flags.contains(.removed) { return .removed(author(place)) }
      if flags.contains(.replaced) { return .replaced(author(place)) }
      if place != id || nodes[Int(id)].flags.contains(.moved) { moved = moved ?? author(id) }
      if let key = key(of: NodeID(id)), nodes[Int(key.raw)].flags.contains(.rewritten) {
        moved = moved ?? author(key.raw)
      }
      id = nodes[Int(id)].parent
    }
    if nodes[node.index].flags.contains(.rewritten) { return .rewritten(author(node.raw)) }
    return moved.map(NodeFate.moved) ?? .kept
  }
}
