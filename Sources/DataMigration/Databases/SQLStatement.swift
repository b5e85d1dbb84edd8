/// One statement of a script, as the dialect's own rules cut it out.
package struct SQLStatement: Hashable, Sendable {
  package enum Effect: Hashable, Sendable {
    /// Can stand in a transaction, and leaves nothing when that is rolled back.
    case transactional
    /// Commits by itself, or refuses to stand in a transaction; what it did is seen in the definitions, or doing it
    /// again does no harm.
    case standalone
    /// Commits by itself, and nobody sees afterwards whether it came to its end (`CALL`).
    case opaque
    /// Changes the session alone (`SET`): told again to a new session before a script goes on.
    case session
    /// `BEGIN`, `COMMIT` and the like, which belong to the runner and not to a script.
    case transactionControl
  }

  package var text: String
  /// Its bytes in the script.
  package var range: Range<Int>
  package var effect: Effect
  /// Whether it waits for others without stopping those who come behind it, so that no lock timeout is set for it.
  package var isPatient: Bool

  package init(text: String, range: Range<Int>, effect: Effect, isPatient: Bool = false) {
    self.text = text
    self.range = range
    self.effect = effect
    self.isPatient = isPatient
  }

  /// The first word in capitals; empty where the statement begins with anything else.
  package static func firstWord(of text: some StringProtocol) -> String {
    String(text.prefix { $0.isLetter || $0 == "_" }).uppercased()
  }
}
