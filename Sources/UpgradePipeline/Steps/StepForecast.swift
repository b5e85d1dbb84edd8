package import ConfigDocument

/// What a step would do, before it does it.
package struct StepForecast: Sendable {
  /// What changes, a line each: `3 files of config/`, `V2.1.0__Add_new_user_fields.sql (expand)`.
  package var changes: [String]
  /// The step's own idea of its time; the spec's `estimate` and the history of earlier runs come before it.
  package var estimate: TimeEstimate?
  package var risks: [Risk]
  /// A digest of everything outside the spec that decides what the step does: scripts, transformers, the files that it will
  /// change. A run that goes on is refused where it differs from what the run began with; nil where there is no such thing.
  package var fingerprint: String?
  /// What the report and `--format json` show beside the lines.
  package var details: Value

  package init(
    changes: [String] = [], estimate: TimeEstimate? = nil, risks: [Risk] = [], fingerprint: String? = nil,
    details: Value = .null
  ) {
    self.changes = changes
    self.estimate = estimate
    self.risks = risks
    self.fingerprint = fingerprint
    self.details = details
  }
}

/// How long something takes, in milliseconds.
package struct TimeEstimate: Hashable, Sendable {
  package var minimum: Int
  package var likely: Int
  package var maximum: Int

  package init(minimum: Int, likely: Int, maximum: Int) {
    self.minimum = minimum
    self.likely = max(minimum, likely)
    self.maximum = max(likely, maximum)
  }
}

/// One reason why the upgrade may go wrong, or why going wrong would be costly. There is no score: reasons do not add up.
package struct Risk: Hashable, Sendable {
  package enum Level: String, Hashable, Sendable, CaseIterable { case low, medium, high }

  package var level: Level
  /// A stable name: `irreversible-step`, `table-rewrite`.
  package var reason: String
  /// A sentence without a final full stop.
  package var explanation: String
  /// What makes it smaller.
  package var mitigation: String?

  package init(_ level: Level, _ reason: String, _ explanation: String, mitigation: String? = nil) {
    self.level = level
    self.reason = reason
    self.explanation = explanation
    self.mitigation = mitigation
  }
}
