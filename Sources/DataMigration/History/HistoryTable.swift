package import ConfigDocument

/// The table that says which scripts a database has seen. It is written in the transaction of the script where there is
/// one, so that a script and its entry are there together or not at all.
package struct HistoryTable: Sendable {
  package let name: String

  package static let defaultName = "cfgmigrate_history"

  /// - Parameter name: letters, digits and `_`: it stands in statements as it is.
  /// - Returns: nil where it is anything else.
  package init?(_ name: String) {
    let isWord = { (byte: UInt8) in
      byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
    guard !name.isEmpty, name.utf8.count <= 60, name.utf8.allSatisfy(isWord),
      !(0x30...0x39).contains(name.utf8.first!)
    else { return nil }
    self.name = name
  }

  func create(in session: any DatabaseSession) throws(DatabaseError) {
    try session.run(
      """
      CREATE TABLE \(name) (
        installed_rank INTEGER NOT NULL PRIMARY KEY, kind VARCHAR(16) NOT NULL, version VARCHAR(64),
        script VARCHAR(255) NOT NULL, checksum VARCHAR(80) NOT NULL, phase VARCHAR(16) NOT NULL,
        state VARCHAR(16) NOT NULL, position INTEGER NOT NULL, position_checksum VARCHAR(80) NOT NULL,
        evidence VARCHAR(80), run VARCHAR(128) NOT NULL, installed_by VARCHAR(128) NOT NULL,
        started_at VARCHAR(32) NOT NULL, duration_ms BIGINT NOT NULL)
      """)
  }

  /// All entries, oldest first; empty where there is no table.
  package func entries(in session: any DatabaseSession, of database: String) throws(Diagnostic) -> [HistoryEntry] {
    let rows: [[String?]]
    do throws(DatabaseError) {
      guard try session.hasTable(name) else { return [] }
      rows = try session.run(
        "SELECT \(HistoryEntry.columns.joined(separator: ", ")) FROM \(name) ORDER BY installed_rank")
    } catch {
      throw error.diagnostic("reading \(name)", on: database)
    }
    var entries: [HistoryEntry] = []
    for row in rows { entries.append(try HistoryEntry(row: row, of: name)) }
    return entries
  }

  func insert(_ entry: HistoryEntry, in session: any DatabaseSession) throws(DatabaseError) {
    let marks = repeatElement("?", count: HistoryEntry.columns.count).joined(separator: ", ")
    try session.run(
      "INSERT INTO \(name) (\(HistoryEntry.columns.joined(separator: ", "))) VALUES (\(marks))", entry.row)
  }

  func update(_ entry: HistoryEntry, in session: any DatabaseSession) throws(DatabaseError) {
    let sets = HistoryEntry.columns.dropFirst().map { "\($0) = ?" }.joined(separator: ", ")
    try session.run(
      "UPDATE \(name) SET \(sets) WHERE installed_rank = ?", Array(entry.row.dropFirst()) + [String(entry.rank)])
  }
}
