package import ConfigDocument

/// `move`: takes an entry or item somewhere else, with its comments and style.
package struct MoveOperation: OperationBody {
  package var from: AddressPattern
  package var to: AddressPattern
  package var onConflict: ConflictResolution
  package var creation: CreationFields

  package var sources: [AddressPattern] { [from] }

  package init(
    from: AddressPattern, to: AddressPattern, onConflict: ConflictResolution = .error,
    creation: CreationFields = CreationFields()
  ) {
    self.from = from
    self.to = to
    self.onConflict = onConflict
    self.creation = creation
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    from = try fields.address("from")
    to = try fields.target("to", of: from)
    onConflict = try fields.word("on_conflict", ConflictResolution.self) ?? .error
    creation = try CreationFields(reading: &fields)
    if from.tokens.isEmpty || to.tokens.isEmpty {
      let field = from.tokens.isEmpty ? "from" : "to"
      throw Diagnostic(
        .badAddress, "the whole document cannot be moved, and nothing can be moved onto it",
        at: fields.document.place(of: try fields.required(field)))
    }
    if to.tokens.count > from.tokens.count, to.tokens.starts(with: from.tokens) {
      throw Diagnostic(
        .badAddress, "`\(from)` cannot be moved into itself", at: fields.document.place(of: try fields.required("to")),
        hint: "use `wrap` to put a value into a mapping or list of its own")
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try Self.run(
      from, as: Work(operation, in: scope), on: &set, onConflict: onConflict, creation: creation
    ) { match in to.within(scope.prefix).filled(with: match.captures) }
  }

  /// Moves every match to where `target` says.
  package static func run(
    _ from: AddressPattern, as work: Work, on set: inout WorkingSet, onConflict: ConflictResolution,
    creation: CreationFields, target: (AddressMatch) -> Pointer?
  ) throws(Diagnostic) -> Int {
    var count = 0
    for unit in set.selectedUnits(work, for: from) {
      var pairs: [(match: AddressMatch, target: Pointer)] = []
      var known: [Pointer: Int] = [:]
      for match in try set.matches(of: from, .entry, in: unit, as: work) {
        guard let target = target(match), target != match.pointer else { continue }
        let appends = onConflict == .append || onConflict == .merge || target.tokens.last == "-"
        if !appends, let other = known.updateValue(pairs.count, forKey: target).map({ pairs[$0] }) {
          throw set.failure(
            .conflict, "`\(other.match.pointer)` and `\(match.pointer)` would both become `\(target)`",
            at: set.place(of: match.node, in: unit),
            hint: "make the target differ with a capture, like `{name}`",
            related: [Diagnostic.Related("the other one", at: set.place(of: other.match.node, in: unit))])
        }
        pairs.append((match, target))
      }
      count += pairs.count
      // What is appended keeps its order; all else goes deepest and last first, so that no move pulls the ground from
      // under another.
      let inOrder = pairs.allSatisfy { $0.target.tokens.last == "-" } || onConflict == .append
      for (match, target) in inOrder ? pairs : pairs.reversed() {
        var move = EntryMove(unit: unit, onConflict: onConflict, creation: creation)
        move.creation.comment = creation.comment.map(match.captures.fill)
        try move.run(match.node, at: match.pointer, to: target, on: &set)
      }
    }
    return count
  }
}

/// `rename`: gives an entry another key, in its place.
package struct RenameOperation: OperationBody {
  package var path: AddressPattern
  package var to: String
  package var onConflict: ConflictResolution

  package var sources: [AddressPattern] { [path] }

  package init(path: AddressPattern, to: String, onConflict: ConflictResolution = .error) {
    self.path = path
    self.to = to
    self.onConflict = onConflict
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    to = try fields.text("to")
    onConflict = try fields.word("on_conflict", ConflictResolution.self) ?? .error
    let node = try fields.required("to")
    if to.utf8.first == UInt8(ascii: "/") {
      throw Diagnostic(
        .badValue, "`to` of a `rename` is the new key, not an address", at: fields.document.place(of: node),
        hint: "use `move` to take the entry somewhere else")
    }
    if path.tokens.isEmpty {
      throw Diagnostic(
        .badAddress, "the whole document has no key to rename",
        at: fields.document.place(of: try fields.required("path")))
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try MoveOperation.run(
      path, as: Work(operation, in: scope), on: &set, onConflict: onConflict, creation: CreationFields()
    ) { match in match.pointer.parent?.appending(match.captures.fill(to)) }
  }
}
