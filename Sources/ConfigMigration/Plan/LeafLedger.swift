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

  /// How many there are.
  public var count: Int { kept + leaves.count }
}

extension Plan {
  /// What became of every scalar of the set.
  ///
  /// Complexity: O(files + leaves that are not kept).
  public var ledger: LeafLedger {
    files.reduce(into: LeafLedger()) { sum, file in
      guard let ledger = file.ledger else { return }
      sum.kept += ledger.kept
      sum.leaves += ledger.leaves
    }
  }
}

extension LeafLedger {
  /// Follows every scalar of a file that stays, or of one as it was when it was removed.
  ///
  /// - Throws: `leaf-unaccounted`, where one is gone and no operation says that it did it.
  /// - Complexity: O(n · depth).
  package init(
    of original: Document, as file: WorkingSet.File, by operations: [EditAuthor: String]
  ) throws(Diagnostic) {
    let edited = file.document
    guard edited.hasEdits || edited.source != original.source || file.isRemoved else {
      kept = original.sourceScalarCount
      return
    }
    let isReread = edited.source != original.source
    var nodes: [NodeID] = []
    if file.isRemoved || isReread {
      nodes = original.sourceScalars
    } else {
      let scalars = edited.changedScalars
      kept = scalars.kept
      nodes = scalars.changed.map(\.node)
    }
    for node in nodes {
      guard let (fate, author) = Self.fate(of: node, in: file, operations, isReread: isReread) else {
        kept += 1
        continue
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

  /// - Parameter isReread: whether the file got another text, which has nodes of its own.
  /// - Returns: what became of one scalar, and who did it; nil where it stands where it stood.
  static func fate(
    of node: NodeID, in file: WorkingSet.File, _ operations: [EditAuthor: String], isReread: Bool
  ) -> (Fate, EditAuthor)? {
    let ofFile = file.author ?? EditAuthor(rawValue: 0)
    if isReread { return (.converted, ofFile) }
    switch file.document.fate(of: node) {
    case .kept:
      guard file.isRemoved else { return nil }
      return (file.carries(node) ? .moved : .removed, ofFile)
    case .moved(let by): return (.moved, by)
    case .rewritten(let by), .replaced(let by): return (operations[by] == "merge" ? .merged : .converted, by)
    case .removed(let by): return (file.carries(node) ? .moved : fate(ofRemovedBy: operations[by]), by)
    }
  }

  /// What leaves its place lives on elsewhere with most operations.
  private static func fate(ofRemovedBy operation: String?) -> Fate {
    switch operation {
    case "remove", "discard", "drop_default", "prune", "arrange", "file", "version": .removed
    case "merge", "copy", "set", "default", "insert", "move", "rename": .merged
    default: .converted
    }
  }
}

extension WorkingSet.File {
  /// Whether the node, or what holds it, stands in another document now.
  fileprivate func carries(_ node: NodeID) -> Bool {
    guard !carried.isEmpty else { return false }
    var next: NodeID? = node
    while let current = next {
      if carried.contains(current) { return true }
      next = document.parent(of: current)
    }
    return false
  }
}

extension WorkingSet {
  /// Follows every scalar of the set.
  /// - Throws: `leaf-unaccounted`.
  func followLeaves(of set: ConfigurationSet, in planned: inout [Plan.PlannedFile]) throws(Diagnostic) {
    let operations = Dictionary(authors.map { ($0.author, $0.operation) }) { first, _ in first }
    let followed = files + gone
    let ledgers = try runtime.work.map(followed.count) { (index) throws(Diagnostic) in
      try followed[index].original.map { original throws(Diagnostic) in
        try LeafLedger(of: set.files[original].document, as: followed[index], by: operations)
      }
    }
    var places: [[UInt8]: Int]?
    for (number, ledger) in ledgers.enumerated() {
      guard let original = followed[number].original else { continue }
      let path = Array(set.files[original].path.utf8)
      // Mostly the files are in the order in which they were.
      if number < planned.count, planned[number].oldPath?.utf8.elementsEqual(path) ?? false {
        planned[number].ledger = ledger
        continue
      }
      let known = places ?? planned.placesByOldPath
      places = known
      if let index = known[path] { planned[index].ledger = ledger }
    }
  }
}

extension [Plan.PlannedFile] {
  fileprivate var placesByOldPath: [[UInt8]: Int] {
    var places: [[UInt8]: Int] = [:]
    for (index, file) in enumerated().reversed() {
      if let path = file.oldPath { places[[UInt8](path.utf8)] = index }
    }
    return places
  }
}
