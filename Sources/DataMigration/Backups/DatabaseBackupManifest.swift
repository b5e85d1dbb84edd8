package import ConfigDocument
package import ConfigStore

/// What a dump must give back, and how it is known to be the one that was written.
package struct DatabaseBackupManifest: Hashable, Sendable {
  package var database: String
  package var takenAt: Timestamp
  package var digest: Digest
  /// In bytes.
  package var size: Int
  package var contents: DumpContents
  /// When it was read into a scratch database and found to be whole.
  package var verifiedAt: Timestamp?
  /// Its place among the copies of a server; nil for a dump of one database, which stands alone.
  package var link: BackupLink?

  package init(
    database: String, takenAt: Timestamp, digest: Digest, size: Int, contents: DumpContents, verifiedAt: Timestamp?,
    link: BackupLink? = nil
  ) {
    self.database = database
    self.takenAt = takenAt
    self.digest = digest
    self.size = size
    self.contents = contents
    self.verifiedAt = verifiedAt
    self.link = link
  }

  var value: Value {
    var object = Object()
    object["format"] = 1
    object["database"] = .string(database)
    object["taken_at"] = .string("\(takenAt)")
    object["tool"] = .string(contents.tool)
    object["digest"] = .string("\(digest)")
    object["size"] = .number(Number(size))
    object["definitions"] = .string("\(contents.definitions)")
    object["tables"] = .array(
      zip(contents.rowsBefore, contents.rowsAfter).map { before, after in
        [
          "table": .string(before.table), "rows": .number(Number(before.rows)),
          "rows_after": .number(Number(after.rows)),
        ]
      })
    object["chain"] = link?.value
    if let verifiedAt { object["verified_at"] = .string("\(verifiedAt)") }
    return .object(object)
  }

  package var bytes: [UInt8] { Array("\(value)\n".utf8) }

  /// - Throws: `dump-damaged`.
  package init(_ bytes: [UInt8], named path: String) throws(Diagnostic) {
    guard let object = (try? readJSON(bytes, named: path))?.object, object["format"]?.int == 1,
      let database = object["database"]?.string, let takenAt = object["taken_at"]?.string.flatMap({ Timestamp($0) }),
      let digest = object["digest"]?.string.flatMap({ Digest($0) }), let size = object["size"]?.int,
      let definitions = object["definitions"]?.string.flatMap({ Digest($0) }), let tool = object["tool"]?.string,
      let tables = object["tables"]?.array
    else { throw Self.damaged(path) }
    var (before, after): ([TableCount], [TableCount]) = ([], [])
    for table in tables {
      guard let name = table.object?["table"]?.string, let rows = table.object?["rows"]?.int,
        let rowsAfter = table.object?["rows_after"]?.int
      else { throw Self.damaged(path) }
      before.append(TableCount(name, rows: rows))
      after.append(TableCount(name, rows: rowsAfter))
    }
    var link: BackupLink?
    if let chain = object["chain"] {
      guard let read = BackupLink(chain) else { throw Self.damaged(path) }
      link = read
    }
    self.init(
      database: database, takenAt: takenAt, digest: digest, size: size,
      contents: DumpContents(rowsBefore: before, rowsAfter: after, definitions: definitions, tool: tool),
      verifiedAt: object["verified_at"]?.string.flatMap { Timestamp($0) }, link: link)
  }

  private static func damaged(_ path: String) -> Diagnostic {
    Diagnostic(
      .dumpDamaged, "\(path) does not read as the manifest of a backup",
      hint: "Take a new backup before anything changes")
  }
}
