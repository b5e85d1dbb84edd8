package import ConfigDocument

extension WorkingSet {
  /// Edits one document in the name of the operation that runs.
  /// - Throws: what the edit throws, with the operation's place beside it.
  @discardableResult
  package mutating func edit<Result>(
    unit: Int, _ body: (inout Document) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try edit(file: units[unit].file, body)
  }

  package mutating func edit<Result>(
    file: Int, _ body: (inout Document) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    if let current { files[file].document.author = current.author }
    do {
      return try body(&files[file].document)
    } catch {
      throw blaming(error)
    }
  }

  /// The error with the operation that met it.
  package func blaming(_ error: Diagnostic) -> Diagnostic {
    guard let current, let place = current.place, !error.related.contains(where: { $0.place == place }) else {
      return error
    }
    var error = error
    error.related.append(Diagnostic.Related("the operation `\(current.name)`", at: place))
    return error
  }

  /// Records a warning or a note of the operation that runs.
  package mutating func report(
    _ code: Diagnostic.Code, _ message: String, severity: Diagnostic.Severity = .warning, at place: SourcePlace?,
    hint: String? = nil
  ) {
    findings.append(blaming(Diagnostic(code, message, severity: severity, at: place, hint: hint)))
  }

  package func failure(
    _ code: Diagnostic.Code, _ message: String, at place: SourcePlace?, hint: String? = nil,
    related: [Diagnostic.Related] = []
  ) -> Diagnostic {
    blaming(Diagnostic(code, message, at: place, hint: hint, related: related))
  }

  /// Tells of the comments that are lost with an entry or item.
  package mutating func reportComments(of node: NodeID, in unit: Int) {
    let document = document(of: unit)
    guard document.hasOwnComments(node), document.comesFromSource(node) else { return }
    report(
      .commentRemoved, "the comment of `\(units[unit].mount.appending(document.pointer(to: node)))` goes with it",
      severity: .note, at: document.place(of: document.key(of: node) ?? node))
  }

  /// Removes an entry or item, and remembers that its container lost something.
  package mutating func remove(_ node: NodeID, in unit: Int) throws(Diagnostic) {
    noteTaking(node, in: unit)
    reportComments(of: node, in: unit)
    try edit(unit: unit) { document throws(Diagnostic) in try document.remove(node) }
  }

  /// Removes what stands elsewhere now, with its comments.
  package mutating func removeMoved(_ node: NodeID, in unit: Int) throws(Diagnostic) {
    files[units[unit].file].carried.insert(node)
    guard node != units[unit].root else {
      removeFile(units[unit].file)
      return
    }
    noteTaking(node, in: unit)
    try edit(unit: unit) { document throws(Diagnostic) in try document.remove(node) }
  }

  /// Remembers that something is taken out of the node's container.
  package mutating func noteTaking(_ node: NodeID, in unit: Int) {
    let file = units[unit].file
    if let parent = files[file].document.parent(of: node) { emptied.insert(FileNode(file: file, node: parent)) }
  }

  // MARK: Making room

  /// Where a new key goes among its siblings.
  package func position(_ neighbours: Neighbours?, in mapping: NodeID, unit: Int) -> Position {
    let file = units[unit].file
    switch neighbours {
    case .before(let key): return files[file].document.child(key, of: mapping).map(Position.before) ?? .last
    case .after(let key): return files[file].document.child(key, of: mapping).map(Position.after) ?? .last
    case nil: return .last
    }
  }

  /// The container that `pointer` names, in this unit alone; its missing parts are created as empty mappings.
  /// - Parameter comment: is written above the topmost part that is created, and is then nil.
  package mutating func container(
    at pointer: Pointer, in unit: Int, comment: inout String?
  ) throws(Diagnostic) -> NodeID {
    guard let local = view(unit).local(pointer) else {
      throw failure(
        .conflict,
        "\(pointer.isRoot ? "the top level" : "`\(pointer)`") lies outside of `\(units[unit].mount)`, which is all that this file holds",
        at: place(of: units[unit].root, in: unit),
        hint: "name the file that it belongs into, like `file.yaml#\(pointer)`")
    }
    var node = try mappingInPlace(units[unit].root, at: units[unit].mount, in: unit)
    for (depth, token) in local.tokens.enumerated() {
      let here = units[unit].mount.appending(Pointer(Array(local.tokens.prefix(depth + 1))))
      let document = document(of: unit)
      if document.kind(of: node) == .sequence {
        let items = document.items(of: node)
        guard let index = Pointer.index(token), index < items.count else {
          throw failure(
            .conflict, "the list `\(here.parent ?? here)` has no item `\(token)`", at: document.place(of: node))
        }
        node = try mappingInPlace(items[index], at: here, in: unit)
      } else if let child = document.child(token, of: node) {
        node = try mappingInPlace(child, at: here, in: unit)
      } else if let merged = document.effectiveChild(token, of: node) {
        throw failure(
          .conflict, "`\(here)` comes from a merge key, and a key of its own would hide it",
          at: document.place(of: merged), hint: "write the mapping out in this place, without the merge key")
      } else {
        let text = comment
        let mapping = node
        node = try edit(unit: unit) { document throws(Diagnostic) in
          try document.insert(.object(Object()), forKey: token, into: mapping, comment: text)
        }
        comment = nil
      }
    }
    return node
  }

  /// The node as a container that can be written: an alias is expanded, a null becomes an empty mapping.
  private mutating func mappingInPlace(_ node: NodeID, at pointer: Pointer, in unit: Int) throws(Diagnostic) -> NodeID {
    let document = document(of: unit)
    switch document.kind(of: node) {
    case .mapping, .sequence: return node
    case .alias:
      reportExpansion(of: node, in: unit)
      return try edit(unit: unit) { document throws(Diagnostic) in try document.expand(node) }
    case .scalar:
      guard case .null = document.value(of: node) else {
        throw failure(
          .conflict, "`\(pointer)` is \(document.described(node)), and the operation needs a mapping there",
          at: document.place(of: node), hint: "change the value by hand first, or give the operation a `when`")
      }
      let mapping = try edit(unit: unit) { document throws(Diagnostic) in
        try document.set(node, to: .object(Object()))
      }
      if units[unit].root == node { units[unit].root = mapping }
      return mapping
    }
  }

  package mutating func reportExpansion(of alias: NodeID, in unit: Int) {
    let document = document(of: unit)
    let name = document.anchor(of: document.resolved(alias)).map { " `*\($0)`" } ?? ""
    report(
      .aliasExpanded, "the alias\(name) at `\(document.pointer(to: alias))` becomes a copy, since only it changes",
      severity: .note, at: document.place(of: alias))
  }
}

/// The sibling next to which a new key is put.
package enum Neighbours: Hashable, Sendable {
  case before(String)
  case after(String)
}
