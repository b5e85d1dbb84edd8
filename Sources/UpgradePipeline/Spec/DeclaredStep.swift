package import ConfigDocument

/// A step of the spec: what a driver made of it, and what the engine does around it.
package struct DeclaredStep: Sendable {
  package var id: String
  /// What people read; the ID where the spec gives none.
  package var title: String
  package var component: String?
  /// The steps that it comes after, those of the components before its own among them.
  package var after: [String]
  package var kind: String
  package var step: any UpgradeStep
  /// How long one attempt may take, in milliseconds.
  package var timeLimit: Int
  /// How long one attempt to take it back may take, in milliseconds.
  package var undoTimeLimit: Int
  package var retry: RetryPolicy
  package var estimate: TimeEstimate?
  /// Whether someone must have said `upgrade approve ID` before it begins.
  package var needsApproval: Bool
  package var gates: [DeclaredGate]
  package var place: SourcePlace
}

/// How often a step that failed is tried again, and after what pauses.
package struct RetryPolicy: Hashable, Sendable {
  /// How often it is tried in all.
  package var attempts = 1
  /// The pause before the second attempt, in milliseconds.
  package var pause = 1_000
  /// By how much each pause is longer than the one before, in hundredths.
  package var factor = 200
  /// No pause is longer, in milliseconds.
  package var longestPause = 60_000
  /// By how much a pause may be shorter or longer, in hundredths, so that many that failed together do not come again together.
  package var jitter = 20

  package init() {}

  /// The pause before an attempt, in milliseconds.
  /// - Parameters:
  ///   - attempt: from 2.
  ///   - chance: any number; the same one gives the same pause.
  package func pause(before attempt: Int, chance: UInt32) -> Int {
    var pause = pause
    for _ in 2..<max(2, attempt) { pause = min(longestPause, pause * factor / 100) }
    pause = min(longestPause, pause)
    let spread = pause * jitter / 100
    return pause - spread + Int(chance) * 2 * spread / Int(UInt32.max)
  }
}

/// A gate of the spec, with how often it is asked and what its answers mean together.
package struct DeclaredGate: Sendable {
  /// When it is asked.
  package enum Moment: String, Sendable, CaseIterable { case before, after, during }
  /// What becomes of a gate that could not tell in time.
  package enum Policy: String, Sendable, CaseIterable { case pause, fail, pass }

  package var id: String
  package var kind: String
  package var gate: any Gate
  package var moment: Moment
  /// Between two answers, in milliseconds.
  package var interval: Int
  /// How many answers are wanted.
  package var count: Int
  /// How many answers may be bad.
  package var failureLimit: Int
  /// How many answers in a row may be inconclusive.
  package var errorLimit: Int
  /// How many answers must tell something, for a verdict.
  package var minSamples: Int
  /// How long it may stay without a verdict, in milliseconds.
  package var timeLimit: Int
  package var inconclusive: Policy
  /// Whether its verdict is recorded and has no consequence.
  package var observes: Bool
  package var place: SourcePlace
}
