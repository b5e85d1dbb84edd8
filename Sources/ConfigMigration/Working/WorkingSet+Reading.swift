package import ConfigDocument

/// Reading the configuration of one document, or of several layers combined. Reads see through aliases and merge keys.
extension WorkingSet {
  private enum Walk {
    case found(NodeID)
    /// The place lies above the fragment's own: its whole content stands under the keys that are left.
    case above([String])
    case absent
    /// Something that is no mapping stands on the way, and so hides what lower layers have below it.
    case blocked
  }

  private func walk(_ pointer: Pointer, in unit: Int) -> Walk {
    let mount = units[unit].mount
    guard pointer.isWithin(mount) else {
      return mount.isWithin(pointer) ? .above(Array(mount.tokens.dropFirst(pointer.tokens.count))) : .absent
    }
    // In place: a copy of a document, even a shared one, costs more than this walk.
    let file = units[unit].file
    var node = units[unit].root
    for token in pointer.tokens.dropFirst(mount.tokens.count) {
      let container = files[file].document.resolved(node)
      switch files[file].document.kind(of: container) {
      case .mapping:
        guard let child = files[file].document.effectiveChild(token, of: container) else { return .absent }
        node = child
      case .sequence:
        let items = files[file].document.items(of: container)
        guard let index = Pointer.index(token), index < items.count else { return .blocked }
        node = items[index]
      case .scalar, .alias:
        // An empty document, or a null where a mapping may stand, overrides nothing below it that it does not name.
        return files[file].document.value(of: container) == .null && container == units[unit].root ? .absent : .blocked
      }
    }
    return .found(node)
  }

  /// Whether something stands at the pointer when the units are combined, later ones over earlier ones.
  package func isPresent(_ pointer: Pointer, in units: [Int]) -> Bool {
    for unit in units.reversed() {
      switch walk(pointer, in: unit) {
      case .found, .above: return true
      case .absent: continue
      case .blocked: return false
      }
    }
    return false
  }

  /// The value at the pointer when the units are combined. Complexity: O(size of the value in every unit).
  package func value(at pointer: Pointer, in units: [Int]) -> Value? {
    var layers: [Value] = []
    descend: for unit in units.reversed() {
      switch walk(pointer, in: unit) {
      case .found(let node):
        let value = document(of: unit).value(of: node)
        // An empty overlay overrides nothing.
        if case .null = value, node == self.units[unit].root { continue }
        layers.append(value)
        switch value {
        case .object: continue
        case .array where product.lists == .append: continue
        default: break descend
        }
      case .above(let keys):
        var value = document(of: unit).value(of: self.units[unit].root)
        for key in keys.reversed() { value = .object(Object([(key, value)])) }
        layers.append(value)
      case .absent: continue
      case .blocked: break descend
      }
    }
    guard var combined = layers.popLast() else { return nil }
    while let upper = layers.popLast() { combined = combined.combined(under: upper, lists: product.lists) }
    return combined
  }

  /// The values that the address names in the combined units, with what the captures stand for.
  package func values(
    at address: AddressPattern, captures: Captures, in units: [Int]
  ) -> [(value: Value, captures: Captures)] {
    let units = address.file == nil ? units : self.units.indices.filter { fileMatches(address, unit: $0, captures) }
    let prefix = address.prefix(bound: captures)
    guard let value = value(at: prefix, in: units) else { return [] }
    let rest = address.tokens.dropFirst(prefix.tokens.count)
    return rest.isEmpty ? [(value, captures)] : value.matches(of: rest, captures: captures)
  }

  /// Whether the address may speak of the unit's file and document.
  package func fileMatches(_ address: AddressPattern, unit: Int, _ captures: Captures) -> Bool {
    guard let file = address.file else { return true }
    if let number = address.document, units[unit].number != number { return false }
    return file.match(files[units[unit].file].path, captures: captures) != nil
  }
}

extension AddressPattern {
  /// The keys before the first token that is not known, captures filled in.
  fileprivate func prefix(bound captures: Captures) -> Pointer {
    var keys: [String] = []
    for token in tokens {
      switch token {
      case .key(let key): keys.append(key)
      case .capture(let name):
        guard let value = captures[name] else { return Pointer(keys) }
        keys.append(value)
      case .any, .deep, .end: return Pointer(keys)
      }
    }
    return Pointer(keys)
  }
}

extension Value {
  /// This value with `upper` over it: objects are merged, all else is replaced.
  package func combined(under upper: Value, lists: ValueTree.ListCombination) -> Value {
    switch (self, upper) {
    case (.object(var lower), .object(let upper)):
      for (key, value) in upper.members {
        lower[key] = lower[key].map { $0.combined(under: value, lists: lists) } ?? value
      }
      return .object(lower)
    case (.array(let lower), .array(let upper)) where lists == .append: return .array(lower + upper)
    default: return upper
    }
  }

  fileprivate func matches(
    of tokens: ArraySlice<AddressPattern.Token>, captures: Captures
  ) -> [(value: Value, captures: Captures)] {
    guard let token = tokens.first else { return [(self, captures)] }
    let rest = tokens.dropFirst()
    switch token {
    case .key(let key): return child(key)?.matches(of: rest, captures: captures) ?? []
    case .any: return children.flatMap { $0.value.matches(of: rest, captures: captures) }
    case .deep:
      return matches(of: rest, captures: captures)
        + children.flatMap { $0.value.matches(of: tokens, captures: captures) }
    case .capture(let name):
      return children.flatMap { key, value in
        captures.binding(name, to: key).map { value.matches(of: rest, captures: $0) } ?? []
      }
    case .end: return []
    }
  }

  private func child(_ key: String) -> Value? {
    switch self {
    case .object(let object): return object[key]
    case .array(let items): return Pointer.index(key).flatMap { $0 < items.count ? items[$0] : nil }
    default: return nil
    }
  }

  private var children: [(key: String, value: Value)] {
    switch self {
    case .object(let object): object.members
    case .array(let items): items.enumerated().map { (String($0.offset), $0.element) }
    default: []
    }
  }
}
