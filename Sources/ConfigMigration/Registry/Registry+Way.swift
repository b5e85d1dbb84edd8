public import ConfigDocument

/// The transformers between two versions, in the order in which they are worked.
public struct MigrationWay: Sendable {
  public var transformers: [Transformer]
  /// Whether they are undone, the newest first.
  public var isDown: Bool
  public var goal: Version
}

extension Registry {
  /// The way from one version to another: up by a chain, or down by the inverse of the chain that leads the other way.
  ///
  /// - Parameter target: as for ``chain(from:to:at:)``; a way down is only taken to a version that is named.
  /// - Throws: `version-unknown`, `version-newer`, `no-path`, `ambiguous-path`.
  public func way(
    from version: Version, to target: String? = nil, at place: SourcePlace? = nil
  ) throws(Diagnostic) -> MigrationWay {
    if target != nil, knows(version) {
      let goal = try goal(target, from: version)
      if goal < version, !reachable(from: version).contains(goal), reachable(from: goal).contains(version) {
        let chain = try chain(from: goal, to: version.label, at: place)
        return MigrationWay(transformers: chain.reversed(), isDown: true, goal: goal)
      }
    }
    let chain = try chain(from: version, to: target, at: place)
    return MigrationWay(transformers: chain, isDown: false, goal: chain.last?.to ?? version)
  }
}
