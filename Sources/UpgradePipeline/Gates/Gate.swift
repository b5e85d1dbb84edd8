package import ConfigDocument

/// A question that is asked again and again, and whose answers together let an upgrade go on or stop it.
///
/// A gate gives one answer a call and counts nothing: `interval`, `count`, `failureLimit`, `errorLimit` and `minSamples`
/// are the engine's. `GateContract` of TestSupport holds it to its promises: it changes nothing, an error of the
/// asking is `inconclusive` and never `pass` or `fail`, and it ends when ``StepContext/stop`` is raised.
package protocol Gate: Sendable {
  /// What is wrong with the declaration; no I/O.
  func validate() -> [Diagnostic]
  /// Asks once.
  func sample(_ context: StepContext) -> GateSample
}

extension Gate {
  package func validate() -> [Diagnostic] { [] }
}

/// One answer.
package struct GateSample: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case pass, fail
    /// No data, not a number, too few samples, or the one who should know is down.
    case inconclusive
  }

  package var verdict: Verdict
  /// What was seen: `200 in 14 ms`, `error rate 0.31 > 0.05`.
  package var evidence: String
  /// The number behind it, where there is one.
  package var value: Double?

  package init(_ verdict: Verdict, _ evidence: String, value: Double? = nil) {
    self.verdict = verdict
    self.evidence = evidence
    self.value = value
  }
}
