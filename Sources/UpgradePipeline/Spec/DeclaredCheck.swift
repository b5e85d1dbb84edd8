package import ConfigDocument

/// A check of the spec's `preflight`.
package struct DeclaredCheck: Sendable {
  package var id: String
  package var kind: String
  package var check: any PreflightCheck
  package var component: String?
  /// Whether what it finds wrong only warns.
  package var isAdvice: Bool
  package var place: SourcePlace
}

/// A channel of the spec's `notify`.
package struct DeclaredChannel: Sendable {
  package var id: String
  package var kind: String
  package var channel: any NotificationChannel
  package var events: Set<Notice.Event>
  package var place: SourcePlace
}

/// A named list of steps for when something is wrong.
package struct EmergencyProcedure: Sendable {
  package var id: String
  package var title: String
  package var steps: [DeclaredStep]
  /// Whether the next step is done after one that failed.
  package var goesOn: Bool
  package var place: SourcePlace
}
