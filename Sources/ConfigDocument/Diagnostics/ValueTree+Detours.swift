extension ValueTree {
  /// The aliases and merge keys through which a node is reached from the root: where its value is used, when it was
  /// written elsewhere. Empty for one that stands where it is meant.
  ///
  /// - Parameter document: the one that the tree was made of.
  /// - Complexity: O(depth × siblings).
  package func detours(to node: Int, in document: Document) -> [Diagnostic.Related] {
    var out: [Diagnostic.Related] = []
    var index = 0
    while true {
      let origin = origins[index]
      if document.kind(of: origin.node) == .alias {
        let target = document.resolved(origin.node)
        let name = document.anchor(of: target) ?? ""
        out.append(
          index == node
            ? .init("the anchor `&\(name)`", at: document.place(of: target))
            : .init("used here by `*\(name)`", at: document.place(of: origin.node)))
      }
      guard index != node else { return out }
      let child = step(from: index, towards: node)
      if nodes[index].kind == .object, let merge = mergeKey(bringing: child, into: index, of: document) {
        out.append(.init("merged in here by `<<`", at: document.place(of: merge)))
      }
      index = child
    }
  }

  private func step(from index: Int, towards node: Int) -> Int {
    var child = index + 1
    while Int(nodes[child].end) <= node { child = Int(nodes[child].end) }
    return child
  }

  /// The merge key of the object's mapping, where the member is not the mapping's own.
  private func mergeKey(bringing child: Int, into index: Int, of document: Document) -> NodeID? {
    let mapping = document.resolved(origins[index].node)
    guard document.kind(of: mapping) == .mapping, document.parent(of: origins[child].node) != mapping else {
      return nil
    }
    return document.entries(of: mapping).first { document.isMergeKey($0.key.raw) }?.key
  }
}
