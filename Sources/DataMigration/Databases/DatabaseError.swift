package import ConfigDocument
internal import ConfigStore

/// What a database answered instead of doing what it was asked to.
package struct DatabaseError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Somebody else holds a lock, or a deadlock was broken: worth another try.
    case lockTimeout
    /// The connection broke. What was under way may have happened or not.
    case connectionLost
    case unreachable
    case diskFull
    /// It was cancelled because nobody wanted it to go on.
    case stopped
    case other
  }

  package var kind: Kind
  package var message: String
  /// SQLSTATE or the number of the error.
  package var number: String
  package var hint: String?
  /// Which byte of the statement it speaks of.
  package var offset: Int?

  package init(_ kind: Kind, _ message: String, number: String = "", hint: String? = nil, offset: Int? = nil) {
    self.kind = kind
    self.message = message
    self.number = number
    self.hint = hint
    self.offset = offset
  }
}

extension DatabaseError {
  /// The message for the person who acts.
  /// - Parameters:
  ///   - action: what was being done: "V2.1.0__Name.sql, statement 2 of 5".
  ///   - database: its name.
  package func diagnostic(
    _ action: String, on database: String, at place: SourcePlace? = nil
  ) -> Diagnostic {
    let said = number.isEmpty ? message : "\(message) (\(number))"
    let (code, remedy): (Diagnostic.Code, String?) =
      switch kind {
      case .lockTimeout:
        (
          .databaseBusy,
          "Look for long transactions on the tables, then run it again; `@lock-timeout` gives it more time"
        )
      case .connectionLost:
        (.databaseLost, "Run it again when the server is back; what was done is read from the history table")
      case .unreachable: (.databaseUnreachable, hint ?? "Start the server, or correct where it is looked for")
      case .diskFull: (.diskFull, "Free some space where the server keeps its data, then run it again")
      case .stopped: (.statementStopped, nil)
      case .other: (.statementFailed, hint)
      }
    return Diagnostic(code, "\(action) on \(database): \(said)", at: place, hint: remedy)
  }
}

extension Diagnostic.Code {
  package static let databaseUnreachable: Self = "database-unreachable"
  /// The connection broke while something was under way.
  package static let databaseLost: Self = "database-lost"
  /// A lock was not given in time, after all attempts.
  package static let databaseBusy: Self = "database-busy"
  package static let statementFailed: Self = "statement-failed"
  package static let statementStopped: Self = "statement-stopped"
}
