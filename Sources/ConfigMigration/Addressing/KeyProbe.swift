package import ConfigDocument

/// The keys without which an address names nothing, as their hashes: asks which documents are worth a search.
package struct KeyProbe {
  /// The number of the token, and its hash.
  private var keys: [(index: Int, hash: UInt32)] = []
  private var firstDeep = Int.max

  package init(_ address: AddressPattern) {
    for (index, token) in address.tokens.enumerated() {
      switch token {
      // A number may be that of an item.
      case .key(let key) where Pointer.index(key) == nil: keys.append((index, KeyHash.hash(key)))
      case .deep: firstDeep = min(firstDeep, index)
      case .key, .any, .capture, .end: break
      }
    }
  }

  /// False where the address certainly names nothing in a document with these keys.
  ///
  /// - Parameter mounted: how many of the address's first tokens stand for keys around the document.
  /// - Complexity: O(keys of the address).
  package func mayFind(in filter: KeyFilter, mounted: Int) -> Bool {
    // What `**` takes of the keys around the document is not known.
    guard firstDeep >= mounted else { return true }
    for key in keys where key.index >= mounted && !filter.mayHold(key.hash) { return false }
    return true
  }
}

extension WorkingSet {
  /// Whether the address of the probe may name something in the unit; see ``KeyProbe``.
  package func mayHold(_ probe: KeyProbe, in unit: Int, within prefix: Pointer) -> Bool {
    probe.mayFind(
      in: files[units[unit].file].keys, mounted: units[unit].mount.tokens.count - prefix.tokens.count)
  }
}
