/// What edits know beyond the arena. Empty for a document that was not edited.
struct EditOverlay: Sendable {
  /// The values of new and rewritten scalars.
  var written: [UInt32: WrittenScalar] = [:]
  /// For a node that is no longer at its place: the graft through which it is reached now.
  var places: [UInt32: UInt32] = [:]
  /// For a value that does not follow its key in the arena: its key.
  var keys: [UInt32: UInt32] = [:]
  /// For mappings that have a ``KeyTable``: the keys, by hash, that came or were renamed since it was made.
  var arrivedKeys: [UInt32: [UInt32: [UInt32]]] = [:]
  /// For a collection that something was added to: a place from which it is not far to its last one.
  var latePlaces: [UInt32: UInt32] = [:]
  /// For a place that something was put before: a place before it from which it is not far.
  var earlyPlaces: [UInt32: UInt32] = [:]
  /// For a node that moved: the collection that it stood in in the source.
  var formerParents: [UInt32: UInt32] = [:]
  /// For a copied node: the one whose source bytes it shares.
  var originals: [UInt32: UInt32] = [:]
  /// What was imported from other documents, in the order of its bytes.
  var imports: [ImportedText] = []
  /// The comments that an entry or item was given, by its value.
  var comments: [UInt32: CommentEdits] = [:]
  /// JSON with comments: whether the source has them between `/*` and `*/` only; nil while nobody asked.
  var hasBlockCommentsOnly: Bool?
  /// For a node that took the place of another, or gave up its own: the node of the source whose place and comments it has now.
  /// Nil where it has none.
  var homes: [UInt32: UInt32?] = [:]
  /// Who made an edit of a node.
  var authors: [UInt32: EditAuthor] = [:]
}

/// Comments in the place of those that the source has: as they are to be written, with their `#`, without indentation. Nil where
/// the source's stay, none where they go.
struct CommentEdits: Sendable {
  var head: [[UInt8]]?
  var line: [[UInt8]]?
  var foot: [[UInt8]]?
  var author = EditAuthor(rawValue: 0)

  /// Whether there is anything to write.
  var isEmpty: Bool { (head ?? []).isEmpty && (line ?? []).isEmpty && (foot ?? []).isEmpty }
}

/// A scalar value that an edit wrote.
struct WrittenScalar: Sendable {
  var value: Value
  /// The quotes of the scalar that it follows, kept where they are legal.
  var style: Node.Style?
}
