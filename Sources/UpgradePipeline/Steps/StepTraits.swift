/// What the engine must know of a step to order it, to run it beside others, and to know the way back.
package struct StepTraits: Hashable, Sendable {
  package var effects: Set<StepEffect>
  package var reversibility: Reversibility
  /// Names of what only one step may use at a time: `database:orders`, `directory:/etc/platform`.
  package var locks: Set<String>

  package init(effects: Set<StepEffect>, reversibility: Reversibility, locks: Set<String> = []) {
    self.effects = effects
    self.reversibility = reversibility
    self.locks = locks
  }
}

/// What a step touches.
package enum StepEffect: String, Hashable, Sendable, CaseIterable {
  /// Where users' requests go. What has this effect is undone before all else.
  case traffic
  case data
  case configuration
  /// What programs run, and which version of them.
  case deployment
  /// Copies that are made to be kept: they harm nobody and stay.
  case backup
}

/// What the way back of a step is.
package enum Reversibility: String, Hashable, Sendable, CaseIterable {
  /// Undone exactly: afterwards everything is as it was.
  case reversible
  /// Undone by an action that makes up for it.
  case compensable
  /// Left where it is: the old version works beside it, as with a column that was added.
  case additive
  /// There is no way back. Every step before it must have one, and what comes after it is only retried.
  case pivot
}
