/// All transformers of a product, and the graph of versions that they make.
public struct Registry: Sendable {
  public let product: Product
  /// In the order of the versions that they start from and lead to.
  public let transformers: [Transformer]

  /// Complexity: O(n log n).
  public init(product: Product, transformers: [Transformer]) {
    self.product = product
    self.transformers = transformers.sorted { left, right in
      left.from.lowest != right.from.lowest ? left.from.lowest < right.from.lowest : left.to < right.to
    }
  }

  /// A version of the graph: one that a transformer leads to, or a range that only starts one.
  public struct Node: Hashable, Sendable {
    /// The label; a range's, where only a range is known.
    public var label: String
    package var version: Version
    package var range: VersionRange?

    package func isStart(of transformer: Transformer) -> Bool {
      range.map { $0 == transformer.from } ?? transformer.from.contains(version)
    }
  }

  /// The versions of the graph, oldest first.
  public var versions: [Node] {
    var nodes: [Node] = []
    for transformer in transformers where !nodes.contains(where: { $0.version == transformer.to }) {
      nodes.append(Node(label: transformer.to.label, version: transformer.to, range: nil))
    }
    for transformer in transformers {
      let range = transformer.from
      if nodes.contains(where: { $0.isStart(of: transformer) }) { continue }
      nodes.append(Node(label: range.label, version: range.lowest, range: range))
    }
    return nodes.sorted { $0.version < $1.version }
  }

  /// The newest version that a transformer leads to.
  public var newest: Version? { transformers.map(\.to).max() }

  /// Whether a transformer starts from the version or leads to it.
  public func knows(_ version: Version) -> Bool {
    transformers.contains { $0.from.contains(version) || $0.to == version }
  }

  /// Whether the version is newer than all that is known.
  func isNewerThanKnown(_ version: Version) -> Bool {
    guard let newest else { return false }
    return version > newest && !knows(version)
  }
}
