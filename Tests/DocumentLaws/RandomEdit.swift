package import ConfigDocument

/// An edit in numbers, which mean something in any document: each picks one of what is there.
package struct RandomEdit: CustomStringConvertible {
  package enum Kind: CaseIterable {
    case setScalar, setCollection, rename, remove, insert, insertItem, moveToKey, moveToList, copy, expand
  }

  package var kind: Kind
  /// Which node, which target, which position, which neighbour.
  package var picks: [Int]
  package var value: Value
  package var key: String
  package var comment: String?

  /// - Parameter kind: nil for any.
  package init(_ random: inout SplitMix, kind wanted: Kind? = nil) {
    kind =
      wanted
      ?? random.pick([
        .setScalar, .setScalar, .setCollection, .rename, .remove, .remove, .insert, .insert, .insertItem, .moveToKey,
        .moveToKey, .moveToList, .copy, .expand,
      ])
    picks = (0..<4).map { _ in random.below(1 << 20) }
    let isCollection = kind == .setCollection || (kind == .insert || kind == .insertItem) && random.once(in: 3)
    value = random.pick(isCollection ? Self.collections : Self.scalars)
    key = random.pick(Self.keys)
    comment = random.once(in: 6) ? random.pick(["Why.", "two\nlines", ""]) : nil
  }

  /// An edit of the member, or in the collection, with that number.
  ///
  /// - Parameter place: the number of the place in the collection, for an insertion.
  package init(_ kind: Kind, ofNumber number: Int, at place: Int = 0) {
    self.kind = kind
    picks = [number, 0, place, number]
    value = Self.scalars[number % Self.scalars.count]
    key = "swept-key"
    comment = number % 3 == 0 ? "Why." : nil
  }

  static let scalars: [Value] = [
    "word", "", "yes", " a", "a ", "a: b", "a #b", "two\nlines\n", "no end\nhere", "\n", " lead\nx\n", "keep\n\n\n",
    "é\u{1F600}", "tab\t", "\ttab\nx", "a\u{85}b", "-", "? x", "{", "a, b", "null", "0o17", "1e3", "#c", "cr\r\nlf",
    "a:",
    "\u{2028}", "it's", "\"", "\\", "---", "... x", "*a", "x\n \ny", "a\n#b\n", "@1", "%x", "<<", "=",
    "  \nx", "\n\nx\n", .number(Number("1")!), .number(Number("-2.50")!), .number(Number("12345678901234567890123")!),
    .number(Number("1e5")!), true, false, nil, .object(Object()), [],
  ]

  static let collections: [Value] = [
    [1, "two"], ["x": 1], ["x": ["y": ["z": "w"]]], [["a": 1, "b": [1, 2]], "s"], [[1, [2]], []],
    ["text": "one\n  two\n", "n": nil], ["": "", "a: b": "c #d"], [["x": "two\nlines\n"], "l\nm"],
  ]

  static let keys = [
    "new", "new-key", "k1", "k2", "k5", "two words", "yes", "1", "a: b", "", "#k", "é\u{1F600}", "- x", "a, b", "x'y",
    "\"q\"", "null", "with\nbreak", "{k}", "key:", "[", "long-" + String(repeating: "k", count: 40),
  ]

  package var description: String {
    "\(kind) \(picks) value \(value) key \(key.debugDescription) comment \(comment.debugDescription)"
  }
}

