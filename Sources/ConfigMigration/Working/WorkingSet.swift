public import ConfigDocument

/// A configuration set while transformers change it: its documents with their edits, and what was found on the way.
///
/// A Swift ``ConfigTransformer`` edits it by ``edit(_:_:)`` on single documents, or by the operations of the transformer
/// language, which know about layers.
public struct WorkingSet: Sendable {
  public let product: Product
  /// In the order in which they combine; see ``ConfigurationSet``.
  public package(set) var files: [File]
  /// Warnings and notes of the program, in the order in which they arose.
  public package(set) var findings: [Diagnostic] = []
  /// What the transformers tell the operator.
  public package(set) var notes: [MigrationNote] = []

  public struct File: Sendable {
    public package(set) var path: String
    public package(set) var layer: Layer
    public package(set) var captures: Captures
    public package(set) var document: Document {
      didSet {
        keys = document.keyFilter
        hasAnchors = document.hasAnchors
      }
    }
    /// The keys that the document may hold: at hand, since every operation asks every file.
    package private(set) var keys: KeyFilter
    package private(set) var hasAnchors: Bool
    /// The file of the set that it was; nil where an operation created it.
    package var original: Int?
    /// Whether it is gone. It keeps its number until the operation that removed it is done.
    package var isRemoved = false
    /// Who created, renamed or removed it.
    package var author: EditAuthor?
    /// What stands in another document now.
    package var carried: Set<NodeID> = []

    package init(
      path: String, layer: Layer, captures: Captures, document: Document, original: Int? = nil,
      author: EditAuthor? = nil
    ) {
      self.path = path
      self.layer = layer
      self.captures = captures
      self.document = document
      self.original = original
      self.author = author
      keys = document.keyFilter
      hasAnchors = document.hasAnchors
    }
  }

  /// One document of a file, with its part in the configuration.
  package struct Unit: Sendable {
    package var file: Int
    package var root: NodeID
    /// The number of the document in its stream, from 1.
    package var number: Int
    package var mount: Pointer
    package var isBase: Bool
    /// Whether it is a configuration of its own.
    package var isStandalone = false
  }

  /// Base files and fragments first, then overlays.
  package var units: [Unit]
  /// The units of the base and of each overlay file over it, in the order in which they combine.
  package var baseUnits: [Int] = []
  /// The units that are put somewhere in the configuration, by that place.
  package var mountedUnits: [Pointer: [Int]] = [:]
  package var overlayUnits: [[Int]] = []
  package var standaloneUnits: [Int] = []
  /// The files that are gone, as they were then.
  package var gone: [File] = []
  /// Whether files came, went or were renamed, and the order of all is to be taken anew.
  package var isOutOfOrder = false

  /// What evaluates expressions.
  package let runtime: TransformerRuntime

  /// The operation that works at the moment, for messages and for the authors of edits.
  package var current: CurrentOperation?
  package var nextAuthor: Int32 = 1
  package var authors: [AuthorRecord] = []
  package var authorsByPlace: [SourcePlace: EditAuthor] = [:]
  /// How many places each author found.
  package var tallies: [Int32: Int] = [:]
  /// For each of the authors, how many findings there were when it began.
  package var findingsBefore: [Int] = []
  /// The transformer that works at the moment, as `from → to`.
  package var transformer = ""
  /// Containers that this transformer took something out of; `prune` looks only at these.
  package var emptied: Set<FileNode> = []

  /// What the conditions decided, and what was created; nil where nobody asked for it.
  package var trace: MigrationTrace?
  /// On the way back: what was decided and created on the way there, where that is known.
  package var replayed: MigrationTrace?
  /// On the way back: edits of what the upgrade had created.
  package var stranded: [StrandedEdit] = []
  /// Whether such edits are given up.
  package var dropsStranded = false

  /// The items of the `each` that runs: one may merge another, and is then worked itself.
  package var eachItems: [Pointer] = []

  package struct FileNode: Hashable, Sendable {
    package var file: Int
    package var node: NodeID
  }

  package struct CurrentOperation: Sendable {
    package var name: String
    package var place: SourcePlace?
    package var author: EditAuthor
  }

