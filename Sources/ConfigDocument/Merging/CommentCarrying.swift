/// Takes the comments that one side of a merge wrote to the entries of its result.
///
/// Where lines of both sides fit together this is not needed: the comments are in them.
struct CommentCarrying {
  let base: Document
  let ours: Document

  /// Writes each comment of the texts that belongs to an entry of the document too, unless the document says something else there.
  ///
  /// Complexity: O(n · siblings).
  func carry(_ texts: [String], into document: inout Document) {
    let wanted = Set(texts)
    for root in ours.roots.indices where document.roots.indices.contains(root) {
      carry(wanted, of: ours.roots[root], at: Pointer(), root: root, into: &document)
    }
  }

  private func carry(
    _ wanted: Set<String>, of node: NodeID, at pointer: Pointer, root: Int, into document: inout Document
  ) {
    if !pointer.isRoot, let target = document.node(at: pointer, root: root) {
      let former = base.node(at: pointer, root: root)
      for place in [CommentPlace.head, .line, .foot] {
        guard let text = ours.comment(of: node, at: place),
          !wanted.isDisjoint(with: text.split(separator: "\n").map(String.init))
        else { continue }
        let present = document.comment(of: target, at: place)
        guard present == nil || present == former.flatMap({ base.comment(of: $0, at: place) }) else { continue }
        try? document.setComment(text, of: target, at: place)
      }
    }
    for (key, value) in ours.entries(of: node) {
      guard let key = ours.text(of: key) else { continue }
      carry(wanted, of: value, at: pointer.appending(key), root: root, into: &document)
    }
    for (index, item) in ours.items(of: node).enumerated() {
      let place = pointer.appending(index)
      // Another item may stand at this number now.
      guard let target = document.node(at: place, root: root), document.value(of: target) == ours.value(of: item) else {
        continue
      }
      carry(wanted, of: item, at: place, root: root, into: &document)
    }
  }
}
