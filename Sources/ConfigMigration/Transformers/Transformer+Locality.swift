import ConfigDocument

extension Transformer {
  /// Whether each of its operations works within the entries of the mapping at `mount`, on each by itself, or has nothing to do
  /// with it.
  func staysInParts(at mount: Pointer) -> Bool {
    guard case .operations(let operations) = steps else { return false }
    return operations.allSatisfy { $0.staysInParts(at: mount) }
  }
}

extension Operation {
  /// Those that do to a place what depends on nothing but the places that they name.
  private static let localNames: Set<String> = [
    "rename", "move", "copy", "remove", "set", "default", "pin_default", "map", "convert", "rewrite", "wrap", "unwrap",
    "split", "join", "insert", "discard", "arrange",
  ]

  fileprivate func staysInParts(at mount: Pointer) -> Bool {
    guard Self.localNames.contains(name), inner.isEmpty, modifiers.when == nil, modifiers.branch == nil,
      !modifiers.required
    else { return false }
    let footprint = body.footprint
    let addresses = body.sources + footprint.reads + footprint.takes + footprint.makes
    guard let first = addresses.first, addresses.allSatisfy({ $0.file == nil && $0.document == nil }) else {
      return false
    }
    if addresses.allSatisfy({ $0.isApart(from: mount) }) { return true }
    // One name for the entry in all of them: what is read of an entry is written to the same one.
    return addresses.allSatisfy {
      $0.isWithinEntry(of: mount) && $0.tokens[mount.tokens.count] == first.tokens[mount.tokens.count]
    }
  }
}

extension AddressPattern {
  /// Whether nothing that it names is at, above or below the pointer.
  fileprivate func isApart(from pointer: Pointer) -> Bool {
    for (token, key) in zip(tokens, pointer.tokens) {
      guard case .key(let literal) = token else { return false }
      if !literal.utf8.elementsEqual(key.utf8) { return true }
    }
    return false
  }

  /// Whether all that it names is below any of the entries of the mapping at the pointer.
  fileprivate func isWithinEntry(of pointer: Pointer) -> Bool {
    guard tokens.count >= pointer.tokens.count + 2 else { return false }
    for (token, key) in zip(tokens, pointer.tokens) {
      guard case .key(let literal) = token, literal.utf8.elementsEqual(key.utf8) else { return false }
    }
    switch tokens[pointer.tokens.count] {
    case .any, .capture: return true
    case .key, .deep, .end: return false
    }
  }
}
