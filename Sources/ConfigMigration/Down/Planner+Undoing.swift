import ConfigDocument

/// The files of a set at one version, by path.
typealias FileBytes = [String: [UInt8]]

/// What undoing one transformer on one set gave.
struct UndoneSet {
  var files: FileBytes
  var findings: [Diagnostic]
  var stranded: [StrandedEdit]
  /// What became of the scalars of each file.
  var moves: [String: [LeafJourney.Move]]
  var authors: [AuthorRecord]
}

extension Planner {
  /// Runs the inverse of a transformer on a set.
  /// - Parameters:
  ///   - trace: what it decided and created on its way up, where that is known.
  ///   - dropsStranded: whether edits of what it created are given up.
  func undo(
    _ transformer: Transformer, to version: Version, on files: FileBytes, replaying trace: MigrationTrace?,
    dropsStranded: Bool = false
  ) throws(Diagnostic) -> UndoneSet {
    let set = try ConfigurationSet(product: registry.product, files: files.map { ($0.key, $0.value) })
    var working = WorkingSet(set, runtime: runtime)
    working.replayed = trace
    working.dropsStranded = dropsStranded
    try working.undo(transformer, to: version)
    return UndoneSet(
      files: try working.bytes(), findings: working.findings, stranded: working.stranded,
      moves: working.leafMoves(of: set), authors: working.authors)
  }

  /// Runs a transformer, and remembers what it decided.
  func redo(
    _ transformer: Transformer, on files: FileBytes
  ) throws(Diagnostic) -> (files: FileBytes, trace: MigrationTrace) {
    let set = try ConfigurationSet(product: registry.product, files: files.map { ($0.key, $0.value) })
    var working = WorkingSet(set, runtime: runtime)
    working.trace = MigrationTrace()
    _ = try working.run(transformer)
    return (try working.bytes(), working.trace ?? MigrationTrace())
  }
}

extension WorkingSet {
  /// Undoes one transformer, and writes the version that it started from.
  fileprivate mutating func undo(_ transformer: Transformer, to version: Version) throws(Diagnostic) {
    self.transformer = "\(transformer.to) → \(version)"
    emptied = []
    authorsByPlace = [:]
    switch transformer.steps {
    case .operations(let operations):
      try runAll(try transformer.inverse.operations(undoing: operations))
    case .program(let program):
      current = CurrentOperation(name: "swift", place: nil, author: newAuthor("swift", at: nil))
      if program.isReversible { try program.revert(&self) }
    }
    current = nil
    try writeVersion(version)
  }

  fileprivate func bytes() throws(Diagnostic) -> FileBytes {
    var bytes: FileBytes = [:]
    for file in files { bytes[file.path] = try file.document.render().bytes }
    return bytes
  }
}
