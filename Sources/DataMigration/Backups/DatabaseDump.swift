package import ConfigDocument
package import ConfigStore

/// What a dump holds, as it was seen while it was taken.
package struct DumpContents: Hashable, Sendable {
  /// The rows of each table. Where the server's tool has a moment of its own, the dump may hold any number between the
  /// two.
  package var rowsBefore: [TableCount]
  package var rowsAfter: [TableCount]
  /// The digest of the definitions.
  package var definitions: Digest
  /// The tool that wrote it: `pg_dump (PostgreSQL) 15.4`.
  package var tool: String

  package init(rowsBefore: [TableCount], rowsAfter: [TableCount], definitions: Digest, tool: String) {
    self.rowsBefore = rowsBefore
    self.rowsAfter = rowsAfter
    self.definitions = definitions
    self.tool = tool
  }
}

/// A database whose server has tools that write it to a file and read it from there.
package protocol DumpableDatabase: Database {
  /// Writes everything to a file that is not there yet, in one moment of the database.
  /// - Throws: `dump-failed`, `command-missing`.
  func dump(to path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic) -> DumpContents

  /// Reads a dump into this database, which is empty.
  /// - Throws: `dump-failed`, `command-missing`.
  func load(_ path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic)

  /// Removes everything from this database.
  func clear() throws(DatabaseError)
}

extension DatabaseSession {
  /// The digest of all definitions, the history's own table among them.
  package func definitions() throws(DatabaseError) -> Digest {
    Digest(of: try catalog(without: "").flatMap { Array($0.utf8) + [0x0A] })
  }
}

extension Diagnostic.Code {
  /// A server's tool did not write or read a dump.
  package static let dumpFailed: Self = "dump-failed"
  /// A dump is not what its manifest says, or does not give back what was dumped.
  package static let dumpDamaged: Self = "dump-damaged"
}
