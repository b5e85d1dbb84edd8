package import ConfigDocument

/// Changing the shape of a value while its entry, and what is in it, keep their comments.
extension WorkingSet {
  /// Takes what a container holds out of it, for a while.
  ///
  /// The held entries and items stand in a mapping beside the container until they are put somewhere else.
  package struct Held: Sendable {
    fileprivate var holder: NodeID
    package var contents: [(key: String?, node: NodeID)]
  }

  /// A key that stands in a document only while it is edited.
  static let holderKey = "cfgmigrate holder"

  /// Replaces the value at `node` by `replacement`, under the same entry, and gives what it held: the contents of a
  /// container, a copy of a scalar.
  package mutating func hollow(
    _ node: NodeID, in unit: Int, replacement: Value
  ) throws(Diagnostic) -> (container: NodeID, held: Held) {
    let document = document(of: unit)
    guard let parent = document.parent(of: node) else {
      throw failure(
        .conflict, "the whole document cannot change its shape", at: document.place(of: node))
    }
    let isMapping = document.kind(of: parent) == .mapping
    let holder = try edit(unit: unit) { document throws(Diagnostic) in
      isMapping
        ? try document.insert(.object(Object()), forKey: Self.holderKey, into: parent)
        : try document.insert(.object(Object()), into: parent)
    }
    var held = Held(holder: holder, contents: [])
    guard document.kind(of: node) != .scalar else {
      let copy = try edit(unit: unit) { document throws(Diagnostic) in
        try document.copy(node, toKey: "0", in: holder)
      }
      held.contents = [(nil, copy)]
      let container = try edit(unit: unit) { document throws(Diagnostic) in try document.set(node, to: replacement) }
      return (container, held)
    }
    try edit(unit: unit) { document throws(Diagnostic) in try document.giveLooseCommentsAway(of: node) }
    let entries: [(key: String?, node: NodeID)] =
      document.kind(of: node) == .mapping
      ? document.entries(of: node).map { (document.text(of: $0.key), $0.value) }
      : document.items(of: node).map { (nil, $0) }
    for (index, entry) in entries.enumerated() {
      try edit(unit: unit) { document throws(Diagnostic) in
        try document.move(entry.node, toKey: "\(index)", in: holder)
      }
      held.contents.append(entry)
    }
    let container = try edit(unit: unit) { document throws(Diagnostic) in try document.set(node, to: replacement) }
    return (container, held)
  }

  /// Removes the place where things were held, when all of them stand elsewhere.
  package mutating func finish(_ held: Held, in unit: Int) throws(Diagnostic) {
    try edit(unit: unit) { document throws(Diagnostic) in try document.remove(held.holder) }
  }

  package mutating func put(
    _ node: NodeID, key: String?, into container: NodeID, in unit: Int, at position: Position = .last
  ) throws(Diagnostic) {
    try edit(unit: unit) { document throws(Diagnostic) in
      if let key {
        try document.move(node, toKey: key, in: container, at: position)
      } else {
        try document.move(node, into: container, at: position)
      }
    }
  }
}
