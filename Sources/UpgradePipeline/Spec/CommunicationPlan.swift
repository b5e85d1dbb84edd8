/// Who is told before the upgrade, and when.
package struct CommunicationPlan: Sendable {
  package struct Audience: Sendable {
    /// `business`, `operations`, `development`, `end users`.
    package var name: String
    package var contacts: [String]
    /// How long before the upgrade, in milliseconds.
    package var lead: Int
    /// The text, where the spec has its own; `{name}`, `{from}`, `{to}`, `{begin}`, `{end}` stand for what they say.
    package var message: String?
  }

  package var audiences: [Audience]

  /// No audience is told later than this before the upgrade, in milliseconds: 72 hours.
  package static let shortestLead = 72 * 3_600_000
}
