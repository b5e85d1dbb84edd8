/// One element of the arena: what a node is, where its bytes are, and how it hangs in the tree. 24 bytes.
///
/// Nodes stand in document order, a container before its children; a mapping's children alternate key, value. The chain
/// of children (`firstChild`, `next`) holds *places*: an original node stays in its chain for good, marked when it is
/// removed or has moved, so that the renderer meets its bytes in order; a node that moved in is reached through a place
/// of kind `graft`.
struct Node {
  enum Kind: UInt8 {
    case scalar, alias, graft
    case stream, document, mapping, sequence

    /// Whether nodes of this kind have children.
    @inline(__always) var holdsChildren: Bool { rawValue >= Kind.stream.rawValue }
  }

  enum Style: UInt8 {
    case plain, singleQuoted, doubleQuoted, literal, folded, block, flow
  }

  struct Flags: OptionSet {
    var rawValue: UInt16
    /// It has an anchor or a tag, or both; its span starts with them.
    static let properties = Flags(rawValue: 1 << 0)
    /// Its text is not the source's bytes, and kept beside them; see `Document.decoded`.
    static let decoded = Flags(rawValue: 1 << 1)
    /// It is the key of the entry whose value follows it.
    static let key = Flags(rawValue: 1 << 2)
    /// This place is empty: its node was removed.
    static let removed = Flags(rawValue: 1 << 3)
    /// This place is empty: its node is elsewhere, in a graft.
    static let moved = Flags(rawValue: 1 << 4)
    /// It, or something below it, is not as the source has it.
    static let edited = Flags(rawValue: 1 << 5)
    /// It has no bytes in the source: it is written in the style of its neighbours.
    static let new = Flags(rawValue: 1 << 6)
    /// A scalar whose value was set; see `Document.written`.
    static let rewritten = Flags(rawValue: 1 << 7)
    /// An inserted place that is written before the next original one, not after the previous one.
    static let leansForward = Flags(rawValue: 1 << 8)
    /// A copy of another node's bytes, without its anchors.
    static let copied = Flags(rawValue: 1 << 9)
    /// The place's node gave way to the one in the next place: its value was set to another kind of value.
    static let replaced = Flags(rawValue: 1 << 10)
    /// An entry or item that is not at its original place: a graft, a copy or a new node.
    static let inserted = Flags(rawValue: 1 << 11)
    /// Its text is not the source's bytes, but they say it by the rules of its style; see `ScalarDecoding`.
    static let encoded = Flags(rawValue: 1 << 12)

    /// What a scalar says is not its bytes between the quotes, or a tag may make something else of it.
    static let notSpelledOut: Flags = [.properties, .decoded, .encoded, .new, .rewritten]

    /// Nothing stands at this place any more.
    static let vacant: Flags = [.removed, .moved, .replaced]
  }

  /// The first byte, of its anchor or tag where it has one.
  var start: UInt32
  /// The byte after its last one. A block scalar ends before the line break of its last line; a block collection where
  /// its last child ends.
  var end: UInt32
  var next: UInt32 = 0
  var parent: UInt32 = 0
  /// What only some kinds have; see ``firstChild``, ``keyHash`` and ``occupant``.
  private var payload: UInt32 = 0
  let kind: Kind
  var style: Style
  var flags: Flags = []

  init(kind: Kind, style: Style, start: Int, end: Int) {
    self.kind = kind
    self.style = style
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  /// The first place of its chain of children; 0 where there is none.
  var firstChild: UInt32 {
    @inline(__always) get { kind.holdsChildren ? payload : 0 }
    @inline(__always) set { if kind.holdsChildren { payload = newValue } }
  }

  /// The hash (``KeyHash``) of a scalar that is a key; 0 for all else.
  var keyHash: UInt32 {
    @inline(__always) get { kind == .scalar ? payload : 0 }
    @inline(__always) set { if kind == .scalar { payload = newValue } }
  }

  /// For a graft: the node that stands there.
  var occupant: UInt32 {
    get { kind == .graft ? payload : 0 }
    set { if kind == .graft { payload = newValue } }
  }

  var isContainer: Bool { kind == .mapping || kind == .sequence }
  var isBlockCollection: Bool { isContainer && style == .block }
  var isBlockScalar: Bool { kind == .scalar && (style == .literal || style == .folded) }
}
