import ConfigDocument

/// The law of the layers: to migrate the layers and then combine them gives what to combine them and then migrate gives.
///
/// Operations keep it by working in the layers that they speak of. Where they cannot, the application would see something else
/// than the author of the transformer thought of, so each plan checks it: every overlay is put into a copy of the base, the
/// chain runs on that, and the two results are compared.
struct LayerLaw {
  let set: ConfigurationSet
  let chain: [Transformer]
  /// The set after the chain.
  let migrated: WorkingSet

  /// What differs, at its line in the overlay, in the order of the overlays.
  ///
  /// Complexity: one run of the chain on the base for each overlay that holds something, up to ``budget``.
  func findings() -> [Diagnostic] {
    let overlays = set.files.indices.filter { set.files[$0].layer.isOverlay && !set.files[$0].document.isEmpty }
    guard !overlays.isEmpty else { return [] }
    var base = WorkingSet(set, runtime: migrated.runtime, where: { !$0.layer.isOverlay })
    guard !base.files.isEmpty else { return [] }
    let cost = set.files.reduce(1) { $0 + ($1.layer.isOverlay ? 0 : $1.bytes.count) }
    let checked = overlays.prefix(max(1, budget / cost))
    let value = base.value(at: Pointer(), in: base.baseUnits)
    let known = base.writeOutMerges() ? differencesWithoutMerges(base) : []
    var findings = checked.flatMap { self.findings(for: $0, over: base, value, except: known) }
    if checked.count < overlays.count {
      findings.append(
        Diagnostic(
          .layersUnchecked,
          "\(overlays.count - checked.count) of \(overlays.count) overlays were not compared with what combining them with the base first would give",
          severity: .note, hint: "there are too many of them for a base of this size"))
    }
    return findings
  }

  /// The bytes of base files that are migrated once more at most: a few times those of the set.
  private var budget: Int { 16_000_000 + 4 * set.files.reduce(0) { $0 + $1.bytes.count } }

  private func findings(
    for overlay: Int, over base: WorkingSet, _ baseValue: Value?, except known: Set<Pointer>
  ) -> [Diagnostic] {
    let path = set.files[overlay].path
    // An overlay that a `file` operation removed, or made a part of the base, is none to be compared.
    guard let file = migrated.files.firstIndex(where: { $0.original == overlay && $0.layer.isOverlay }) else {
      return []
    }
    var combined = base
    do throws(Diagnostic) {
      for root in set.files[overlay].document.roots {
        let value = set.files[overlay].document.value(of: root)
        if value != .null { try combined.absorb(value, at: Pointer(), over: baseValue) }
      }
      for transformer in chain { _ = try combined.run(transformer) }
    } catch {
      return [
        Diagnostic(
          .layersDiffer, "with \(path) combined with the base first, the migration would stop: \(error.message)",
          severity: .warning, at: error.place, hint: "look whether the layers still mean what they should, together",
          related: error.related)
      ]
    }
    let own = migrated.units.indices.filter { migrated.units[$0].file == file }
    let units = migrated.baseUnits + own
    var differences: [(pointer: Pointer, layered: Value?, combined: Value?)] = []
    Self.compare(
      migrated.value(at: Pointer(), in: units), combined.value(at: Pointer(), in: combined.baseUnits), at: Pointer(),
      &differences)
    return differences.filter { !known.contains($0.pointer) }.map { difference in
      let shown = { (value: Value?) in value.map { migrated.shown($0, at: difference.pointer) } ?? "absent" }
      return Diagnostic(
        .layersDiffer,
        "with \(path) over the base, `\(difference.pointer)` becomes \(shown(difference.layered)); combined first and then migrated it would be \(shown(difference.combined))",
        severity: .warning, at: place(of: difference.pointer, in: own),
        hint: "write the value that is meant into \(path) after the migration, or let the operation say `layers: all`")
    }
  }