/// A document and its model, edited alike.
package struct EditedPair {
  package var document: Document
  var roots: [ModelNode]

  /// Where a node stands: the root's number, then the places of its ancestors and its own.
  package typealias Path = [Int]

  package enum Outcome {
    case done
    case refused(Diagnostic)
    /// The edit means nothing here.
    case inapplicable
  }

  package init(_ document: Document) {
    self.document = document
    roots = ModelNode.roots(of: document)
  }

  // MARK: Paths

  func paths(where isWanted: (ModelNode.Reference) -> Bool = { _ in true }) -> [Path] {
    var out: [Path] = []
    for (index, root) in roots.enumerated() { collect(.init(node: root), [index], isWanted, &out) }
    return out
  }

  private func collect(
    _ reference: ModelNode.Reference, _ path: Path, _ isWanted: (ModelNode.Reference) -> Bool, _ out: inout [Path]
  ) {
    if isWanted(reference) { out.append(path) }
    if reference.isAlias { return }
    for (index, child) in reference.node.children.enumerated() { collect(child, path + [index], isWanted, &out) }
  }

  func reference(_ path: Path) -> ModelNode.Reference {
    var reference = ModelNode.Reference(node: roots[path[0]])
    for index in path.dropFirst() { reference = reference.node.children[index] }
    return reference
  }

  /// The document's node at a path of the model; nil where the two are not alike.
  package func node(_ path: Path) -> NodeID? {
    guard path[0] < document.roots.count else { return nil }
    var node = document.roots[path[0]]
    for index in path.dropFirst() {
      let children =
        document.kind(of: node) == .mapping ? document.entries(of: node).map(\.value) : document.items(of: node)
      guard index < children.count else { return nil }
      node = children[index]
    }
    return node
  }

  // MARK: Edits

  package struct Difference: Error {
    var text: String
  }

  /// What an edit is about, found by its picks.
  package struct Target {
    package var path: Path
    package var container: Path?
    package var index = 0
  }

  package func target(of edit: RandomEdit) -> Target? {
    func pick(_ paths: [Path], _ index: Int) -> Path? { paths.isEmpty ? nil : paths[edit.picks[index] % paths.count] }
    guard let path = pick(candidates(for: edit.kind), 0) else { return nil }
    switch edit.kind {
    case .setScalar, .setCollection, .expand, .rename, .remove: return Target(path: path)
    case .insert, .insertItem: return Target(path: path, container: path, index: place(edit, in: path))
    case .moveToKey, .moveToList, .copy:
      let kind: ModelNode.Kind = edit.kind == .moveToList ? .sequence : .mapping
      guard let container = pick(paths { !$0.isAlias && $0.node.kind == kind }, 1) else { return nil }
      return Target(path: path, container: container, index: place(edit, in: container))
    }
  }

  /// The nodes that a kind of edit can be about: members, or for insertions collections.
  package func candidates(for kind: RandomEdit.Kind) -> [Path] {
    switch kind {
    case .setScalar, .setCollection: paths()
    case .expand: paths { $0.isAlias }
    case .rename: paths().filter { $0.count > 1 && isEntry($0) }
    case .remove, .moveToKey, .moveToList, .copy: paths().filter { $0.count > 1 }
    case .insert: paths { !$0.isAlias && $0.node.kind == .mapping }
    case .insertItem: paths { !$0.isAlias && $0.node.kind == .sequence }
    }
  }

  private func isEntry(_ path: Path) -> Bool { reference(Path(path.dropLast())).node.kind == .mapping }

  private func place(_ edit: RandomEdit, in container: Path) -> Int {
    let count = reference(container).node.children.count
    return edit.picks[2] % (count + 1)
  }

  private func position(_ edit: RandomEdit, _ target: Target) -> Position? {
    guard let container = target.container else { return nil }
    let count = reference(container).node.children.count
    let isNamed = edit.picks[3] % 2 == 0
    if target.index == 0, !isNamed || count == 0 { return .first }
    if target.index == count, !isNamed { return .last }
    // Before the member at the place, or behind the one before it.
    if target.index == count || edit.picks[3] % 4 == 0 && target.index > 0 {
      return node(container + [target.index - 1]).map(Position.after)
    }
    return node(container + [target.index]).map(Position.before)
  }

  /// Makes the edit in both.
  package mutating func apply(_ edit: RandomEdit) throws(Difference) -> Outcome {
    guard let target = target(of: edit) else { return .inapplicable }
    return try apply(edit, at: target)
  }

  mutating func apply(_ edit: RandomEdit, at target: Target) throws(Difference) -> Outcome {
    guard let node = node(target.path), let position = target.container == nil ? .last : position(edit, target) else {
      throw Difference(text: "the document has no node where the model has one")
    }
    if edit.kind == .moveToKey || edit.kind == .moveToList, let container = target.container {
      // Beside itself is nowhere.
      if target.path.dropLast() == container[...],
        target.path.last == target.index || target.path.last! + 1 == target.index,
        position != .first, position != .last
      {
        return .inapplicable
      }
    }
    do throws(Diagnostic) {
      try apply(edit, to: node, container: target.container.flatMap { self.node($0) }, position)
    } catch {
      return .refused(error)
    }
    model(edit, target)
    return .done
  }

  private mutating func apply(
    _ edit: RandomEdit, to node: NodeID, container: NodeID?, _ position: Position
  ) throws(Diagnostic) {
    switch edit.kind {
    case .setScalar, .setCollection: try document.set(node, to: edit.value)
    case .rename: try document.rename(node, to: edit.key)
    case .remove: try document.remove(node)
    case .insert:
      try document.insert(edit.value, forKey: edit.key, into: node, at: position, comment: edit.comment)
    case .insertItem: try document.insert(edit.value, into: node, at: position, comment: edit.comment)
    case .moveToKey: try document.move(node, toKey: edit.key, in: container ?? node, at: position)
    case .moveToList: try document.move(node, into: container ?? node, at: position)
    case .copy: try document.copy(node, toKey: edit.key, in: container ?? node, at: position)
    case .expand: try document.expand(node)
    }
  }

  // MARK: The model's own edits

  private mutating func model(_ edit: RandomEdit, _ target: Target) {
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
      if merges.contains(true) { return nil }
      var object = Object()
      for (index, child) in children.enumerated() {
        guard !child.isAlias, let value = child.node.plainValue else { return nil }
        object[keyText(index)] = value
      }
      return .object(object)
    }
  }
}
