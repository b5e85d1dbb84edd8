/// What is left of the work that expanding a document's aliases may be, and what need not be done twice.
struct AliasExpansion {
  /// How many values, and how many bytes of scalars, aliases may add to a document's own.
  static let nodeBudget = 1_000_000
  static let byteBudget = 64 << 20

  private var nodes: Int
  private var bytes: Int
  /// The texts of keys that are collections or aliases.
  var keyTexts: [UInt32: String] = [:]
  /// The alias that is being expanded, and is in no other that is.
  var outermost: NodeID?

  init(of document: Document) {
    nodes = document.nodes.count + Self.nodeBudget
    bytes = document.bytes.count + Self.byteBudget
  }

  /// - Parameter nodes: how many values there may be in all.
  init(nodes: Int) {
    self.nodes = nodes
    bytes = Self.byteBudget
  }

  /// Counts a node that is met.
  ///
  /// - Returns: whether there was room for it.
  mutating func take(_ node: Node) -> Bool {
    nodes -= 1
    if node.kind == .scalar { bytes -= Int(node.end) - Int(node.start) }
    return nodes > 0 && bytes >= 0
  }
}
