import ConfigDocument

/// The model's own edits, which say what the document's are to come to.
extension EditedPair {
  mutating func model(_ edit: RandomEdit, _ target: Target) {
    let reference = reference(target.path)
    switch edit.kind {
    case .setScalar, .setCollection: set(target.path, to: edit.value)
    case .rename: rename(target.path, to: edit.key)
    case .remove:
      let parent = self.reference(Path(target.path.dropLast())).node
      let key = parent.kind == .mapping ? parent.keys[target.path.last!] : nil
      removeMember(target.path)
      giveAnchorsAway(reference)
      if let key { giveAnchorsAway(key) }
    case .insert:
      insert(.init(node: ModelNode(edit.value)), key: newKey(edit.key), into: reference.node, at: target.index)
    case .insertItem: insert(.init(node: ModelNode(edit.value)), key: nil, into: reference.node, at: target.index)
    case .moveToKey, .moveToList:
      let container = self.reference(target.container!).node
      let parent = self.reference(Path(target.path.dropLast())).node
      let index = target.path.last!
      var key: ModelNode.Reference?
      if edit.kind == .moveToKey {
        if parent.kind == .mapping { rename(target.path, to: edit.key) }
        key = parent.kind == .mapping ? parent.keys[index] : newKey(edit.key)
      } else if parent.kind == .mapping {
        giveAnchorsAway(parent.keys[index])
      }
      var place = target.index
      if container === parent, index < place { place -= 1 }
      removeMember(target.path)
      insert(reference, key: key, into: container, at: place)
    case .copy:
      var copy = reference
      if !reference.isAlias { copy.node = reference.node.copy(keepsAnchors: false) }
      insert(copy, key: newKey(edit.key), into: self.reference(target.container!).node, at: target.index)
    case .expand: replace(target.path, by: .init(node: reference.node.copy(keepsAnchors: false)))
    }
  }

  private func newKey(_ text: String) -> ModelNode.Reference {
    .init(node: ModelNode(.scalar, scalar: .string(text)))
  }

  private func insert(_ child: ModelNode.Reference, key: ModelNode.Reference?, into node: ModelNode, at index: Int) {
    if let key {
      node.keys.insert(key, at: index)
      node.merges.insert(false, at: index)
    }
    node.children.insert(child, at: index)
  }

  private func removeMember(_ path: Path) {
    let (parent, index) = (reference(Path(path.dropLast())).node, path.last!)
    if parent.kind == .mapping {
      parent.keys.remove(at: index)
      parent.merges.remove(at: index)
    }
    parent.children.remove(at: index)
  }

  private mutating func replace(_ path: Path, by new: ModelNode.Reference) {
    if path.count == 1 {
      roots[path[0]] = new.node
    } else {
      reference(Path(path.dropLast())).node.children[path.last!] = new
    }
  }

  private func rename(_ path: Path, to key: String) {
    let (parent, index) = (reference(Path(path.dropLast())).node, path.last!)
    if parent.keyText(index).utf8.elementsEqual(key.utf8) { return }
    let source = parent.keys[index].node.sourceKey
    let isBack = source.map { ModelNode.text(of: $0.scalar).utf8.elementsEqual(key.utf8) } ?? false
    if !parent.keys[index].node.hasAnchor { parent.keys[index] = newKey(key) }
    parent.keys[index].node.scalar = isBack ? source!.scalar : .string(key)
    parent.keys[index].node.sourceKey = source
    parent.merges[index] = isBack && source!.isMerge
  }

  private mutating func set(_ path: Path, to value: Value) {
    let reference = reference(path)
    let node = reference.node
    if !reference.isAlias, node.plainValue == value {
      guard case .number(let new) = value, case .number(let old) = node.scalar, node.kind == .scalar,
        new.spelling != old.spelling
      else { return }
    }
    let isScalar = value.object == nil && value.array == nil
    if isScalar, !reference.isAlias, node.kind == .scalar, node.tag == nil {
      node.scalar = value
      return
    }
    guard !reference.isAlias else { return replace(path, by: .init(node: ModelNode(value))) }
    giveAnchorsAway(reference, except: node)
    // All users of its anchor see the new value.
    let new = ModelNode(value)
    (node.kind, node.scalar, node.tag) = (new.kind, new.scalar, nil)
    (node.keys, node.merges, node.children) = (new.keys, new.merges, new.children)
  }

  /// Each anchor within what goes is handed to the first alias outside, which becomes a copy.
  private mutating func giveAnchorsAway(_ reference: ModelNode.Reference, except kept: ModelNode? = nil) {
    if reference.isAlias { return }
    for anchored in Self.anchored(in: reference.node) where anchored !== kept {
      var heir: ModelNode?
      for index in roots.indices {
        adopt(anchored, outside: reference.node, in: roots[index], &heir)
      }
    }
  }

  private func adopt(_ anchored: ModelNode, outside gone: ModelNode, in node: ModelNode, _ heir: inout ModelNode?) {
    if node === gone { return }
    func adopt(_ reference: inout ModelNode.Reference) {
      guard reference.isAlias, reference.node === anchored else {
        if !reference.isAlias { self.adopt(anchored, outside: gone, in: reference.node, &heir) }
        return
      }
      if let heir {
        reference.node = heir
      } else {
        let copy = anchored.copy(keepsAnchors: true)
        copy.hasAnchor = true
        heir = copy
        reference = .init(node: copy)
      }
    }
    for index in node.children.indices {
      if node.kind == .mapping { adopt(&node.keys[index]) }
      adopt(&node.children[index])
    }
  }

  private static func anchored(in node: ModelNode) -> [ModelNode] {
    var out = node.hasAnchor ? [node] : []
    for (index, child) in node.children.enumerated() {
      if node.kind == .mapping, !node.keys[index].isAlias { out += anchored(in: node.keys[index].node) }
      if !child.isAlias { out += anchored(in: child.node) }
    }
    return out
  }
}

extension ModelNode {
  /// The data without tags, for the question whether an edit would change anything.
  var plainValue: Value? {
    switch kind {
    case .scalar: return scalar
    case .sequence:
      let values = children.map { $0.isAlias ? nil : $0.node.plainValue }
      return values.contains { $0 == nil } ? nil : .array(values.compactMap { $0 })
    case .mapping:
      var object = Object()
      for (index, child) in children.enumerated() {
        // A scalar that is merged adds nothing.
        if merges[index], child.node.kind == .scalar { continue }
        guard !merges[index], !child.isAlias, let value = child.node.plainValue else { return nil }
        object[keyText(index)] = value
      }
      return .object(object)
    }
  }
}
