internal import DataMigration

/// A lock that a session holds as long as it lives.
final class SessionLock: MigrationLock {
  private let session: any DatabaseSession
  private let release: String

  /// - Parameter release: the statement that gives it back: a server notices only later that a client is gone.
  init(_ session: any DatabaseSession, release: String) {
    self.session = session
    self.release = release
  }

  deinit { _ = try? session.run(release, []) }

  func confirm() throws(DatabaseError) { try session.run("SELECT 1") }
}
