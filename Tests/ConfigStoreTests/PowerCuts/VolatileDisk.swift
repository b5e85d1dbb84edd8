import SystemPackage

@testable import ConfigStore

/// A disk with a cache in front of it: what was not synced may be lost, in parts and in any order, when the power is cut.
///
/// It is harsher than file systems are: each name in a directory, and the bytes of each file, survive or not by
/// themselves. Only one rename is never half done.
struct VolatileDisk {
  struct Node {
    var kind: FileStatus.Kind
    var data: [UInt8] = []
    /// What is on the platter.
    var durableData: [UInt8] = []
    var attributes: FileAttributes
    var durableAttributes: FileAttributes
    var changed = Timestamp(seconds: 0)
    var entries: [FileName: Int] = [:]
    var durableEntries: [FileName: Int] = [:]
  }

  /// Names that come and go together.
  struct Operation {
    var effects: [(directory: Int, name: FileName, node: Int?)]
  }

  var nodes: [Int: Node] = [:]
  private var pending: [Operation] = []
  private var nextNode = 2
  private var clock: Int64 = 1
  static let root = 1

  init() {
    let attributes = FileAttributes(mode: 0o755, owner: 0, group: 0, modified: Timestamp(seconds: 0))
    nodes[Self.root] = Node(kind: .directory, attributes: attributes, durableAttributes: attributes)
  }

  mutating func makeNode(_ kind: FileStatus.Kind, mode: UInt32) -> Int {
    let attributes = FileAttributes(mode: mode, owner: 0, group: 0, modified: Timestamp(seconds: clock))
    defer { nextNode += 1 }
    nodes[nextNode] = Node(kind: kind, attributes: attributes, durableAttributes: attributes)
    return nextNode
  }

  /// Changes names, as one.
  mutating func perform(_ effects: [(directory: Int, name: FileName, node: Int?)]) {
    for effect in effects { nodes[effect.directory]?.entries[effect.name] = effect.node }
    pending.append(Operation(effects: effects))
  }

  /// Changes a file, in the cache.
  mutating func change(_ node: Int, _ body: (inout Node) -> Void) {
    clock += 1
    body(&nodes[node]!)
    nodes[node]!.changed = Timestamp(seconds: clock)
  }

  mutating func sync(_ node: Int) {
    guard var synced = nodes[node] else { return }
    synced.durableData = synced.data
    synced.durableAttributes = synced.attributes
    nodes[node] = synced
    let touching = pending.filter { $0.effects.contains { $0.directory == node } }
    pending.removeAll { $0.effects.contains { $0.directory == node } }
    for operation in touching { settle(operation) }
  }

  mutating func syncAll() {
    for operation in pending { settle(operation) }
    pending = []
    for node in nodes.keys { sync(node) }
  }

  private mutating func settle(_ operation: Operation) {
    for effect in operation.effects { nodes[effect.directory]?.durableEntries[effect.name] = effect.node }
  }

  /// What a machine finds that starts again.
  ///
  /// - Parameter chance: Which of the things that were not synced survive: asked once for each.
  func afterPowerCut(_ chance: inout Chance) -> VolatileDisk {
    var disk = self
    for operation in pending where chance.survives { disk.settle(operation) }
    disk.pending = []
    for number in nodes.keys.sorted() {
      guard var node = disk.nodes[number] else { continue }
      if node.data != node.durableData { node.data = chance.torn(node.durableData, node.data) }
      if node.attributes != node.durableAttributes, !chance.survives { node.attributes = node.durableAttributes }
      node.durableData = node.data
      node.durableAttributes = node.attributes
      node.entries = node.durableEntries
      disk.nodes[number] = node
    }
    return disk
  }
}

/// What survives a power cut: nothing, all, or what a seeded generator says.
struct Chance {
  enum Kind {
    case nothing, everything, random
  }

  private let kind: Kind
  private var state: UInt64

  init(_ kind: Kind, seed: UInt64 = 0) {
    self.kind = kind
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
  }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  var survives: Bool {
    mutating get {
      switch kind {
      case .nothing: false
      case .everything: true
      case .random: next() % 2 == 0
      }
    }
  }

  /// Bytes of which only some were written: the old ones, the new ones, or the new ones with a hole or cut off behind
  /// what did not change.
  mutating func torn(_ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    switch kind {
    case .nothing: return old
    case .everything: return new
    case .random:
      let kept = zip(old, new).prefix { $0 == $1 }.count
      let cut = new.count > kept ? kept + Int(next() % UInt64(new.count - kept)) : kept
      switch next() % 4 {
      case 0: return old
      case 1: return new
      case 2: return Array(new.prefix(cut))
      default: return new.prefix(kept) + Array(repeating: 0, count: cut - kept) + new.dropFirst(cut)
      }
    }
  }
}
