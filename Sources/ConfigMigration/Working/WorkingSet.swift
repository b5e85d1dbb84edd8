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
    public let path: String
    public let layer: Layer
    public let captures: Captures
    public package(set) var document: Document
  }

  /// One document of a file, with its part in the configuration.
  package struct Unit: Sendable {
    package var file: Int
    package var root: NodeID
    /// The number of the document in its stream, from 1.
    package var number: Int
    package var mount: Pointer
    package var isBase: Bool
  }

  /// Base files and fragments first, then overlays.
  package var units: [Unit]
  /// The units of the base and of each overlay file over it, in the order in which they combine.
  package let baseUnits: [Int]
  /// The units that are put somewhere in the configuration, by that place.
  package let mountedUnits: [Pointer: [Int]]
  package let overlayUnits: [[Int]]

  /// What evaluates expressions.
  package let runtime: TransformerRuntime

  /// The operation that works at the moment, for messages and for the authors of edits.
  package var current: CurrentOperation?
  package var nextAuthor: Int32 = 1
  package var authors: [AuthorRecord] = []
  package var authorsByPlace: [SourcePlace: EditAuthor] = [:]
  /// How many places each author found.
  package var tallies: [Int32: Int] = [:]
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

  package init(_ set: ConfigurationSet, runtime: TransformerRuntime = TransformerRuntime()) {
    product = set.product
    self.runtime = runtime
    files = set.files.map {
      File(path: $0.path, layer: $0.layer, captures: $0.captures, document: $0.document)
    }
    var units: [Unit] = []
    var overlays: [[Int]] = []
    for (index, file) in files.enumerated() {
      let isOverlay = if case .overlay = file.layer { true } else { false }
      let first = units.count
      for (number, root) in file.document.roots.enumerated() {
        units.append(
          Unit(file: index, root: root, number: number + 1, mount: file.layer.mount, isBase: !isOverlay))
      }
      if isOverlay { overlays.append(Array(first..<units.count)) }
    }
    self.units = units
    baseUnits = units.indices.filter { units[$0].isBase }
    mountedUnits = Dictionary(grouping: units.indices.filter { !units[$0].mount.isRoot }) { units[$0].mount }
    overlayUnits = overlays
  }

  /// The units that the application sees together with this one: the base, or the base under this overlay.
  package func effectiveUnits(of unit: Int) -> [Int] {
    guard !units[unit].isBase else { return baseUnits }
    return baseUnits + (overlayUnits.first { $0.contains(unit) } ?? [unit])
  }

  /// Every effective configuration: the base with each overlay, or the base alone where there is none.
  package var configurations: [[Int]] {
    overlayUnits.isEmpty ? [baseUnits] : overlayUnits.map { baseUnits + $0 }
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
