import ConfigDocument

/// A document as a graph, edited by rules of its own: what the edits of a `Document` must come to.
///
/// An alias is a reference to the node that it stands for, so "edits are seen by all users" holds by construction.
final class ModelNode {
  enum Kind { case scalar, mapping, sequence }

  struct Reference {
    var node: ModelNode
    var isAlias = false
  }

  var kind: Kind
  var scalar: Value
  /// For a key: what the source has, which comes back with its text.
  var sourceKey: (scalar: Value, isMerge: Bool)?
  var tag: String?
  var hasAnchor = false
  var keys: [Reference] = []
  /// Whether the key at that place is a merge.
  var merges: [Bool] = []
  /// The values of a mapping, or the items.
  var children: [Reference] = []

  init(_ kind: Kind, scalar: Value = .null) {
    self.kind = kind
    self.scalar = scalar
  }

  convenience init(_ value: Value) {
    switch value {
    case .array(let items):
      self.init(.sequence)
      children = items.map { Reference(node: ModelNode($0)) }
    case .object(let object):
      self.init(.mapping)
      keys = object.members.map { Reference(node: ModelNode(.scalar, scalar: .string($0.key))) }
      merges = object.members.map { _ in false }
      children = object.members.map { Reference(node: ModelNode($0.value)) }
    default: self.init(.scalar, scalar: value)
    }
  }

  /// The roots of a document that nobody edited.
  static func roots(of document: Document) -> [ModelNode] {
    var known: [NodeID: ModelNode] = [:]
    return document.roots.map { make($0, document, &known).node }
  }

  private static func make(_ id: NodeID, _ document: Document, _ known: inout [NodeID: ModelNode]) -> Reference {
    let model: ModelNode
    switch document.kind(of: id) {
    case .alias:
      return Reference(node: known[document.resolved(id)] ?? ModelNode(.scalar), isAlias: true)
    case .mapping:
      model = ModelNode(.mapping)
      known[id] = model
      for (key, value) in document.entries(of: id) {
        let keyModel = make(key, document, &known)
        let isMerge = document.kind(of: key) == .scalar && document.text(of: key) == "<<" && document.format == .yaml
        if !keyModel.isAlias { keyModel.node.sourceKey = (keyModel.node.scalar, isMerge) }
        model.keys.append(keyModel)
        model.merges.append(isMerge)
        model.children.append(make(value, document, &known))
      }
    case .sequence:
      model = ModelNode(.sequence)
      known[id] = model
      for item in document.items(of: id) { model.children.append(make(item, document, &known)) }
    case .scalar:
      model = ModelNode(.scalar, scalar: document.value(of: id))
    }
    known[id] = model
    model.tag = document.tag(of: id)
    model.hasAnchor = document.anchor(of: id) != nil
    return Reference(node: model)
  }

  /// A copy that shares nothing; aliases to nodes within it stand for their copies where `keepsAnchors`, else for the originals.
  func copy(keepsAnchors: Bool) -> ModelNode {
    var pairs: [ObjectIdentifier: ModelNode] = [:]
    return copy(keepsAnchors, &pairs)
  }

  private func copy(_ keepsAnchors: Bool, _ pairs: inout [ObjectIdentifier: ModelNode]) -> ModelNode {
    let twin = ModelNode(kind, scalar: scalar)
    twin.tag = tag
    twin.hasAnchor = keepsAnchors && hasAnchor
    twin.merges = merges
    pairs[ObjectIdentifier(self)] = twin
    func reference(_ old: Reference) -> Reference {
      if !old.isAlias { return Reference(node: old.node.copy(keepsAnchors, &pairs)) }
      return Reference(node: keepsAnchors ? pairs[ObjectIdentifier(old.node)] ?? old.node : old.node, isAlias: true)
    }
    for index in children.indices {
      if kind == .mapping { twin.keys.append(reference(keys[index])) }
      twin.children.append(reference(children[index]))
    }
    return twin
  }

  func contains(_ other: ModelNode) -> Bool {
    if self === other { return true }
    return keys.contains { !$0.isAlias && $0.node.contains(other) }
      || children.contains { !$0.isAlias && $0.node.contains(other) }
  }

  /// The key's text at a place, as paths have it.
  func keyText(_ index: Int) -> String { Self.text(of: keys[index].node.scalar) }

  static func text(of key: Value) -> String { key.string ?? (key == .null ? "" : key.description) }

  // MARK: As text

  /// The data with order, tags and spellings, aliases expanded and merge keys applied.
  func dump() -> String {
    var out = ""
    dump(into: &out, depth: 0)
    return out
  }

  private func dump(into out: inout String, depth: Int) {
    guard depth < 40, out.utf8.count < 100_000 else {
      out += "…"
      return
    }
    if let tag { out += "!\(tag) " }
    switch kind {
    case .scalar: out += scalar.description
    case .sequence:
      out += "["
      for child in children {
        child.node.dump(into: &out, depth: depth + 1)
        out += ", "
      }
      out += "]"
    case .mapping:
      out += "{"
      var seen: Set<[UInt8]> = []
      for entry in effectiveEntries() {
        var key = ""
        // A key may be an alias of what it is in.
        entry.key.dump(into: &key, depth: depth + 30)
        guard seen.insert(Array(key.utf8)).inserted else { continue }
        out += key + ": "
        entry.value.dump(into: &out, depth: depth + 1)
        out += ", "
      }
      out += "}"
    }
  }

  private func effectiveEntries() -> [(key: ModelNode, value: ModelNode)] {
    var visited: Set<ObjectIdentifier> = []
    return effectiveEntries(&visited)
  }

  /// A mapping that was visited adds nothing new.
  private func effectiveEntries(_ visited: inout Set<ObjectIdentifier>) -> [(key: ModelNode, value: ModelNode)] {
    guard kind == .mapping, visited.insert(ObjectIdentifier(self)).inserted else { return [] }
    var own: [(key: ModelNode, value: ModelNode)] = []
    for index in children.indices where !merges[index] { own.append((keys[index].node, children[index].node)) }
    for index in children.indices where merges[index] {
      let target = children[index].node
      let sources = target.kind == .sequence ? target.children.map(\.node) : [target]
      for source in sources { own += source.effectiveEntries(&visited) }
    }
    return own
  }
}
