public import ConfigDocument

extension Registry {
  /// The transformers that lead from one version to another, in order; none where the two are one.
  ///
  /// - Parameter target: a label, also with its last parts left out (`2.2` is the newest 2.2.x); nil for the newest
  ///   version that can be reached.
  /// - Throws: `version-unknown`, `version-newer`, `version-cycle`, `no-path`, `ambiguous-path`.
  public func chain(
    from version: Version, to target: String? = nil, at place: SourcePlace? = nil
  ) throws(Diagnostic) -> [Transformer] {
    guard knows(version) else { throw unknown(version, at: place) }
    if let cycle = cycles().first { throw cycle }
    let goal = try goal(target, from: version)
    guard goal != version else { return [] }
    let paths = chains(from: version, to: goal)
    guard let shortest = paths.min(by: { $0.count < $1.count }) else { throw noPath(from: version, to: goal) }
    if let (one, other) = ambiguity(of: paths, from: version) {
      throw Diagnostic(
        .ambiguousPath,
        "more than one chain leads from \(version) to \(goal): \(describe(one)), and \(describe(other))",
        at: place,
        hint: "go in steps with `--to`, remove one of the transformers, or declare the chains `equivalent`")
    }
    return shortest
  }

  /// Every chain from one version to another, in the order of the transformers.
  package func chains(from version: Version, to goal: Version) -> [[Transformer]] {
    var paths: [[Transformer]] = []
    collect(from: version, to: goal, path: [], into: &paths)
    return paths
  }

  /// The version that a target names.
  func goal(_ target: String?, from version: Version) throws(Diagnostic) -> Version {
    guard let target else { return reachable(from: version).max() ?? version }
    let scheme = product.versions.scheme
    guard let exact = Version(target, scheme: scheme), let range = VersionRange(target, scheme: scheme) else {
      throw Diagnostic(
        .versionUnknown, "`\(target)` is no version of the scheme `\(scheme.name)`",
        hint: "a version looks like \(scheme.example)")
    }
    if range.contains(version) { return version }
    if range.isExact, let known = transformers.map(\.to).first(where: { $0 == exact }) { return known }
    if let newest = transformers.map(\.to).filter(range.contains).max() { return newest }
    // A version that only starts a transformer is known too, though nothing leads there.
    if knows(exact) { return exact }
    let labels = versions.map(\.label)
    throw Diagnostic(
      .versionUnknown, "the product `\(product.name)` has no version `\(target)`",
      hint: SpellingSuggestion.didYouMean(target, among: labels) ?? "it has \(labels.joined(separator: ", "))")
  }

  /// The versions that can be reached, without the version itself.
  package func reachable(from version: Version) -> [Version] {
    var found: [Version] = []
    var open = [version]
    while let here = open.popLast() {
      // By their numbers: a transformer is large to copy.
      for index in transformers.indices
      where transformers[index].from.contains(here) && !found.contains(transformers[index].to) {
        found.append(transformers[index].to)
        open.append(transformers[index].to)
      }
    }
    return found.filter { $0 != version }
  }

  /// Nobody declares more chains than that to be one.
  private static let mostChains = 32

  private func collect(
    from version: Version, to goal: Version, path: [Transformer], into paths: inout [[Transformer]]
  ) {
    for transformer in transformers where transformer.from.contains(version) {
      if paths.count >= Self.mostChains { return }
      if transformer.to == goal {
        paths.append(path + [transformer])
      } else if !path.contains(where: { $0.to == transformer.to }), reachable(from: transformer.to).contains(goal) {
        collect(from: transformer.to, to: goal, path: path + [transformer], into: &paths)
      }
    }
  }

  private func describe(_ path: [Transformer]) -> String {
    path.map { "`\($0.id)`" }.joined(separator: ", ")
  }

  private func unknown(_ version: Version, at place: SourcePlace?) -> Diagnostic {
    let labels = versions.map(\.label)
    if isNewerThanKnown(version) {
      return Diagnostic(
        .versionNewer,
        "the set is of version \(version), which is newer than all that is known of `\(product.name)`", at: place,
        hint: "the newest known version is \(labels.last ?? "none"); get newer transformers")
    }
    return Diagnostic(
      .versionUnknown, "no transformer of `\(product.name)` starts from version \(version) or leads to it", at: place,
      hint: SpellingSuggestion.didYouMean(version.label, among: labels)
        ?? "known versions: \(labels.joined(separator: ", "))")
  }

  private func noPath(from version: Version, to goal: Version) -> Diagnostic {
    if goal < version {
      return Diagnostic(
        .noPath, "no chain of transformers leads from \(goal) to \(version), and so none back",
        hint: "`rollback` gives back the bytes of before a run")
    }
    let reached = reachable(from: version).max()
    return Diagnostic(
      .noPath, "no chain of transformers leads from \(version) to \(goal)",
      hint: reached.map { "the newest version that can be reached is \($0)" } ?? "no transformer starts from \(version)"
    )
  }
}
