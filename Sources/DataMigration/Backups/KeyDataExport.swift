package import ConfigDocument
package import ConfigStore

/// Data that people and programs want to read without what it came from (permissions, policies, rules), beside the backups.
///
/// Each part becomes `<name>.jsonl`, a record a line; `manifest.json` has its digest and the number of its records.
package struct KeyDataExport: Sendable {
  package struct Part: Sendable {
    package var name: String
    package var bytes: [UInt8]
    /// How many records there are: whoever gave them counted as many.
    package var count: Int

    /// - Parameters:
    ///   - counted: what their source says of their number.
    ///   - source: who says it, for the message.
    /// - Throws: `export-differs` where that is another one.
    package init(
      _ name: String, bytes: [UInt8], count: Int, counted: String?, by source: String
    ) throws(Diagnostic) {
      guard counted == "\(count)" else {
        throw Diagnostic(
          .exportDiffers, "`\(name)` gave \(count) records, and \(source) counts \(counted ?? "none")",
          hint: "Look whether both ask for the same, and whether it changes meanwhile")
      }
      (self.name, self.bytes, self.count) = (name, bytes, count)
    }
  }

  package var parts: [Part] = []

  package init() {}

  /// Adds the rows of queries, all as they are in one moment of the database: a JSON array of texts and nulls a row.
  /// - Throws: `export-differs`, `statement-failed`.
  package mutating func add(
    _ queries: [(name: String, sql: String)], from database: any Database, isStopped: @escaping () -> Bool
  ) throws(Diagnostic) {
    let session: any DatabaseSession
    do throws(DatabaseError) {
      session = try database.connect(isStopped: isStopped)
      try session.beginReading()
    } catch {
      throw error.diagnostic("exporting key data", on: database.name)
    }
    defer { session.rollback() }
    for (name, sql) in queries {
      let rows: [[String?]]
      let counted: String?
      do throws(DatabaseError) {
        rows = try session.run(sql)
        counted = try session.value(of: "SELECT COUNT(*) FROM (\(sql)) exported")
      } catch {
        throw error.diagnostic("exporting `\(name)`", on: database.name)
      }
      let bytes = rows.flatMap { row in
        Array("\(Value.array(row.map { $0.map { .string($0) } ?? .null }))\n".utf8)
      }
      parts.append(try Part(name, bytes: bytes, count: rows.count, counted: counted, by: database.name))
    }
  }

  /// - Parameters:
  ///   - directory: one that is empty.
  ///   - source: what they came from.
  /// - Throws: `io-error`.
  package func write(to directory: OpenDirectory, from source: String, at time: Timestamp) throws(Diagnostic) {
    for part in parts {
      guard let file = FileName("\(part.name).jsonl".utf8) else {
        throw Diagnostic(.ioError, "`\(part.name)` is no name of a file", hint: "Name it in letters and digits")
      }
      try directory.replaceDurably(file, with: part.bytes)
    }
    let manifest: Value = [
      "format": 1, "database": .string(source), "taken_at": .string("\(time)"),
      "exports": .array(
        parts.map { part in
          [
            "name": .string(part.name), "rows": .number(Number(part.count)),
            "digest": .string("\(Digest(of: part.bytes))"),
          ]
        }),
    ]
    // It comes last: a directory without one is no export.
    try directory.replaceDurably(DatabaseBackup.manifestName, with: Array("\(manifest)\n".utf8))
  }
}

extension Diagnostic.Code {
  /// What gave the records of an export counts another number of them.
  package static let exportDiffers: Self = "export-differs"
}
