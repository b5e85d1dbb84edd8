package import ConfigDocument

/// Combines a value with what stands at a place of one layer, which may be spread over several documents.
package struct ValueMerge {
  /// The documents of the layer, in the order in which they combine.
  package var units: [Int]
  package var onConflict: ConflictResolution
  package var appendsLists: Bool
  /// Whether keys that are absent are created; else only what is held is changed.
  package var creates = true
  /// Written above the first thing that is created.
  package var comment: String?
  /// For the choice of the base document that gets a new key.
  package var address = AddressPattern(Pointer())
  package var work: Work?

  package init(units: [Int], onConflict: ConflictResolution, appendsLists: Bool) {
    self.units = units
    self.onConflict = onConflict
    self.appendsLists = appendsLists
  }

  package init(unit: Int, onConflict: ConflictResolution, appendsLists: Bool) {
    self.init(units: [unit], onConflict: onConflict, appendsLists: appendsLists)
  }

  package mutating func run(_ value: Value, into pointer: Pointer, on set: inout WorkingSet) throws(Diagnostic) {
    guard set.isPresent(pointer, in: units) else {
      guard creates else { return }
      let unit = units.count > 1 ? work.flatMap { set.baseUnit(for: pointer, of: address, $0) } ?? units[0] : units[0]
      try set.create(value, at: pointer, in: unit, comment: comment)
      comment = nil
      return
    }
    guard let present = set.value(at: pointer, in: units), present != value else { return }
    switch (value, present) {
    case (.object(let new), .object), (.object(let new), .null):
      for (key, inner) in new.members { try run(inner, into: pointer.appending(key), on: &set) }
    case (.array(let new), .array(let old)) where appendsLists:
      try append(new.filter { !old.contains($0) }, to: pointer, on: &set)
    default: try settle(value, at: pointer, on: &set)
    }
  }

  private func holders(of pointer: Pointer, in set: WorkingSet) -> [(unit: Int, node: NodeID)] {
    units.compactMap { unit in set.existing(at: pointer, in: unit).map { (unit, $0) } }
  }

  private func append(_ items: [Value], to pointer: Pointer, on set: inout WorkingSet) throws(Diagnostic) {
    // Where lists replace each other only the uppermost one is seen.
    guard let holder = holders(of: pointer, in: set).last else { return }
    let list = set.document(of: holder.unit).resolved(holder.node)
    for item in items {
      try set.edit(unit: holder.unit) { document throws(Diagnostic) in try document.insert(item, into: list) }
    }
  }

  private func settle(_ value: Value, at pointer: Pointer, on set: inout WorkingSet) throws(Diagnostic) {
    for (unit, node) in holders(of: pointer, in: set) where set.document(of: unit).value(of: node) != value {
      switch onConflict {
      case .keep:
        set.report(
          .valueDropped,
          "`\(pointer)` stays \(set.shown(node, at: pointer, in: unit)), and not \(set.shown(value, at: pointer))",
          at: set.place(of: node, in: unit))
      case .replace:
        set.reportReplaced(node, at: pointer, by: set.shown(value, at: pointer), in: unit)
        let literal = try set.literal(pointer, in: unit) ?? node
        try set.edit(unit: unit) { document throws(Diagnostic) in try document.set(literal, to: value) }
      case .error, .merge, .append:
        throw set.conflict(
          at: pointer, existing: node, incoming: set.shown(value, at: pointer), from: nil, in: unit)
      }
    }
  }
}

extension WorkingSet {
  /// The node at the pointer, made ready to be set alone: aliases on the way are expanded.
  package mutating func literal(_ pointer: Pointer, in unit: Int) throws(Diagnostic) -> NodeID? {
    try writableMatches(of: AddressPattern(pointer), in: unit, captures: Captures(), target: .value).first?.node
  }
}
