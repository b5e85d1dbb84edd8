package import ConfigDocument
package import ConfigStore

/// Named queries whose rows are kept beside a backup, to be read by people and programs without the database:
/// permissions, policies, rules.
///
/// Each becomes `<name>.jsonl`, a JSON array of texts and nulls a row; `manifest.json` has the digest and the number of rows.
package struct KeyDataExport {
  package var queries: [(name: String, sql: String)]

  package init(_ queries: [(name: String, sql: String)]) { self.queries = queries }

  /// Writes them all as they are in one moment of the database.
  /// - Parameter directory: one that is empty.
  /// - Returns: how many rows each query gave; the server counted as many.
  /// - Throws: `export-differs` where it counted others, `statement-failed`, `io-error`.
  package func write(
    from database: any Database, to directory: OpenDirectory, at time: Timestamp, isStopped: @escaping () -> Bool
  ) throws(Diagnostic) -> [TableCount] {
    var counts: [TableCount] = []
    var entries: [Value] = []
    let session: any DatabaseSession
    do throws(DatabaseError) {
      session = try database.connect(isStopped: isStopped)
      try session.beginReading()
    } catch {
      throw error.diagnostic("exporting key data", on: database.name)
    }
    defer { session.rollback() }
    for (name, sql) in queries {
      guard let file = FileName("\(name).jsonl".utf8) else {
        throw Diagnostic(.ioError, "`\(name)` is no name of a file", hint: "Name the query in letters and digits")
      }
      let rows: [[String?]]
      let counted: [[String?]]
      do throws(DatabaseError) {
        rows = try session.run(sql)
        counted = try session.run("SELECT COUNT(*) FROM (\(sql)) exported")
      } catch {
        throw error.diagnostic("exporting `\(name)`", on: database.name)
      }
      guard counted == [["\(rows.count)"]] else {
        throw Diagnostic(
          .exportDiffers,
          "`\(name)` gave \(rows.count) rows, and \(database.name) counts \(counted.first?.first.flatMap { $0 } ?? "none")",
          hint: "Look whether the query gives the same rows each time")
      }
      let bytes = rows.flatMap { row in
        Array("\(Value.array(row.map { $0.map { .string($0) } ?? .null }))\n".utf8)
      }
      try directory.replaceDurably(file, with: bytes)
      counts.append(TableCount(name, rows: rows.count))
      entries.append([
        "name": .string(name), "rows": .number(Number(rows.count)), "digest": .string("\(Digest(of: bytes))"),
      ])
    }
    let manifest: Value = [
      "format": 1, "database": .string(database.name), "taken_at": .string("\(time)"), "exports": .array(entries),
    ]
    try directory.replaceDurably(DatabaseBackup.manifestName, with: Array("\(manifest)\n".utf8))
    return counts
  }
}

extension Diagnostic.Code {
  /// A query of an export gave another number of rows than the server counts for it.
  package static let exportDiffers: Self = "export-differs"
}
