package import ConfigDocument

/// A way to tell people what became of an upgrade: a webhook, a mail, a command.
///
/// A notice that cannot be delivered never stops an upgrade: it is recorded and shown. `NotificationContract` of
/// TestSupport holds a channel to its promises: it ends within its time limit, tells failure by throwing, and shows no secret.
package protocol NotificationChannel: Sendable {
  /// What is wrong with the declaration; no I/O.
  func validate() -> [Diagnostic]
  func deliver(_ notice: Notice, _ context: StepContext) throws(Diagnostic)
}

extension NotificationChannel {
  package func validate() -> [Diagnostic] { [] }
}

/// What people are told.
package struct Notice: Hashable, Sendable {
  package enum Event: String, Hashable, Sendable, CaseIterable {
    case started, paused, completed, failed
    case rolledBack = "rolled-back"
    /// The way back failed too: someone must act now.
    case needsHelp = "needs-help"
  }

  package var event: Event
  /// One line.
  package var subject: String
  package var body: String
  /// The same, for programs.
  package var details: Value

  package init(_ event: Event, subject: String, body: String, details: Value) {
    self.event = event
    self.subject = subject
    self.body = body
    self.details = details
  }
}
