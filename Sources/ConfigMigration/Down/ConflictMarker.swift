import ConfigDocument

/// A comment that says, beside a place that was left undecided on a way back, what the other side made of it.
///
/// It is the comment above the entry; where the older form has no such entry, below the last one of what would hold it.
package struct ConflictMarker {
  /// What each begins with.
  package static let sign = "cfgmigrate conflict:"

  let conflict: Plan.Conflict

  var text: String {
    let shown = conflict.shown
    return
      "\(Self.sign) \(conflict.conflict.pointer) is \(shown.ours) since an edit, was \(shown.base) after the upgrade and \(shown.theirs) before it"
  }

  /// Writes the comment into the document.
  /// - Returns: whether there was room for it.
  func write(into document: inout Document) -> Bool {
    var pointer = conflict.conflict.pointer
    let root = conflict.conflict.document - 1
    guard !pointer.isRoot, document.roots.indices.contains(root) else { return false }
    if let node = document.node(at: pointer, root: root), add(to: node, at: .head, of: &document) { return true }
    while let parent = pointer.parent {
      if let holder = document.node(at: parent, root: root) {
        let container = document.resolved(holder)
        let last = document.entries(of: container).last?.value ?? document.items(of: container).last
        if let last, add(to: last, at: .foot, of: &document) { return true }
        if !parent.isRoot, add(to: holder, at: .head, of: &document) { return true }
      }
      pointer = parent
    }
    return false
  }

  /// Puts the line above a comment that is there already.
  private func add(to node: NodeID, at place: CommentPlace, of document: inout Document) -> Bool {
    let lines = [text] + (document.comment(of: node, at: place).map { [$0] } ?? [])
    do throws(Diagnostic) {
      try document.setComment(lines.joined(separator: "\n"), of: node, at: place)
      return true
    } catch { return false }
  }
}
