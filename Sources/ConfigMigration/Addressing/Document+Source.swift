package import ConfigDocument

extension Document {
  /// Whether the node was in the source: one that an edit made has the place of what it is in.
  package func isInSource(_ node: NodeID) -> Bool {
    guard let parent = parent(of: node) else { return true }
    return place(of: node) != place(of: parent)
  }
}
