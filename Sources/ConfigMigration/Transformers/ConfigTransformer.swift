public import ConfigDocument

/// A step of the version graph that is written in Swift.
///
/// It edits the documents of the set, or gives a new value that the document is reconciled with; both come out as
/// lossless as a transformer file. A file is the first choice: it is checked, printed and inverted. A Swift transformer
/// is for what the language does not say.
///
/// ```swift
/// struct ShortenNames: ConfigTransformer {
///   let from = "3.0", to = "3.1.0"
///   let revision = "1"
///   let summary = "Service names of at most 32 letters"
///
///   func migrate(_ set: inout WorkingSet) throws(Diagnostic) {
///     for index in set.files.indices {
///       try set.edit(index) { document throws(Diagnostic) in
///         guard let name = document.node(at: Pointer(["name"])), let text = document.text(of: name) else { return }
///         try document.set(name, to: .string(String(text.prefix(32))))
///       }
///     }
///   }
/// }
/// ```
public protocol ConfigTransformer: Sendable {
  /// The versions that it starts from, as in a transformer file: `2.1` is any 2.1.x.
  var from: String { get }
  /// The version that it ends at. The version field is written for it.
  var to: String { get }
  /// Stands for the code in checksums: a plan that was made with another revision is out of date.
  var revision: String { get }
  /// One line for lists and plans.
  var summary: String { get }

  /// Changes the set. It depends on nothing but the set: no clock, no environment, no files.
  func migrate(_ set: inout WorkingSet) throws(Diagnostic)

  /// Whether ``revert(_:)`` says the way back; `false` unless said otherwise. A plan with a transformer that has none needs
  /// `--accept-loss`.
  var isReversible: Bool { get }
  /// Takes the changes of ``migrate(_:)`` back, as far as the set tells them: what it dropped is put back from the record of
  /// the run, where there is one.
  func revert(_ set: inout WorkingSet) throws(Diagnostic)
}

extension ConfigTransformer {
  public var isReversible: Bool { false }
  public func revert(_ set: inout WorkingSet) throws(Diagnostic) {}
}

extension WorkingSet {
  /// Edits one file's document.
  /// - Throws: what the edit throws.
  @discardableResult
  public mutating func edit<Result>(
    _ file: Int, _ body: (inout Document) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try edit(file: file, body)
  }

  /// Changes the data of each document of one file as a value. The document is then edited to mean the new value: what is
  /// equal stays as it is written, and what was moved or renamed keeps its comments.
  ///
  /// Merge keys and aliases are resolved in the value, so edit the document itself where they are to stay.
  /// - Throws: what `body` throws; `edit-refused`.
  public mutating func editValues(
    _ file: Int, _ body: (inout Value) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    for unit in units.indices where units[unit].file == file {
      let root = units[unit].root
      let old = files[file].document.value(of: root)
      var value = old
      try body(&value)
      guard value != old else { continue }
      units[unit].root = try edit(file: file) { document throws(Diagnostic) in
        try document.reconcile(root, with: value)
      }
    }
  }

  /// Tells the operator something.
  public mutating func note(_ note: MigrationNote) {
    var note = note
    note.transformer = transformer
    notes.append(note)
  }

  /// Warns of something at a place of the set.
  public mutating func warn(_ code: Diagnostic.Code, _ message: String, at place: SourcePlace?, hint: String? = nil) {
    report(code, message, at: place, hint: hint)
  }

  // MARK: Operations of the language, which know about layers

  /// `move`: takes entries somewhere else, in every layer that holds them.
  /// - Throws: `bad-address`; `conflict` where the target exists and differs.
  public mutating func move(
    from: String, to: String, onConflict: ConflictResolution = .error
  ) throws(Diagnostic) {
    try run(
      "move", MoveOperation(from: try AddressPattern(from), to: try AddressPattern(to), onConflict: onConflict))
  }

  /// `rename`: gives entries another key, in every layer that holds them.
  public mutating func rename(_ path: String, to key: String) throws(Diagnostic) {
    try run("rename", RenameOperation(path: try AddressPattern(path), to: key))
  }

  /// `remove`: takes entries away, in every layer that holds them.
  public mutating func remove(_ path: String) throws(Diagnostic) {
    try run("remove", RemoveOperation(path: try AddressPattern(path)))
  }

  /// `set`: makes a place hold a value, in the base and in every overlay that holds the place.
  public mutating func set(
    _ path: String, to value: Value, layers: LayerSelection? = nil
  ) throws(Diagnostic) {
    try run("set", SetOperation(path: try AddressPattern(path), source: .value(value)), layers: layers)
  }

  /// `default`: makes a place of the base hold a value, where nothing stands there.
  public mutating func setDefault(
    _ path: String, to value: Value, comment: String? = nil
  ) throws(Diagnostic) {
    try run(
      "default",
      DefaultOperation(
        path: try AddressPattern(path), source: .value(value), creation: CreationFields(comment: comment)))
  }

  /// `merge`: puts a mapping into another one, key by key.
  public mutating func merge(
    _ value: Value, into path: String, onConflict: ConflictResolution = .error, comment: String? = nil
  ) throws(Diagnostic) {
    try run(
      "merge",
      MergeOperation(into: try AddressPattern(path), value: value, onConflict: onConflict, comment: comment))
  }

  /// Whether something stands at the pointer in the base: its files and fragments combined.
  public func isInBase(_ pointer: Pointer) -> Bool { isPresent(pointer, in: baseUnits) }

  /// The value that the application sees with one file over the base; with a base file, that of the base.
  public func effectiveValue(at pointer: Pointer, for file: Int) -> Value? {
    value(at: pointer, in: units.firstIndex { $0.file == file }.map { effectiveUnits(of: $0) } ?? baseUnits)
  }

  private mutating func run(
    _ name: String, _ body: some OperationBody, layers: LayerSelection? = nil
  ) throws(Diagnostic) {
    var modifiers = Modifiers()
    modifiers.layers = layers
    let operation = Operation(name: name, place: nil, modifiers: modifiers, body: body, fields: .null)
    try run([operation], in: wholeScope)
    restoreOrder()
  }
}
