package import ConfigDocument

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
}
