private import CSQLite
internal import DataMigration

/// A connection to an SQLite file.
final class SQLiteConnection {
  private let handle: OpaquePointer
  private let isStopped: () -> Bool

  /// - Parameter isCreating: whether a file that is missing is made.
  init(_ path: String, isCreating: Bool, isStopped: @escaping () -> Bool = { false }) throws(DatabaseError) {
    self.isStopped = isStopped
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | (isCreating ? SQLITE_OPEN_CREATE : 0)
    let status = sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
      sqlite3_close_v2(opened)
      throw DatabaseError(
        .unreachable, message, hint: "Name the file of the database; an empty file is one without tables")
    }
    handle = opened
    sqlite3_busy_timeout(handle, 500)
    sqlite3_progress_handler(
      handle, 100_000,
      { context in Unmanaged<SQLiteConnection>.fromOpaque(context!).takeUnretainedValue().isStopped() ? 1 : 0 },
      Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    sqlite3_progress_handler(handle, 0, nil, nil)
    sqlite3_close_v2(handle)
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  func setBusyTimeout(milliseconds: Int) { sqlite3_busy_timeout(handle, Int32(clamping: milliseconds)) }

  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
    var rows: [[String?]] = []
    var text = sql
    // What stands behind the first statement is prepared in turn.
    let failure = text.withUTF8 { bytes -> DatabaseError? in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        var rest = bytes.baseAddress
        let end = bytes.baseAddress.map { $0 + bytes.count }
        while let start = rest, let end, start < end {
          var statement: OpaquePointer?
          guard sqlite3_prepare_v2(handle, start, Int32(end - start), &statement, &rest) == SQLITE_OK else {
            return error()
          }
          guard let statement else { continue }
          defer { sqlite3_finalize(statement) }
          for (number, parameter) in parameters.enumerated() {
            bind(parameter, to: Int32(number + 1), of: statement)
          }
          rows = []
          var status = sqlite3_step(statement)
          while status == SQLITE_ROW {
            rows.append(row(of: statement))
            status = sqlite3_step(statement)
          }
          if status != SQLITE_DONE { return error() }
        }
        return nil
      }
    }
    if let failure { throw failure }
    return rows
  }

  private func bind(_ parameter: String?, to number: Int32, of statement: OpaquePointer) {
    guard let parameter else {
      sqlite3_bind_null(statement, number)
      return
    }
    // The library makes its own copy (SQLITE_TRANSIENT).
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_bind_text(statement, number, parameter, Int32(parameter.utf8.count), copies)
  }

  private func row(of statement: OpaquePointer) -> [String?] {
    (0..<sqlite3_column_count(statement)).map { column in
      guard let text = sqlite3_column_text(statement, column) else { return nil }
      let count = Int(sqlite3_column_bytes(statement, column))
      return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }
  }

  private func error() -> DatabaseError {
    let status = sqlite3_errcode(handle)
    let kind: DatabaseError.Kind =
      switch status {
      case SQLITE_BUSY, SQLITE_LOCKED: .lockTimeout
      case SQLITE_FULL: .diskFull
      case SQLITE_INTERRUPT: .stopped
      default: .other
      }
    let offset = sqlite3_error_offset(handle)
    return DatabaseError(
      kind, String(cString: sqlite3_errmsg(handle)), number: String(status), offset: offset >= 0 ? Int(offset) : nil)
  }

  /// Copies the whole database into another one, as it is in this connection's transaction.
  func copy(to other: SQLiteConnection) throws(DatabaseError) {
    guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else { throw other.error() }
    let status = sqlite3_backup_step(backup, -1)
    let end = sqlite3_backup_finish(backup)
    guard status == SQLITE_DONE, end == SQLITE_OK else { throw other.error() }
  }

  /// Whether a text is a whole statement, or several: by SQLite's own lexer, which knows triggers.
  static func isComplete(_ text: String) -> Bool { sqlite3_complete(text) == 1 }
}
