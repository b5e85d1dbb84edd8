package import ConfigDocument

/// An anchored value is edited once, and only where all its users are meant to change.
extension WorkingSet {
  /// What an edit of a match changes: the entry itself (its key, its place), or the value that stands there.
  package enum EditTarget: Sendable {
    case entry, value
  }

  /// The places that `address` names in the unit, each to be edited once.
  ///
  /// Where a match is reached through an alias and other users of the anchored value are not matched, the alias is
  /// expanded; likewise the aliases elsewhere of a value that is matched where it is anchored. What a merge key brings
  /// is left alone, with a warning.
  package mutating func writableMatches(
    of address: AddressPattern, in unit: Int, captures: Captures, target: EditTarget, where wanted: Set<Pointer>? = nil
  ) throws(Diagnostic) -> [AddressMatch] {
    while true {
      var matches = found(address, in: unit, captures)
      if let wanted { matches.removeAll { !wanted.contains($0.pointer) } }
      if try expandFirstAlias(of: matches, in: unit, target: target) { continue }
      return distinct(matches, in: unit, target: target)
    }
  }

  /// Expands one alias that must not be shared any longer.
  /// - Returns: whether it did; the matches are to be taken again then.
  private mutating func expandFirstAlias(
    of matches: [AddressMatch], in unit: Int, target: EditTarget
  ) throws(Diagnostic) -> Bool {
    let document = document(of: unit)
    for match in matches where !match.isMerged {
      let way = way(of: match, target: target)
      if let alias = way.first {
        if coversAllUsers(of: document.resolved(alias), matches, like: match, target: target, document) { continue }
        reportExpansion(of: alias, in: unit)
        try edit(unit: unit) { document throws(Diagnostic) in try document.expand(alias) }
        return true
      }
      // Matched where it is anchored: users elsewhere that are not matched keep what they have.
      for anchored in sharedAncestors(of: match, target: target, document) {
        for alias in document.aliases(of: anchored) where !document.isMerge(alias) {
          let isMatched = matches.contains {
            self.way(of: $0, target: target).first == alias
              && finalNode($0, target: target, document) == finalNode(match, target: target, document)
          }
          if isMatched { continue }
          reportExpansion(of: alias, in: unit)
          try edit(unit: unit) { document throws(Diagnostic) in try document.expand(alias) }
          return true
        }
      }
    }
    return false
  }

  private func way(of match: AddressMatch, target: EditTarget) -> ArraySlice<NodeID> {
    // The entry of an alias is the entry itself; only its value is shared.
    target == .entry && match.aliases.last == match.node ? match.aliases.dropLast() : match.aliases[...]
  }

  private func finalNode(_ match: AddressMatch, target: EditTarget, _ document: Document) -> NodeID {
    target == .value ? document.resolved(match.node) : match.node
  }

  private func coversAllUsers(
    of anchored: NodeID, _ matches: [AddressMatch], like match: AddressMatch, target: EditTarget, _ document: Document
  ) -> Bool {
    let final = finalNode(match, target: target, document)
    let same = matches.filter { finalNode($0, target: target, document) == final && !$0.isMerged }
    guard same.contains(where: { way(of: $0, target: target).isEmpty }) else { return false }
    return document.aliases(of: anchored).allSatisfy { alias in
      document.isMerge(alias) || same.contains { way(of: $0, target: target).first == alias }
    }
  }

  /// The anchored values that an edit of the match changes inside.
  private func sharedAncestors(of match: AddressMatch, target: EditTarget, _ document: Document) -> [NodeID] {
    var shared: [NodeID] = []
    var node: NodeID? = target == .value ? match.node : document.parent(of: match.node)
    while let here = node {
      if document.anchor(of: here) != nil, document.kind(of: here) != .alias { shared.append(here) }
      node = document.parent(of: here)
    }
    return shared
  }

  /// One match for each node, without what merge keys bring; warns of what is left alone or changes elsewhere too.
  private mutating func distinct(
    _ matches: [AddressMatch], in unit: Int, target: EditTarget
  ) -> [AddressMatch] {
    let document = document(of: unit)
    var seen: Set<NodeID> = []
    var kept: [AddressMatch] = []
    // A place that no alias leads to stands for the others.
    for match in matches where !match.isMerged && way(of: match, target: target).isEmpty {
      if seen.insert(finalNode(match, target: target, document)).inserted { kept.append(match) }
    }
    for match in matches where match.isMerged && !seen.contains(finalNode(match, target: target, document)) {
      report(
        .mergedValue, "`\(match.pointer)` comes from a merge key, so the operation leaves it alone",
        at: document.place(of: match.node), hint: "change the mapping that is merged by hand, or write the key out")
    }
    for match in kept {
      for anchored in sharedAncestors(of: match, target: target, document) {
        for alias in document.aliases(of: anchored) where document.isMerge(alias) {
          let isMatched = matches.contains { $0.isMerged && $0.node == match.node }
          if isMatched || isEachItem(around: alias, in: unit) { continue }
          guard document.isSeen(match.node, of: anchored, by: alias) else { continue }
          report(
            .sharedAnchor,
            "the change of `\(match.pointer)` also changes `\(document.pointer(to: alias))`, which merges it",
            at: document.place(of: alias))
        }
      }
    }
    return kept
  }

  /// Whether the mapping that merges the alias is an item of the `each` that runs.
  private func isEachItem(around alias: NodeID, in unit: Int) -> Bool {
    guard !eachItems.isEmpty else { return false }
    let place = units[unit].mount.appending(document(of: unit).pointer(to: alias))
    return eachItems.contains { place.isWithin($0) }
  }
}

extension Document {
  /// Whether the mapping that merges `alias` shows its reader `node`, which is in the anchored value, and not a key of
  /// its own.
  fileprivate func isSeen(_ node: NodeID, of anchored: NodeID, by alias: NodeID) -> Bool {
    guard var mapping = parent(of: alias) else { return false }
    if kind(of: mapping) == .sequence, let outer = parent(of: mapping) { mapping = outer }
    var here = mapping
    for token in pointer(to: node).tokens.dropFirst(pointer(to: anchored).tokens.count) {
      let container = resolved(here)
      if kind(of: container) == .sequence {
        let items = items(of: container)
        guard let index = Pointer.index(token), index < items.count else { return false }
        here = items[index]
      } else {
        guard let child = effectiveChild(token, of: container) else { return false }
        here = child
      }
    }
    return here == node
  }

  /// Whether the alias stands under a merge key, alone or in a list.
  fileprivate func isMerge(_ alias: NodeID) -> Bool {
    if let key = key(of: alias) { return isMergeKey(key) }
    guard let list = parent(of: alias), kind(of: list) == .sequence, let key = key(of: list) else { return false }
    return isMergeKey(key)
  }
}
