import ConfigDocument

/// Where a file stands when the files of a set are combined: base files in the order of the product's patterns, then
/// fragments, then overlays; of one kind by path, in byte order.
struct CombinationRank: Comparable, Sendable {
  private var stage: Int
  private var rule: Int
  private var path: [UInt8]

  init(_ layer: Layer, rule: Int, path: String) {
    switch layer {
    case .base: stage = 0
    case .fragment, .record: stage = 1
    case .overlay: stage = 2
    case .standalone: stage = 3
    }
    // Fragments and overlays go by path alone, whichever pattern named them.
    self.rule = stage == 0 ? rule : 0
    self.path = Array(path.utf8)
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.stage != right.stage { return left.stage < right.stage }
    if left.rule != right.rule { return left.rule < right.rule }
    return left.path.lexicographicallyPrecedes(right.path)
  }

  /// Whether a path stands before another in byte order.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { left.lexicographicallyPrecedes($0) }
    }.flatMap(\.self) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

extension Product {
  /// What a file of this path is to a set; nil where the product's patterns do not name it. Complexity: O(rules).
  func part(
    of path: String
  ) -> (layer: Layer, captures: Captures, rank: CombinationRank, format: DocumentFormat)? {
    for (index, rule) in files.enumerated() {
      guard rule.names(path), let captures = rule.path.match(path) else { continue }
      let rank = CombinationRank(rule.layer, rule: index, path: path)
      return (rule.layer, captures, rank, Self.format(of: path, by: rule))
    }
    return nil
  }
}