  package init(
    _ set: ConfigurationSet, runtime: TransformerRuntime = TransformerRuntime(),
    where isIncluded: (SetFile) -> Bool = { _ in true }
  ) {
    product = set.product
    self.runtime = runtime
    files = []
    files.reserveCapacity(set.files.count)
    for (index, file) in set.files.enumerated() where isIncluded(file) {
      files.append(
        File(path: file.path, layer: file.layer, captures: file.captures, document: file.document, original: index))
    }
    units = []
    for index in files.indices { addUnits(of: index) }
    groupUnits()
  }

  /// The units that the application sees together with this one: the base, the base under this overlay, or this one alone.
  package func effectiveUnits(of unit: Int) -> [Int] {
    guard !units[unit].isBase else { return baseUnits }
    guard !units[unit].isStandalone else { return [unit] }
    return baseUnits + (overlayUnits.first { $0.contains(unit) } ?? [unit])
  }

  /// Every effective configuration: the base with each overlay, or the base alone where there is none; each document that
  /// stands alone.
  package var configurations: [[Int]] {
    let layered = overlayUnits.isEmpty ? [baseUnits] : overlayUnits.map { baseUnits + $0 }
    guard !standaloneUnits.isEmpty else { return layered }
    return (baseUnits.isEmpty ? [] : layered) + standaloneUnits.map { [$0] }
  }

  /// The effective configurations that an operation of the scope asks: in a list each unit by itself.
  package func configurations(in scope: Scope) -> [[Int]] {
    guard !scope.isInList else { return scope.units.map { [$0] } }
    guard !standaloneUnits.isEmpty else { return configurations }
    let inScope = Set(scope.units)
    return configurations.filter { configuration in
      guard let unit = configuration.first, units[unit].isStandalone else { return true }
      return inScope.contains(unit)
    }
  }

  /// Those of `units`, and those that are put at or below the pointer: no others hold something below it.
  package func readers(_ holders: [Int], below pointer: Pointer) -> [Int] {
    var readers = holders
    for (mount, mounted) in mountedUnits where mount.isWithin(pointer) {
      readers += mounted.filter { !holders.contains($0) }
    }
    return readers.sorted()
  }

  package func view(_ unit: Int) -> DocumentView {
    DocumentView(files[units[unit].file].document, root: units[unit].root, mount: units[unit].mount)
  }

  /// The data of a node; see ``Document/value(of:)``.
  package func value(of node: NodeID, in unit: Int) -> Value { files[units[unit].file].document.value(of: node) }

  package func document(of unit: Int) -> Document { files[units[unit].file].document }

  package func place(of node: NodeID, in unit: Int) -> SourcePlace {
    var place = files[units[unit].file].document.place(of: node)
    // A line that holds a secret is not shown.
    if !product.secrets.isEmpty, product.isSecret(units[unit].mount.appending(document(of: unit).pointer(to: node))) {
      place.lineText = ""
    }
    return place
  }
}

extension Document {
  /// The items of the list at `pointer`; none where no list stands there. An alias is no item of its own: what it stands
  /// for is.
  func items(at pointer: Pointer, below root: NodeID) -> [NodeID] {
    var node = root
    for token in pointer.tokens {
      let container = resolved(node)
      guard kind(of: container) == .mapping, let child = child(token, of: container) else { return [] }
      node = child
    }
    let list = resolved(node)
    return kind(of: list) == .sequence ? items(of: list).filter { kind(of: $0) != .alias } : []
  }
}

/// Who made an edit: the operation of a transformer, or a Swift transformer as a whole.
public struct AuthorRecord: Hashable, Sendable {
  public var author: EditAuthor
  /// The transformer, as `from → to`.
  public var transformer: String
  /// The operation's name; `version` for the version field, `swift` for a Swift transformer.
  public var operation: String
  /// Where the operation is written.
  public var place: SourcePlace?
}

/// What a transformer tells the operator.
public struct MigrationNote: Hashable, Sendable {
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case info, warning
    /// Something that a person has to do; it is acknowledged by its code before the plan is applied.
    case action
  }

  public var level: Level
  /// The stable name by which an action is acknowledged.
  public var code: String?
  public var message: String
  /// Where to read more.
  public var doc: String?
  /// The places of the set that it speaks of.
  public var places: [SourcePlace]
  /// The transformer that says it, as `from → to`.
  public var transformer: String

  public init(
    level: Level, code: String? = nil, message: String, doc: String? = nil, places: [SourcePlace] = [],
    transformer: String = ""
  ) {
    self.level = level
    self.code = code
    self.message = message
    self.doc = doc
    self.places = places
    self.transformer = transformer
  }
}
