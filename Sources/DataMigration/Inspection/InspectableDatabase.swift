/// A database that says how it is doing, for what is looked at before an upgrade. Asking changes nothing.
package protocol InspectableDatabase: Database {
  /// As the server, or the library, says it: `15.14 (Debian 15.14-0+deb12u1)`.
  func version() throws(DatabaseError) -> String

  /// What holds the database's past, or its locks, for longer than it should: open transactions, and dumps.
  /// - Parameter seconds: transactions that are younger are left out; dumps are told however young they are.
  /// - Throws: also where the user may not see the sessions of others, so that nothing is not taken for nobody.
  func activity(olderThan seconds: Int) throws(DatabaseError) -> [DatabaseActivity]
}

/// A session that a migration would wait for, or make wait.
package struct DatabaseActivity: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case transaction
    /// A tool that writes a backup holds a lock on every table until it is done.
    case dump
  }

  package var kind: Kind
  /// Who it is, and by which word the server ends it: `app, process 4711`.
  package var session: String
  /// For how long; nil where the server does not say.
  package var seconds: Int?

  package init(_ kind: Kind, session: String, seconds: Int?) {
    self.kind = kind
    self.session = session
    self.seconds = seconds
  }
}

extension DatabaseSession {
  /// The one value of a query's one row; nil where that is null, or there is none.
  package func value(of query: String) throws(DatabaseError) -> String? {
    try run(query).first?.first.flatMap { $0 }
  }
}
