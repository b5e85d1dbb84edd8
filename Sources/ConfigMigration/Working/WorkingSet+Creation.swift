package import ConfigDocument

/// Layers are worked one stage after the other: the whole base, then each document of each overlay, and each one that
/// stands alone.
package enum Stage: Hashable, Sendable {
  case base
  case overlay(Int)
}

/// A place that something new is put into.
package struct CreationSite: Sendable {
  package var unit: Int
  package var pointer: Pointer
  package var captures: Captures
  /// The mapping that gets the new entry, where the search for the place met it already.
  package var mapping: NodeID?
}

/// A place that an address would create, with the unit in which its wildcards were matched.
package struct CreationTarget: Sendable {
  package var unit: Int
  package var pointer: Pointer
  /// The part of the pointer that was matched; the rest is literal.
  package var matched: Pointer
  package var captures: Captures
  package var isInList: Bool
  /// The units of the stage that may hold something there.
  package var holders: [Int]
  /// What was matched, where the place is an entry of it.
  package var container: NodeID?
}

extension WorkingSet {
  package func stages(_ work: Work) -> [Stage] {
    let overlays = work.scope.units.filter { !units[$0].isBase }.map(Stage.overlay)
    switch work.layers {
    case .base: return [.base]
    case .overlay: return overlays
    case .all, nil: return [.base] + overlays
    }
  }

  /// The units that the stage reads: a base is one configuration, an overlay is asked by itself.
  package func subject(_ work: Work, stage: Stage, captures: Captures) -> ConditionSubject {
    switch stage {
    case .base: baseSubject(work, captures: captures)
    case .overlay(let unit): subject(work, unit: unit, captures: captures)
    }
  }

  /// The places of the stage where the operation creates what `address` names, because nothing stands there and the
  /// condition holds.
  ///
  /// Something new belongs into the base. An overlay gets it where `layers` asks for that, and for what only the overlay
  /// has: a job that the base does not know, an item of a list.
  package mutating func creationSites(
    for address: AddressPattern, as work: Work, in stage: Stage
  ) throws(Diagnostic) -> [CreationSite] {
    var sites: [CreationSite] = []
    for target in creationTargets(for: address, as: work, in: stage) {
      let isShared = stage == .base && !target.isInList
      if isShared {
        guard work.scope.createsInBase else { continue }
      } else if stage != .base {
        guard createsInOverlay(target, work) else { continue }
      }
      let mapping = mapping(of: target)
      if let mapping {
        guard !hasEntry(target.pointer, in: mapping, of: target.unit) else { continue }
      }
      guard mapping != nil || !isPresent(target.pointer, in: target.holders),
        let site = mapping != nil
          ? target.unit
          : isShared
            ? baseUnit(for: target.pointer, of: address, work, among: target.holders) : target.unit
      else { continue }
      var subject = subject(work, stage: stage, captures: target.captures)
      if !isShared { subject.units = [target.unit] }
      guard try takesBranch(work, asking: subject) else { continue }
      sites.append(
        CreationSite(unit: site, pointer: target.pointer, captures: target.captures, mapping: mapping))
    }
    return sites
  }

  /// The mapping that holds the place, or would: of a place of one document in which nothing stands for anything else.
  private func mapping(of target: CreationTarget) -> NodeID? {
    guard let container = target.container, target.holders.count == 1, target.holders[0] == target.unit else {
      return nil
    }
    let file = units[target.unit].file
    guard !files[file].hasAnchors, files[file].document.kind(of: container) == .mapping else { return nil }
    return container
  }

  private func hasEntry(_ pointer: Pointer, in mapping: NodeID, of unit: Int) -> Bool {
    guard let key = pointer.tokens.last else { return true }
    return files[units[unit].file].document.effectiveChild(key, of: mapping) != nil
  }

  /// Whether an overlay gets something new there.
  package func createsInOverlay(_ target: CreationTarget, _ work: Work) -> Bool {
    if work.layers == .all || work.layers == .overlay || target.isInList { return true }
    if units[target.unit].isStandalone { return true }
    return !isPresent(target.matched, in: baseUnits)
  }

  /// The places of the stage that `address` would create, whether something stands there or not.
  package func creationTargets(for address: AddressPattern, as work: Work, in stage: Stage) -> [CreationTarget] {
    let absolute = address.within(work.scope.prefix)
    let variable = absolute.tokens.lastIndex { token in
      switch token {
      case .any, .deep: true
      case .capture(let name): work.scope.captures[name] == nil
      case .key, .end: false
      }
    }
    guard let variable else { return literalTargets(absolute, for: address, as: work, in: stage) }
    var parents = absolute
    parents.tokens = Array(absolute.tokens[...variable])
    var rest = absolute
    rest.tokens = Array(absolute.tokens[(variable + 1)...])
    var targets: [CreationTarget] = []
    // A place of mappings is one place for all base documents.
    var shared: [Pointer: Int] = [:]
    let probe = KeyProbe(parents)
    for unit in units(of: stage, in: work.scope) {
      guard mayHold(probe, in: unit, within: Pointer()) else { continue }
      guard fileMatches(address, unit: unit, work.scope.captures) else { continue }
      let captures = fileCaptures(address, unit: unit, work.scope.captures)
      for match in found(parents, in: unit, captures) {
        guard let tail = rest.filled(with: match.captures) else { continue }
        let pointer = match.pointer.appending(tail)
        let isInList = match.isInList || work.scope.isInList
        if stage == .base, !isInList, let index = shared[pointer] {
          targets[index].holders.append(unit)
          continue
        }
        if stage == .base, !isInList { shared[pointer] = targets.count }
        targets.append(
          CreationTarget(
            unit: unit, pointer: pointer, matched: match.pointer, captures: match.captures, isInList: isInList,
            holders: [unit], container: rest.tokens.count == 1 ? match.node : nil))
      }
    }
    for index in targets.indices where stage == .base && !targets[index].isInList {
      targets[index].holders = readers(targets[index].holders, below: targets[index].matched)
    }
    return targets
  }

