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

/// Something whose own tools write it to a file, and which can be had a second time to read that file into.
package protocol DumpableStore: Sendable {
  /// To show. Holds no secret.
  var name: String { get }

  /// Whether it answers.
  func reach() throws(Diagnostic)

  /// How large it is, in bytes; a dump of it is hardly larger.
  /// - Parameter isWhole: with everything else that is on its server.
  func size(ofServer isWhole: Bool) throws(Diagnostic) -> Int

  /// Writes everything to a file that is not there yet, in one moment.
  /// - Throws: `dump-failed`, `command-missing`.
  func dump(to path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic) -> DumpContents

  /// Reads a dump into something that is made for it and goes with the end of the call.
  /// - Throws: `dump-failed`, `command-missing`.
  func trial(
    of path: String, environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpFindings
}

/// What a dump gave back.
package struct DumpFindings: Hashable, Sendable {
  package var rows: [TableCount]
  /// The digest of the definitions.
  package var definitions: Digest

  package init(rows: [TableCount], definitions: Digest) {
    self.rows = rows
    self.definitions = definitions
  }
}

/// A database whose server has tools that write it to a file and read it from there.
package protocol DumpableDatabase: Database, DumpableStore {
  /// Reads a dump into this database, which is empty.
  /// - Throws: `dump-failed`, `command-missing`.
  func load(_ path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic)

  /// Asks for the size of this database, or of all on its server, in bytes.
  func sizeQuery(ofServer isWhole: Bool) -> String

  /// Removes everything from this database.
  func clear() throws(DatabaseError)
}

extension DumpableDatabase {
  package func reach() throws(Diagnostic) {
    do throws(DatabaseError) { _ = try connect() } catch { throw error.diagnostic("connecting", on: name) }
  }

  package func size(ofServer isWhole: Bool) throws(Diagnostic) -> Int {
    do throws(DatabaseError) {
      return try connect().value(of: sizeQuery(ofServer: isWhole)).flatMap { Int($0) } ?? 0
    } catch {
      throw error.diagnostic("asking for the size", on: name)
    }
  }

  /// In a scratch database beside this one.
  package func trial(
    of path: String, environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpFindings {
    try ScratchDatabase.with(beside: self, environment: environment) { (scratch) throws(Diagnostic) in
      try scratch.load(path, by: programs, isStopped: isStopped)
      return try scratch.contents()
    }
  }

  /// What is in it.
  package func contents() throws(Diagnostic) -> DumpFindings {
    do throws(DatabaseError) {
      let session = try connect()
      return DumpFindings(rows: try session.rowCounts(without: ""), definitions: try session.definitions())
    } catch {
      throw error.diagnostic("looking at what a dump gave back", on: name)
    }
  }
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
