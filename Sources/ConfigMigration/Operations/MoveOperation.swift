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
    let isElsewhere = to.file != nil && (to.file != from.file || to.document != from.document)
    if to.tokens.isEmpty || (from.tokens.isEmpty && (!isElsewhere || from.file == nil)) {
      let field = from.tokens.isEmpty ? "from" : "to"
      throw Diagnostic(
        .badAddress, "the whole document cannot be moved, and nothing can be moved onto it",
        at: fields.document.place(of: try fields.required(field)),
        hint: "name both files, like `from: \"{name}.yaml#\"` and `to: \"all.yaml#/{name}\"`; or use `merge`")
    }
    if !isElsewhere, to.tokens.count > from.tokens.count, to.tokens.starts(with: from.tokens) {
      throw Diagnostic(
        .badAddress, "`\(from)` cannot be moved into itself", at: fields.document.place(of: try fields.required("to")),
        hint: "use `wrap` to put a value into a mapping or list of its own")
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    return try Self.run(from, as: work, on: &set, onConflict: onConflict, creation: creation, leavesFile: to.file != nil) {
      set, unit, match throws(Diagnostic) in
      try set.destination(to, for: match, in: unit, work)
    }
  }

  private struct Pair {
    var unit: Int
    var match: AddressMatch
    var target: Destination
  }

  /// Moves every match to where `target` says.
  package static func run(
    _ from: AddressPattern, as work: Work, on set: inout WorkingSet, onConflict: ConflictResolution,
    creation: CreationFields, leavesFile: Bool = false,
    target: (inout WorkingSet, Int, AddressMatch) throws(Diagnostic) -> Destination?
  ) throws(Diagnostic) -> Int {
    var count = 0
    var known: [Destination: Pair] = [:]
    let units = set.selectedUnits(work, for: from)
    // What goes to another file must not be found there again.
    for units in leavesFile ? [units] : units.map({ [$0] }) {
      var pairs: [Pair] = []
      for unit in units {
        for match in try set.matches(of: from, .entry, in: unit, as: work) {
          guard let target = try target(&set, unit, match), target != Destination(unit: unit, pointer: match.pointer)
          else { continue }
          try checkWhole(match, from, in: unit, target, set)
          let pair = Pair(unit: unit, match: match, target: target)
          let appends = onConflict == .append || onConflict == .merge || target.pointer.tokens.last == "-"
          if !appends, let other = known.updateValue(pair, forKey: target) { throw Self.clash(other, pair, set) }
          pairs.append(pair)
        }
      }
      count += pairs.count
      for pair in Self.ordered(pairs, isNested: from.hasDeepWildcard, appends: onConflict == .append) {
        var move = EntryMove(unit: pair.unit, to: pair.target.unit, onConflict: onConflict, creation: creation)
        move.creation.comment = creation.comment.map(pair.match.captures.fill)
        move.dropsComments = work.operation.modifiers.lossy != nil
        try move.run(pair.match.node, at: pair.match.pointer, to: pair.target.pointer, on: &set)
      }
    }
    return count
  }

  /// What is appended or goes to another document keeps its order; all else goes deepest and last first, so that no move
  /// pulls the ground from under another.
  private static func ordered(_ pairs: [Pair], isNested: Bool, appends: Bool) -> [Pair] {
    if appends { return pairs }
    var out: [Pair] = []
    for unit in pairs.chunked(by: \.unit) {
      let inOrder = unit.allSatisfy {
        $0.target.pointer.tokens.last == "-" || (!isNested && $0.target.unit != $0.unit)
      }
      out += inOrder ? Array(unit) : unit.reversed()
    }
    return out
  }

  /// The content of a file is moved only where the address names the file.
  private static func checkWhole(
    _ match: AddressMatch, _ from: AddressPattern, in unit: Int, _ target: Destination, _ set: WorkingSet
  ) throws(Diagnostic) {
    guard match.node == set.units[unit].root else { return }
    let file = set.files[set.units[unit].file]
    guard from.file != nil, target.unit != unit else {
      throw set.failure(
        .conflict, "`\(match.pointer)` is the whole content of this file, which cannot be moved",
        at: set.place(of: match.node, in: unit),
        hint: "the product says where the file's content is put; to move it, name the file: `\(file.path)#\(match.pointer)`")
    }
    guard file.document.roots.count == 1 else {
      throw set.failure(
        .conflict, "a document of a stream cannot be moved as a whole", at: set.place(of: match.node, in: unit),
        hint: "use `merge`, which takes its entries")
    }
  }

  private static func clash(_ other: Pair, _ pair: Pair, _ set: WorkingSet) -> Diagnostic {
    let isOneDocument = other.unit == pair.unit
    func named(_ pair: Pair) -> String {
      "`\(isOneDocument ? "" : set.files[set.units[pair.unit].file].path + "#")\(pair.match.pointer)`"
    }
    return set.failure(
      .conflict, "\(named(other)) and \(named(pair)) would both become `\(pair.target.pointer)`",
      at: set.place(of: pair.match.node, in: pair.unit),
      hint: "make the target differ with a capture, like `{name}`",
      related: [Diagnostic.Related("the other one", at: set.place(of: other.match.node, in: other.unit))])
  }
}

extension Array {
  /// The runs of elements with one key.
  fileprivate func chunked(by key: (Element) -> Int) -> [ArraySlice<Element>] {
    var chunks: [ArraySlice<Element>] = []
    for index in indices {
      if let last = chunks.last?.last, key(last) == key(self[index]) {
        chunks[chunks.count - 1] = self[chunks[chunks.count - 1].startIndex...index]
      } else {
        chunks.append(self[index...index])
      }
    }
    return chunks
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
    ) { _, unit, match throws(Diagnostic) in
      match.pointer.parent.map { Destination(unit: unit, pointer: $0.appending(match.captures.fill(to))) }
    }
  }
}
