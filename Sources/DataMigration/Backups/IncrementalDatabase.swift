package import ConfigDocument
package import ConfigStore

/// A database whose server has tools that copy it as a whole, and then no more than what has changed since.
package protocol IncrementalDatabase: DumpableDatabase {
  /// Looks whether such a copy could be taken: the tools, and the right to use them.
  /// - Returns: why increments may come out whole.
  func checkCopying(by programs: any CommandRunner) throws(Diagnostic) -> [Diagnostic]

  /// Copies the server, with all its databases, into one archive.
  /// - Parameters:
  ///   - position: where the copy before ended; nil for a whole one.
  ///   - work: a directory that is there, is empty, and is taken away afterwards.
  /// - Throws: `dump-failed`, also where the server has no longer what was written since.
  func copyServer(
    since position: String?, to archive: String, in work: String, by programs: any CommandRunner,
    isStopped: () -> Bool
  ) throws(Diagnostic) -> ServerCopy

  /// Runs a server on what archives hold, which nobody else reaches, for the length of a call.
  /// - Parameters:
  ///   - archives: a whole copy, and the increments on it, oldest first.
  ///   - body: is given this database in that server, and a directory for its own files.
  /// - Throws: `dump-damaged` where no server runs on them.
  func serving<Result>(
    _ archives: [String], environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool,
    _ body: (any DumpableDatabase, String) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result
}

/// What a server's own tool has copied.
package struct ServerCopy: Hashable, Sendable {
  package var contents: DumpContents
  /// Where it ends, as the server says it: the next increment begins there.
  package var position: String

  package init(contents: DumpContents, position: String) {
    self.contents = contents
    self.position = position
  }
}
