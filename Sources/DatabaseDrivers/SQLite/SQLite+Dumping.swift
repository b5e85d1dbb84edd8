package import ConfigDocument
package import ConfigStore
package import DataMigration

extension SQLite: DumpableDatabase {
  /// By SQLite's backup interface, in the transaction in which the rows are counted.
  package func dump(
    to path: String, by programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> DumpContents {
    do throws(DatabaseError) {
      let session = SQLiteSession(try SQLiteConnection(self.path, isCreating: false))
      try session.beginReading()
      let rows = try session.rowCounts(without: "")
      let definitions = try session.definitions()
      try session.connection.copy(to: SQLiteConnection(path, isCreating: true))
      let version = try session.run("SELECT sqlite_version()", []).first?.first.flatMap { $0 } ?? ""
      session.rollback()
      return DumpContents(rowsBefore: rows, rowsAfter: rows, definitions: definitions, tool: "SQLite \(version)")
    } catch {
      throw error.diagnostic("copying", on: name)
    }
  }

  package func load(_ path: String, by programs: any CommandRunner, isStopped: () -> Bool) throws(Diagnostic) {
    do throws(DatabaseError) {
      let source = try SQLiteConnection(path, isCreating: false)
      try source.copy(to: SQLiteConnection(self.path, isCreating: true))
    } catch {
      throw error.diagnostic("reading the copy back", on: name)
    }
  }

  package func sizeQuery(ofServer isWhole: Bool) -> String {
    "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
  }

  /// Loading replaces everything in one transaction: nothing need be removed before.
  package func clear() throws(DatabaseError) {}
}
