/// What came to stand in a new collection, or out of one.
extension Reconciler {
  /// Where the new value is the old one in a new collection, or one that was within it, the node itself stays.
  ///
  /// - Returns: the node that stands there now; nil where it is neither.
  mutating func wrapped(_ node: NodeID, _ value: Value) throws(Diagnostic) -> NodeID? {
    let old = document.value(of: node)
    guard document.anchor(of: node) == nil, !sharesKeys(old, value) else { return nil }
    if let path = value.onlyPath(to: old), old != .null, !old.isEmptyCollection {
      let wrapper = document.wrap(node, in: value, at: path)
      return wrapper
    }
    guard old.onlyPath(to: value) != nil, value != .null, !value.isEmptyCollection,
      let inner = descendant(of: node, with: value)
    else { return nil }
    do throws(Diagnostic) { try document.unwrap(node, keeping: inner) } catch {
      if error.code == .editRefused { return nil }
      throw error
    }
    return try document.set(inner, to: value)
  }

  /// Objects with a key in common are one object that changed.
  private func sharesKeys(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.object(let x), .object(let y)): x.members.contains { y[$0.key] != nil }
    case (.array(let x), .array(let y)): !Set(x).isDisjoint(with: y)
    default: false
    }
  }

  private func descendant(of node: NodeID, with value: Value) -> NodeID? {
    var open = [node]
    while let node = open.popLast() {
      let members =
        document.kind(of: node) == .mapping ? document.entries(of: node).map(\.value) : document.items(of: node)
      if let found = members.first(where: { document.value(of: $0) == value }) { return found }
      open += members
    }
    return nil
  }

  /// Takes what is gone elsewhere into a new collection that has it as a member, under its old key or any.
  mutating func fill(_ new: NodeID, _ values: [Value], _ moved: inout Set<NodeID>) {
    switch document.kind(of: new) {
    case .mapping:
      for entry in document.entries(of: new) {
        let key = document.keyText(of: entry.key)
        if let source = source(of: entry.value, key: key, values, moved), take(source, key: key, for: entry.value) {
          moved.insert(source)
        } else {
          fill(entry.value, values, &moved)
        }
      }
    case .sequence:
      for item in document.items(of: new) {
        if let source = source(of: item, key: nil, values, moved), take(source, key: nil, for: item) {
          moved.insert(source)
        } else {
          fill(item, values, &moved)
        }
      }
    default: break
    }
  }

  /// The one thing that is gone and may be this: equal, and under the same key if it is a common value.
  private func source(of new: NodeID, key: String?, _ values: [Value], _ moved: Set<NodeID>) -> NodeID? {
    let value = document.value(of: new)
    let alike = gone.indices.filter {
      values[$0] == value && !moved.contains(gone[$0]) && document.isPresent(gone[$0].raw)
    }
    let named = alike.filter { document.key(of: gone[$0]).map { document.keyText(of: $0) } == key && key != nil }
    if named.count == 1 { return gone[named[0]] }
    return alike.count == 1 && !value.isTrivial ? gone[alike[0]] : nil
  }

  /// Moves a node to where a new one stands, which goes.
  private mutating func take(_ node: NodeID, key: String?, for new: NodeID) -> Bool {
    guard let container = document.parent(of: new) else { return false }
    let siblings =
      key != nil ? document.entries(of: container).map(\.value) : document.items(of: container)
    guard let index = siblings.firstIndex(of: new) else { return false }
    let position: Position = index > 0 ? .after(siblings[index - 1]) : .first
    var trial = document
    do throws(Diagnostic) {
      try trial.remove(new)
      if let key {
        try trial.move(node, toKey: key, in: container, at: position)
      } else {
        try trial.move(node, into: container, at: position)
      }
    } catch {
      return false
    }
    document = trial
    return true
  }
}

extension Value {
  fileprivate var isEmptyCollection: Bool { object?.isEmpty ?? array?.isEmpty ?? false }

  /// Where in a collection a value stands, if it does so once: the number of the member of each collection on the way.
  fileprivate func onlyPath(to value: Value) -> [Int]? {
    var found: [[Int]] = []
    look(for: value, [], &found)
    return found.count == 1 ? found[0] : nil
  }

  private func look(for value: Value, _ path: [Int], _ found: inout [[Int]]) {
    guard found.count < 2 else { return }
    let members: [Value] =
      switch self {
      case .array(let items): items
      case .object(let object): object.members.map(\.value)
      default: []
      }
    for (index, member) in members.enumerated() {
      if member == value { found.append(path + [index]) } else { member.look(for: value, path + [index], &found) }
    }
  }
}
