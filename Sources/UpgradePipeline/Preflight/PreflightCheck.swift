package import ConfigDocument

/// One look at whether an upgrade may begin. Changes nothing.
package protocol PreflightCheck: Sendable {
  /// What is wrong with the declaration; no I/O.
  func validate() -> [Diagnostic]
  func run(_ context: StepContext) -> PreflightResult
}

extension PreflightCheck {
  package func validate() -> [Diagnostic] { [] }
}

/// What a check found.
package struct PreflightResult: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case pass = "PASS"
    /// May go on where the operator accepts it by its ID.
    case warn = "WARN"
    /// Blocks.
    case fail = "FAIL"
    /// The look itself failed; blocks, since nothing is known.
    case error = "ERROR"
    /// Does not apply here.
    case skip = "SKIP"
  }

  package var verdict: Verdict
  /// What was found: `Python 3.11.2`.
  package var found: String
  /// What was wanted: `at least 3.8`.
  package var wanted: String
  /// What to do about it.
  package var hint: String?

  package init(_ verdict: Verdict, found: String, wanted: String = "", hint: String? = nil) {
    self.verdict = verdict
    self.found = found
    self.wanted = wanted
    self.hint = hint
  }
}
