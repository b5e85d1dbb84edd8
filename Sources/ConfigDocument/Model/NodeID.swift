/// The name of a node within its document. It stays valid through every edit of that document, also when the node moves.
public struct NodeID: Hashable, Sendable {
  package let raw: UInt32
  package init(_ raw: UInt32) { self.raw = raw }
  package init(_ index: Int) { raw = UInt32(index) }
  package var index: Int { Int(raw) }
}
