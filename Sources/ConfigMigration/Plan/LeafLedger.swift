public import ConfigDocument

/// What became of every scalar of a file: kept, or named with the operation that did something to it.
public struct LeafLedger: Hashable, Sendable {
  public enum Fate: String, Hashable, Sendable, CaseIterable {
    /// It stands elsewhere, with its value.
    case moved
    /// Another value stands for it.
    case converted
    /// It gave way to, or was found equal to, a value that the transformer brings.
    case merged
    case removed
  }

  public struct Leaf: Hashable, Sendable {
    /// Where it stood.
    public var place: SourcePlace
    public var pointer: Pointer
    public var fate: Fate
    public var author: EditAuthor
  }

  /// How many stand where they stood, with their values.
  public var kept = 0
  /// The others, in the order of the text.
  public var leaves: [Leaf] = []

  public init() {}

  /// How many have a fate.
  public func count(_ fate: Fate) -> Int { leaves.count { $0.fate == fate } }
}

extension LeafLedger {
  /// Follows every scalar of a file.
  ///
  /// - Throws: `leaf-unaccounted`, where one is gone and no operation says that it did it.
  /// - Complexity: O(n · depth).
  package init(of original: Document, as edited: Document, by authors: [AuthorRecord]) throws(Diagnostic) {
    let operations = Dictionary(authors.map { ($0.author, $0.operation) }) { first, _ in first }
    for node in original.sourceScalars {
      let (fate, author): (Fate, EditAuthor)
      switch edited.fate(of: node) {
      case .kept:
        kept += 1
        continue
      case .moved(let by): (fate, author) = (.moved, by)
      case .rewritten(let by), .replaced(let by):
        (fate, author) = (operations[by] == "merge" ? .merged : .converted, by)
      case .removed(let by): (fate, author) = (Self.fate(ofRemovedBy: operations[by]), by)
      }
      guard operations[author] != nil else {
        throw Diagnostic(
          .leafUnaccounted,
          "the value `\(original.pointer(to: node))` is gone, and no operation says why; nothing is written",
          at: original.place(of: node), hint: "this is a fault of cfgmigrate; please report it with the file")
      }
      leaves.append(
        Leaf(place: original.place(of: node), pointer: original.pointer(to: node), fate: fate, author: author))
    }
  }

  /// What leaves its place lives on elsewhere with most operations.
  private static func fate(ofRemovedBy operation: String?) -> Fate {
    switch operation {
    case "remove", "discard", "drop_default", "prune", "arrange", "file", "version": .removed
    case "merge", "copy", "set", "default", "insert": .merged
    case "move", "rename": .merged
    default: .converted
    }
  }
}
