public import ConfigDocument

/// What an operation does where its target exists already.
extension WorkingSet {
  /// The value that stands at the pointer in this unit, if one does.
  package func existing(at pointer: Pointer, in unit: Int) -> NodeID? {
    guard pointer.isWithin(units[unit].mount) else { return nil }
    // In place: a copy of a document, even a shared one, costs more than this walk.
    let file = units[unit].file
    var node = units[unit].root
    for token in pointer.tokens.dropFirst(units[unit].mount.tokens.count) {
      let container = files[file].document.resolved(node)
      switch files[file].document.kind(of: container) {
      case .mapping:
        guard let child = files[file].document.effectiveChild(token, of: container) else { return nil }
        node = child
      case .sequence:
        let items = files[file].document.items(of: container)
        guard let index = Pointer.index(token), index < items.count else { return nil }
        node = items[index]
      case .scalar, .alias: return nil
      }
    }
    return node
  }

  package func conflict(
    at pointer: Pointer, existing: NodeID, incoming: String, from place: SourcePlace?, in unit: Int
  ) -> Diagnostic {
    var related: [Diagnostic.Related] = []
    if let place { related.append(Diagnostic.Related("what would be put there", at: place)) }
    return failure(
      .conflict, "`\(pointer)` exists already and differs from \(incoming)",
      at: self.place(of: existing, in: unit),
      hint: "remove one of the two, or give the operation `on_conflict: keep`, `replace` or `merge`",
      related: related)
  }

  /// A short form of a value for messages; secrets are not shown, long values are cut.
  package func shown(_ node: NodeID, at pointer: Pointer, in unit: Int) -> String {
    shown(document(of: unit).value(of: node), at: pointer)
  }

  package func shown(_ value: Value, at pointer: Pointer) -> String { product.shown(value, at: pointer) }

  package mutating func reportReplaced(_ node: NodeID, at pointer: Pointer, by value: String, in unit: Int) {
    report(
      .valueReplaced, "`\(pointer)` was \(shown(node, at: pointer, in: unit)) and becomes \(value)",
      at: place(of: node, in: unit))
  }

  package mutating func reportDropped(_ node: NodeID, at pointer: Pointer, keeping kept: Pointer, in unit: Int) {
    report(
      .valueDropped, "`\(pointer)` (\(shown(node, at: pointer, in: unit))) is dropped, since `\(kept)` exists",
      at: place(of: node, in: unit))
  }
}

extension Product {
  /// A short form of a value for messages; secrets are not shown, long values are cut.
  package func shown(_ value: Value, at pointer: Pointer) -> String {
    if isSecret(pointer) { return "a secret" }
    let text = value.description
    let scalars = text.unicodeScalars
    return scalars.count <= 60 ? "`\(text)`" : "`\(String(String.UnicodeScalarView(scalars.prefix(57))))…`"
  }

  /// Whether the product says that what stands there is never printed.
  public func isSecret(_ pointer: Pointer) -> Bool {
    secrets.contains { $0.covers(pointer.tokens[...]) }
  }

  /// Whether a secret may stand there, above it or below it.
  package func holdsSecret(_ pointer: Pointer) -> Bool {
    secrets.contains { $0.touches(pointer.tokens[...]) }
  }
}

extension AddressPattern {
  /// Whether the address names the pointer or something above it.
  fileprivate func covers(_ path: ArraySlice<String>) -> Bool { Self.covers(tokens[...], path) }

  /// Whether the address may name the pointer, or something above or below it.
  fileprivate func touches(_ path: ArraySlice<String>) -> Bool { Self.touches(tokens[...], path) }

  private static func touches(_ tokens: ArraySlice<Token>, _ path: ArraySlice<String>) -> Bool {
    guard let token = tokens.first, let key = path.first, token != .deep else { return true }
    if case .key(let literal) = token, !literal.utf8.elementsEqual(key.utf8) { return false }
    return touches(tokens.dropFirst(), path.dropFirst())
  }

  private static func covers(_ tokens: ArraySlice<Token>, _ path: ArraySlice<String>) -> Bool {
    guard let token = tokens.first else { return true }
    if token == .deep {
      return covers(tokens.dropFirst(), path) || (!path.isEmpty && covers(tokens, path.dropFirst()))
    }
    guard let key = path.first else { return false }
    if case .key(let literal) = token, !literal.utf8.elementsEqual(key.utf8) { return false }
    return covers(tokens.dropFirst(), path.dropFirst())
  }
}
