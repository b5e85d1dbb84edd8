/// The places under a container, and how edits change them.
extension Document {
  /// Whether any edit was made.
  public var hasEdits: Bool { nodes[0].flags.contains(.edited) }

  /// Notes that something at or below `id` differs from the source, and who made it so.
  mutating func markEdited(_ id: UInt32) {
    // A collection that an edit made is its maker's, whoever adds to it.
    let isMade = nodes[Int(id)].isContainer && nodes[Int(id)].flags.contains(.new)
    if !isMade || edits.authors[id] == nil { edits.authors[id] = author }
    var id = id
    while true {
      let wasEdited = nodes[Int(id)].flags.contains(.edited)
      nodes[Int(id)].flags.insert(.edited)
      if id == 0 { return }
      // What is above an edited node is edited too, unless it moved since.
      if wasEdited, nodes[Int(nodes[Int(id)].parent)].flags.contains(.edited) { return }
      id = nodes[Int(id)].parent
    }
  }

  /// Adds a node that has no bytes in the source.
  mutating func appendNew(_ kind: Node.Kind, style: Node.Style, parent: UInt32) -> UInt32 {
    var node = Node(kind: kind, style: style, start: 0, end: 0)
    node.flags = [.new, .edited]
    node.parent = parent
    nodes.append(node)
    let id = UInt32(nodes.count - 1)
    edits.authors[id] = author
    return id
  }

  /// Adds the node for a key.
  mutating func appendKey(_ key: String, parent: UInt32) -> UInt32 {
    let id = appendNew(.scalar, style: .plain, parent: parent)
    nodes[Int(id)].flags.insert(.key)
    nodes[Int(id)].keyHash = KeyHash.hash(key)
    edits.written[id] = WrittenScalar(value: .string(key), style: nil)
    noteKey(id, in: parent)
    return id
  }

  /// A key came into a mapping, or was renamed there.
  mutating func noteKey(_ key: UInt32, in mapping: UInt32) {
    guard nodes[Int(key)].flags.contains(.key) else { return }
    noteArrival(ofKeyWith: nodes[Int(key)].keyHash)
    guard keyTables[mapping] != nil else { return }
    edits.arrivedKeys[mapping, default: [:]][nodes[Int(key)].keyHash, default: []].append(key)
  }

  /// Adds the nodes of a value.
  mutating func build(_ value: Value, parent: UInt32) -> UInt32 {
    let containerStyle: Node.Style = format == .yaml ? .block : .flow
    switch value {
    case .array(let values):
      let id = appendNew(.sequence, style: containerStyle, parent: parent)
      var last: UInt32 = 0
      for value in values { link(build(value, parent: id), after: &last, in: id) }
      return id
    case .object(let object):
      let id = appendNew(.mapping, style: containerStyle, parent: parent)
      var last: UInt32 = 0
      for member in object.members {
        let key = appendKey(member.key, parent: id)
        link(key, after: &last, in: id)
        let value = build(member.value, parent: id)
        if value != key + 1 { edits.keys[value] = key }
        link(value, after: &last, in: id)
      }
      return id
    default:
      let id = appendNew(.scalar, style: .plain, parent: parent)
      edits.written[id] = WrittenScalar(value: value, style: nil)
      return id
    }
  }

  private mutating func link(_ id: UInt32, after last: inout UInt32, in container: UInt32) {
    if last == 0 { nodes[Int(container)].firstChild = id } else { nodes[Int(last)].next = id }
    last = id
  }

  /// Puts places, already linked to each other from `first` to `last`, into a container's chain.
  mutating func splice(
    first: UInt32, last: UInt32, into container: UInt32, at position: Position
  ) throws(Diagnostic) {
    let anchor: (previous: UInt32, leansForward: Bool)
    var wanted: UInt32?
    switch position == .sorted ? sortedPosition(of: first, in: container) : position {
    case .last, .sorted: anchor = (lastPlace(of: container), false)
    case .first:
      // After places that are vacant, so that what they held is skipped before the new text is written.
      anchor = (0, true)
    case .after(let node):
      anchor = (try place(of: node.raw, in: container), false)
    case .before(let node):
      let place = try place(of: key(of: node)?.raw ?? node.raw, in: container)
      anchor = (previousPlace(of: place, in: container), true)
      wanted = place
    }
    let (previous, leansForward) = anchor
    if previous == 0 {
      nodes[Int(last)].next = nodes[Int(container)].firstChild
      nodes[Int(container)].firstChild = first
    } else {
      nodes[Int(last)].next = nodes[Int(previous)].next
      nodes[Int(previous)].next = first
    }
    if let wanted { edits.earlyPlaces[wanted] = last }
    nodes[Int(first)].flags.insert(.inserted)
    nodes[Int(last)].flags.insert(.inserted)
    if leansForward { nodes[Int(first)].flags.insert(.leansForward) } else { edits.latePlaces[container] = last }
    markEdited(container)
  }

