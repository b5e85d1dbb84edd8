public import ConfigDocument

extension Registry {
  /// What is wrong with the graph: duplicates, cycles, versions that cannot be reached or left, ambiguous paths.
  /// Complexity: O(transformers³) at worst; graphs are small.
  public func findings() -> [Diagnostic] {
    duplicates() + cycles() + unreachable() + deadEnds() + ambiguities() + idleEquivalences()
  }

  private func duplicates() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for (index, transformer) in transformers.enumerated() {
      guard
        let other = transformers[..<index].first(where: { $0.from == transformer.from && $0.to == transformer.to })
      else { continue }
      findings.append(
        Diagnostic(
          .duplicateTransformer, "two transformers lead from \(transformer.from) to \(transformer.to)",
          at: transformer.place, hint: "remove one of them",
          related: other.place.map { [Diagnostic.Related("the other one", at: $0)] } ?? []))
    }
    return findings
  }

  func cycles() -> [Diagnostic] {
    transformers.filter { reachesItself($0) }.map { transformer in
      Diagnostic(
        .versionCycle, "the transformer `\(transformer.id)` is part of a cycle: \(transformer.to) leads back to it",
        at: transformer.place, hint: "versions go up only; the way back is derived")
    }
  }

  private func reachesItself(_ transformer: Transformer) -> Bool {
    transformer.from.contains(transformer.to)
      || reachable(from: transformer.to).contains { transformer.from.contains($0) }
  }

  /// More than one version that nothing leads to: one of them is the oldest, the others hang in the air.
  private func unreachable() -> [Diagnostic] {
    let starts = versions.filter { node in
      !transformers.contains { node.range?.contains($0.to) ?? ($0.to == node.version) }
    }
    return starts.dropFirst().map { node in
      Diagnostic(
        .unreachableVersion, "no transformer leads to version \(node.label)", severity: .warning,
        at: transformers.first { node.isStart(of: $0) }?.place,
        hint: "write the transformer that leads to it, if older sets are to be upgraded")
    }
  }

  private func deadEnds() -> [Diagnostic] {
    guard let newest else { return [] }
    return versions.compactMap { node in
      guard node.version != newest, node.version < newest, !leads(node, to: newest) else { return nil }
      return Diagnostic(
        .deadEnd, "no chain leads from version \(node.label) to the newest version \(newest)", severity: .warning,
        at: transformers.first { $0.to == node.version }?.place,
        hint: "write a transformer that starts from it")
    }
  }

  private func leads(_ node: Node, to goal: Version) -> Bool {
    transformers.contains {
      node.isStart(of: $0) && ($0.to == goal || reachable(from: $0.to).contains(goal))
    }
  }

  private func ambiguities() -> [Diagnostic] {
    guard let newest, cycles().isEmpty else { return [] }
    return versions.compactMap { node in
      // Only where the paths part: what leads there is ambiguous for the same reason.
      guard transformers.filter({ node.isStart(of: $0) && ($0.to == newest || leadsOn($0, to: newest)) }).count > 1
      else { return nil }
      guard ambiguity(of: chains(from: node.version, to: newest), from: node.version) != nil else { return nil }
      let ids = transformers.filter { node.isStart(of: $0) }.map { "`\($0.id)`" }
      return Diagnostic(
        .ambiguousPath, "more than one chain leads from \(node.label) to \(newest): \(ids.joined(separator: ", "))",
        at: transformers.first { node.isStart(of: $0) }?.place,
        hint: "keep one of them, or declare the chains `equivalent` in product.yaml")
    }
  }

  /// Promises of the product that speak of no two chains.
  private func idleEquivalences() -> [Diagnostic] {
    product.versions.equivalences.compactMap { equivalence in
      guard chains(of: equivalence).count < 2 else { return nil }
      return Diagnostic(
        .idleEquivalence,
        "not more than one chain leads from \(equivalence.from) to \(equivalence.to), so there is nothing that could be equivalent",
        severity: .warning, at: equivalence.place, hint: "remove it, or correct its versions")
    }
  }

  private func leadsOn(_ transformer: Transformer, to goal: Version) -> Bool {
    reachable(from: transformer.to).contains(goal)
  }
}
