import ConfigDocument

/// The nodes and the text of a tree that someone else keeps: reading them counts no references.
struct TreeMemory: BitwiseCopyable {
  typealias Node = ValueTree.Node

  let nodes: UnsafePointer<Node>
  let text: UnsafePointer<UInt8>

  /// What stands in for the text of a tree that has none, which may have no memory either.
  private nonisolated(unsafe) static let noText = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  /// - Precondition: the tree lives, unchanged, for as long as this is used.
  init(_ tree: ValueTree) {
    nodes = tree.nodes.withUnsafeBufferPointer { $0.baseAddress! }
    text = tree.text.withUnsafeBufferPointer { $0.baseAddress } ?? Self.noText
  }

  @inline(__always)
  func bytes(_ range: ValueTree.TextRange) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text + Int(range.offset), count: Int(range.count))
  }

  func string(_ range: ValueTree.TextRange) -> String { String(decoding: bytes(range), as: UTF8.self) }

  /// The member of the object whose key is these bytes, of which `hash` is the hash.
  func member(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32, of index: Int) -> Int? {
    var child = index + 1
    for _ in 0..<Int(nodes[index].count) {
      if nodes[child].keyHash == hash, bytes(nodes[child].key).equals(key) { return child }
      child = Int(nodes[child].end)
    }
    return nil
  }

  /// Whether two nodes hold equal data: numbers by value, members in any order.
  func equal(_ index: Int, _ other: TreeMemory, _ otherIndex: Int) -> Bool {
    equal(index, nodes[index], other, otherIndex)
  }

  /// As above, with a node of this tree that stands for another, such as for its key.
  func equal(_ index: Int, _ node: Node, _ other: TreeMemory, _ otherIndex: Int) -> Bool {
    let twin = other.nodes[otherIndex]
    guard node.kind == twin.kind else { return false }
    switch node.kind {
    case .null: return true
    case .bool: return node.isTrue == twin.isTrue
    case .string: return bytes(node.text).equals(other.bytes(twin.text))
    case .number:
      if bytes(node.text).equals(other.bytes(twin.text)) { return true }
      return Number(string(node.text)) == Number(other.string(twin.text))
    case .array:
      guard node.count == twin.count else { return false }
      var (child, match) = (index + 1, otherIndex + 1)
      for _ in 0..<Int(node.count) {
        guard equal(child, other, match) else { return false }
        (child, match) = (Int(nodes[child].end), Int(other.nodes[match].end))
      }
      return true
    case .object:
      guard node.count == twin.count else { return false }
      var child = index + 1
      for _ in 0..<Int(node.count) {
        let key = bytes(nodes[child].key)
        guard let match = other.member(key, hash: nodes[child].keyHash, of: otherIndex), equal(child, other, match)
        else { return false }
        child = Int(nodes[child].end)
      }
      return true
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these are the same bytes. Most texts are short: eight bytes a step beat a call.
  @inline(__always)
  func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    count == other.count && (count == 0 || baseAddress!.equals(other.baseAddress!, count: count))
  }
}

extension UnsafePointer<UInt8> {
  /// Whether the next `count` bytes are the same here and there.
  @inline(__always)
  fileprivate func equals(_ other: UnsafePointer<UInt8>, count: Int) -> Bool {
    let (left, right) = (UnsafeRawPointer(self), UnsafeRawPointer(other))
    if count >= 8 {
      var offset = 0
      while offset &+ 8 < count {
        guard Self.same(UInt64.self, left, right, at: offset) else { return false }
        offset &+= 8
      }
      // The last eight bytes, some of them for the second time.
      return Self.same(UInt64.self, left, right, at: count &- 8)
    }
    if count >= 4 {
      return Self.same(UInt32.self, left, right, at: 0) && Self.same(UInt32.self, left, right, at: count &- 4)
    }
    var offset = 0
    while offset < count {
      guard self[offset] == other[offset] else { return false }
      offset &+= 1
    }
    return true
  }

  @inline(__always)
  private static func same<Word: FixedWidthInteger & BitwiseCopyable>(
    _: Word.Type, _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int
  ) -> Bool {
    left.loadUnaligned(fromByteOffset: offset, as: Word.self)
      == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
  }
}