  /// Where a new member stands among sorted siblings.
  private func sortedPosition(of first: UInt32, in container: UInt32) -> Position {
    let container = NodeID(container)
    let isMapping = kind(of: container) == .mapping
    let siblings = isMapping ? entries(of: container) : items(of: container).map { (key: $0, value: $0) }
    let names = siblings.map { Array(keyText(of: $0.key).utf8) }
    guard names.count > 1, zip(names, names.dropFirst()).allSatisfy({ !$1.lexicographicallyPrecedes($0) }) else {
      return .last
    }
    let node = nodes[Int(first)].kind == .graft ? nodes[Int(first)].occupant : first
    let name = Array(keyText(of: NodeID(node)).utf8)
    let next = names.firstIndex { name.lexicographicallyPrecedes($0) }
    return next.map { .before(siblings[$0].value) } ?? .last
  }

  /// Before anything is changed: whether the neighbour that a position names is there, and is not what moves.
  func checkPosition(_ position: Position, in container: NodeID, moving node: NodeID? = nil) throws(Diagnostic) {
    switch position {
    case .first, .last, .sorted: return
    case .before(let neighbour), .after(let neighbour):
      if neighbour == node {
        throw Diagnostic(.editRefused, "an entry cannot be put beside itself", at: place(of: neighbour))
      }
      _ = try place(of: neighbour.raw, in: container.raw)
    }
  }

  private func place(of node: UInt32, in container: UInt32) throws(Diagnostic) -> UInt32 {
    guard nodes[Int(node)].parent == container, isPresent(node) else {
      throw Diagnostic(
        .editRefused, "the neighbour that was named for the new entry is not in that collection",
        at: place(of: NodeID(container)))
    }
    return edits.places[node] ?? node
  }

  private func lastPlace(of container: UInt32) -> UInt32 {
    // Places never leave their chain.
    var place = edits.latePlaces[container] ?? nodes[Int(container)].firstChild
    var last: UInt32 = 0
    while place != 0 {
      last = place
      place = nodes[Int(place)].next
    }
    return last
  }

  /// The place before a member, and before all that the member replaced; 0 where there is none.
  func previousPlace(of wanted: UInt32, in container: UInt32) -> UInt32 {
    var previous: UInt32 = 0
    var place = nodes[Int(container)].firstChild
    // Places never leave their chain.
    if let early = edits.earlyPlaces[wanted] {
      place = early
    } else if let sibling = originalSibling(before: wanted, in: container) {
      previous = sibling
      place = nodes[Int(sibling)].next
    }
    while place != 0, place != wanted {
      if !nodes[Int(place)].flags.contains(.replaced) { previous = place }
      place = nodes[Int(place)].next
    }
    return previous
  }

  /// The place before that of an original node, as the source has them; nil for a first one, and for what the source does not
  /// have. Complexity: O(depth).
  func originalSibling(before id: UInt32, in container: UInt32) -> UInt32? {
    let node = nodes[Int(id)]
    guard node.kind != .graft, node.flags.isDisjoint(with: [.new, .copied]) else { return nil }
    // Nodes stand in document order: right before this one stands the last thing in the sibling.
    var sibling = id - 1
    while sibling > container {
      let parent = edits.formerParents[sibling] ?? nodes[Int(sibling)].parent
      if parent == container { return sibling }
      sibling = parent
    }
    return nil
  }

  /// Adds a place through which `node` is reached from now on, and gives up the one it had.
  mutating func graft(_ node: UInt32, into container: UInt32) -> UInt32 {
    vacate(node, as: .moved)
    var place = Node(kind: .graft, style: .block, start: 0, end: 0)
    place.occupant = node
    place.parent = container
    nodes.append(place)
    let id = UInt32(nodes.count - 1)
    edits.places[node] = id
    if edits.formerParents[node] == nil { edits.formerParents[node] = nodes[Int(node)].parent }
    nodes[Int(node)].parent = container
    noteKey(node, in: container)
    return id
  }

  /// Marks the place where `node` stands as vacant.
  mutating func vacate(_ node: UInt32, as reason: Node.Flags) {
    let place = edits.places[node] ?? node
    nodes[Int(place)].flags.insert(place == node ? reason : reason == .moved ? .removed : reason)
    edits.authors[place] = author
  }
}
