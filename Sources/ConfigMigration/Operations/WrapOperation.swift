package import ConfigDocument

/// `wrap`: puts a value into a list or mapping of its own, under the same key.
package struct WrapOperation: OperationBody {
  package var path: AddressPattern
  package var shape: Shape

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    shape = try Shape(reading: &fields)
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .value, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let value = set.document(of: unit).value(of: match.node)
      switch (shape, value) {
      case (.list, .array): return
      case (.mapping(let key), .object(let object)) where object[key] != nil: return
      case (_, .array(let items)) where !items.isEmpty: break
      case (_, .object(let object)) where !object.isEmpty: break
      default:
        try wrapScalar(match.node, in: unit, of: &set)
        return
      }
      try wrapContainer(match.node, in: unit, of: &set)
    }
  }

  /// A copy of the scalar, with its spelling, goes inside; the comments stay with the entry.
  private func wrapScalar(_ node: NodeID, in unit: Int, of set: inout WorkingSet) throws(Diagnostic) {
    let empty: Value = shape == .list ? .array([]) : .object(Object())
    let (container, held) = try set.hollow(node, in: unit, replacement: empty)
    for (_, copy) in held.contents {
      let key: String? = if case .mapping(let key) = shape { key } else { nil }
      try set.put(copy, key: key, into: container, in: unit)
    }
    try set.finish(held, in: unit)
  }

  private func wrapContainer(_ node: NodeID, in unit: Int, of set: inout WorkingSet) throws(Diagnostic) {
    let empty: Value = set.document(of: unit).kind(of: node) == .mapping ? .object(Object()) : .array([])
    let replacement: Value =
      switch shape {
      case .list: .array([empty])
      case .mapping(let key): .object(Object([(key, empty)]))
      }
    let (outer, held) = try set.hollow(node, in: unit, replacement: replacement)
    let document = set.document(of: unit)
    let inner =
      switch shape {
      case .list: document.items(of: outer).first
      case .mapping(let key): document.child(key, of: outer)
      }
    guard let inner else {
      throw set.failure(.internalMismatch, "a wrapped value has no place", at: set.place(of: outer, in: unit))
    }
    for (key, node) in held.contents { try set.put(node, key: key, into: inner, in: unit) }
    try set.finish(held, in: unit)
  }
}

/// `unwrap`: takes the only value out of a list or mapping, under the same key.
package struct UnwrapOperation: OperationBody {
  package var path: AddressPattern
  package var shape: Shape

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    shape = try Shape(reading: &fields)
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .value, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let document = set.document(of: unit)
      switch (shape, document.kind(of: match.node)) {
      case (.list, .sequence):
        let items = document.items(of: match.node)
        guard items.count == 1 else {
          throw refusal("a list of \(items.count) items, not of one", match, in: unit, of: set)
        }
        try unwrap(match.node, to: items[0], in: unit, of: &set)
      case (.mapping(let key), .mapping):
        guard let value = document.child(key, of: match.node), document.entries(of: match.node).count == 1 else {
          throw refusal("a mapping with more or other keys than `\(key)`", match, in: unit, of: set)
        }
        try unwrap(match.node, to: value, in: unit, of: &set)
      default: return
      }
    }
  }

  private func refusal(_ what: String, _ match: AddressMatch, in unit: Int, of set: WorkingSet) -> Diagnostic {
    set.failure(
      .valueRefused, "`\(match.pointer)` is \(what), and cannot be unwrapped",
      at: set.place(of: match.node, in: unit), hint: "reduce it by hand, or give the operation a `when`")
  }

  private func unwrap(
    _ container: NodeID, to inner: NodeID, in unit: Int, of set: inout WorkingSet
  ) throws(Diagnostic) {
    let document = set.document(of: unit)
    let isCollection = document.kind(of: inner) == .mapping || document.kind(of: inner) == .sequence
    guard !isCollection, !document.hasOwnComments(container), document.anchor(of: container) == nil,
      let parent = document.parent(of: container)
    else {
      try set.edit(unit: unit) { document throws(Diagnostic) in try document.unwrap(container, keeping: inner) }
      return
    }
    // Nothing of the container stays, so what is in it moves as it is, with the blanks before its comment.
    let key = document.key(of: container).flatMap { document.text(of: $0) }
    try set.edit(unit: unit) { document throws(Diagnostic) in
      try document.giveLooseCommentsAway(of: container)
      if let key {
        try document.move(inner, toKey: WorkingSet.holderKey, in: parent, at: .before(container))
        try document.remove(container)
        try document.rename(inner, to: key)
      } else {
        try document.move(inner, into: parent, at: .before(container))
        try document.remove(container)
      }
    }
  }
}