  /// What comes out otherwise in the base alone when its merge keys are written out: no matter of layers.
  private func differencesWithoutMerges(_ base: WorkingSet) -> Set<Pointer> {
    var base = base
    do throws(Diagnostic) { for transformer in chain { _ = try base.run(transformer) } } catch { return [] }
    var differences: [(pointer: Pointer, layered: Value?, combined: Value?)] = []
    Self.compare(
      migrated.value(at: Pointer(), in: migrated.baseUnits), base.value(at: Pointer(), in: base.baseUnits),
      at: Pointer(),
      &differences)
    return Set(differences.map(\.pointer))
  }

  /// The line of the overlay that holds the place, or its nearest parent there.
  private func place(of pointer: Pointer, in units: [Int]) -> SourcePlace? {
    var here: Pointer? = pointer
    while let candidate = here {
      for unit in units.reversed() {
        if let node = migrated.existing(at: candidate, in: unit) { return migrated.place(of: node, in: unit) }
      }
      here = candidate.parent
    }
    return nil
  }

  /// The topmost places at which two values differ. Complexity: O(size of both).
  private static func compare(
    _ left: Value?, _ right: Value?, at pointer: Pointer,
    _ found: inout [(pointer: Pointer, layered: Value?, combined: Value?)]
  ) {
    guard case .object(let one)? = left, case .object(let other)? = right else {
      if left != right { found.append((pointer, left, right)) }
      return
    }
    var unmatched: [[UInt8]: Value] = [:]
    for (index, member) in one.members.enumerated() {
      // Most often the two have the same keys in the same order: then nothing is looked up.
      if index < other.members.count, other.members[index].key.utf8.elementsEqual(member.key.utf8) {
        compare(member.value, other.members[index].value, at: pointer.appending(member.key), &found)
      } else {
        unmatched[Array(member.key.utf8)] = member.value
      }
    }
    for (index, member) in other.members.enumerated() {
      if index < one.members.count, one.members[index].key.utf8.elementsEqual(member.key.utf8) { continue }
      let partner = unmatched.removeValue(forKey: Array(member.key.utf8))
      compare(partner, member.value, at: pointer.appending(member.key), &found)
    }
    for (key, value) in unmatched.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      compare(value, nil, at: pointer.appending(String(decoding: key, as: UTF8.self)), &found)
    }
  }
}

extension WorkingSet {
  /// Writes merge keys out, so that what one mapping gets is not seen in those that merge it.
  /// - Returns: whether there was one.
  fileprivate mutating func writeOutMerges() -> Bool {
    var found = false
    for unit in units.indices where document(of: unit).hasMergeKeys {
      let root = units[unit].root
      let value = document(of: unit).value(of: root)
      // To set what is there already would be no edit.
      let written = try? edit(unit: unit) { document throws(Diagnostic) in
        try document.set(try document.set(root, to: .object(Object())), to: value)
      }
      guard let written else { continue }
      units[unit].root = written
      found = true
    }
    return found
  }

  /// Puts what an overlay holds into the base, so that the base is what the two are together.
  /// - Parameter present: what stands at the pointer.
  mutating func absorb(_ value: Value, at pointer: Pointer, over present: Value?) throws(Diagnostic) {
    guard let present else {
      guard let unit = nearest(to: pointer, among: baseUnits) else { return }
      try create(value, at: pointer, in: unit)
      return
    }
    guard present != value else { return }
    switch (value, present) {
    case (.object(let new), .object(let old)):
      for (key, inner) in new.members { try absorb(inner, at: pointer.appending(key), over: old[key]) }
    case (.array(let new), .array(let old)) where product.lists == .append:
      try overwrite(pointer, with: .array(old + new))
    default: try overwrite(pointer, with: value)
    }
  }

  private mutating func overwrite(_ pointer: Pointer, with value: Value) throws(Diagnostic) {
    for unit in baseUnits.reversed() {
      guard let node = try literal(pointer, in: unit) ?? existing(at: pointer, in: unit) else { continue }
      let new = try edit(unit: unit) { document throws(Diagnostic) in try document.set(node, to: value) }
      if units[unit].root == node { units[unit].root = new }
    }
  }
}

extension Document {
  /// Whether it holds nothing but nulls and comments.
  fileprivate var isEmpty: Bool { roots.allSatisfy { value(of: $0) == .null } }
}