  /// The one place of an address without wildcards: in the base one for all documents, else one for each.
  private func literalTargets(
    _ absolute: AddressPattern, for address: AddressPattern, as work: Work, in stage: Stage
  ) -> [CreationTarget] {
    var targets: [CreationTarget] = []
    let isShared = stage == .base && !work.scope.isInList
    for unit in isShared ? baseReaders(work) : units(of: stage, in: work.scope) {
      guard fileMatches(address, unit: unit, work.scope.captures) else { continue }
      let captures = fileCaptures(address, unit: unit, work.scope.captures)
      guard let pointer = absolute.filled(with: captures) else { continue }
      targets.append(
        CreationTarget(
          unit: unit, pointer: pointer, matched: work.scope.prefix, captures: captures, isInList: work.scope.isInList,
          holders: isShared ? baseReaders(work) : [unit]))
      if isShared { break }
    }
    return targets
  }

  /// The units of the scope that are worked in the stage. The stage is one of the scope's.
  package func units(of stage: Stage, in scope: Scope) -> [Int] {
    switch stage {
    case .base: scope.units.filter { units[$0].isBase }
    case .overlay(let overlay): [overlay]
    }
  }

  /// The base document that holds the nearest existing parent, the first one where several do.
  package func baseUnit(
    for pointer: Pointer, of address: AddressPattern, _ work: Work, among candidates: [Int]? = nil
  ) -> Int? {
    nearest(
      to: pointer,
      among: (candidates ?? baseReaders(work)).filter { fileMatches(address, unit: $0, work.scope.captures) })
  }

  /// Of the documents that may hold the pointer, the one that holds its nearest existing parent; the first where several do.
  package func nearest(to pointer: Pointer, among candidates: [Int]) -> Int? {
    var best: (unit: Int, depth: Int)?
    for unit in candidates {
      guard pointer.isWithin(units[unit].mount) else { continue }
      let depth = depth(of: pointer.tokens.dropFirst(units[unit].mount.tokens.count), in: unit)
      // Where a fragment is put says nothing about where its neighbours live.
      let mount = units[unit].mount.tokens.count
      let held = mount == 0 ? depth : depth == 0 ? -1 : mount + depth
      if held > best?.depth ?? -2 { best = (unit, held) }
    }
    return best?.unit
  }

  /// How many parents of a place in the document it holds.
  private func depth(of tokens: ArraySlice<String>, in unit: Int) -> Int {
    // In place: a copy of a document, even a shared one, costs more than this walk.
    let file = units[unit].file
    var node = units[unit].root
    var depth = 0
    for token in tokens.dropLast() {
      let container = files[file].document.resolved(node)
      let kind = files[file].document.kind(of: container)
      if kind == .sequence {
        let items = files[file].document.items(of: container)
        guard let index = Pointer.index(token), index < items.count else { break }
        node = items[index]
      } else if kind == .mapping, let child = files[file].document.effectiveChild(token, of: container) {
        node = child
      } else {
        break
      }
      depth += 1
    }
    return depth
  }

  /// Puts a new value at a place that an operation found.
  package mutating func create(
    _ value: Value, at site: CreationSite, beside neighbours: Neighbours? = nil, comment: String? = nil
  ) throws(Diagnostic) {
    guard let mapping = site.mapping, let key = site.pointer.tokens.last, key != "-" else {
      return try create(value, at: site.pointer, in: site.unit, beside: neighbours, comment: comment)
    }
    recordCreation(at: site.pointer, in: site.unit)
    let position = position(neighbours, in: mapping, unit: site.unit)
    try edit(unit: site.unit) { document throws(Diagnostic) in
      try document.insert(value, forKey: key, into: mapping, at: position, comment: comment)
    }
  }

  /// Puts a new value at `pointer` of the unit, with the parents that are missing.
  package mutating func create(
    _ value: Value, at pointer: Pointer, in unit: Int, beside neighbours: Neighbours? = nil, comment: String? = nil
  ) throws(Diagnostic) {
    recordCreation(at: pointer, in: unit)
    guard var parent = pointer.parent, var key = pointer.tokens.last else {
      throw failure(.conflict, "the whole document cannot be created", at: place(of: units[unit].root, in: unit))
    }
    var value = value
    // Missing parents come with the value in one piece, and that stands beside the neighbour.
    while let outer = parent.parent, let name = parent.tokens.last, outer.isWithin(units[unit].mount),
      !isPresent(parent, in: [unit])
    {
      value = key == "-" ? .array([value]) : .object(Object([(key, value)]))
      (parent, key) = (outer, name)
    }
    var comment = comment
    let container = try container(at: parent, in: unit, comment: &comment)
    let text = comment
    if document(of: unit).kind(of: container) == .sequence {
      guard key == "-" else {
        throw failure(
          .conflict, "`\(parent)` is a list, and a list has no key `\(key)`",
          at: place(of: container, in: unit), hint: "write `-` for the end of the list")
      }
      try edit(unit: unit) { document throws(Diagnostic) in
        try document.insert(value, into: container, at: .last, comment: text)
      }
    } else {
      let position = position(neighbours, in: container, unit: unit)
      try edit(unit: unit) { document throws(Diagnostic) in
        try document.insert(value, forKey: key, into: container, at: position, comment: text)
      }
    }
  }
}
