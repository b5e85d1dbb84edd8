private import CPostgreSQL
internal import DataMigration
private import Glibc

/// A connection of libpq. Waits without blocking, so that a statement can be cancelled while it runs.
final class PostgreSQLConnection {
  private let connection: OpaquePointer
  private let isStopped: () -> Bool

  /// - Parameter parameters: as libpq names them.
  init(_ parameters: [(String, String)], isStopped: @escaping () -> Bool) throws(DatabaseError) {
    self.isStopped = isStopped
    let keys = parameters.map { strdup($0.0) } + [nil]
    let values = parameters.map { strdup($0.1) } + [nil]
    defer { for text in keys + values { free(text) } }
    let opened = keys.map { UnsafePointer($0) }.withUnsafeBufferPointer { keys in
      values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
        PQconnectdbParams(keys.baseAddress, values.baseAddress, 0)
      }
    }
    guard let opened else { throw DatabaseError(.unreachable, "libpq has no memory for a connection") }
    connection = opened
    guard PQstatus(connection) == CONNECTION_OK else {
      throw DatabaseError(.unreachable, Self.firstLine(PQerrorMessage(connection)))
    }
    // What servers notice belongs to their log.
    _ = PQsetNoticeProcessor(connection, { _, _ in }, nil)
  }

  deinit { PQfinish(connection) }

  var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
    let sent: Int32
    if parameters.isEmpty {
      sent = PQsendQuery(connection, sql)
    } else {
      let texts = parameters.map { text in text.flatMap { strdup($0) } }
      defer { for text in texts { free(text) } }
      sent = texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { texts in
        PQsendQueryParams(
          connection, Self.numbered(sql), Int32(parameters.count), nil, texts.baseAddress, nil, nil, 0)
      }
    }
    guard sent == 1 else { throw lost() }
    try wait()
    var rows: [[String?]] = []
    var failure: DatabaseError?
    while let result = PQgetResult(connection) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_TUPLES_OK: rows = Self.rows(of: result)
      case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
      default: if failure == nil { failure = error(of: result, in: sql) }
      }
    }
    if let failure { throw failure }
    return rows
  }

  private func wait() throws(DatabaseError) {
    var isCancelled = false
    while true {
      guard PQconsumeInput(connection) == 1 else { throw lost() }
      if PQisBusy(connection) == 0 { return }
      var look = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
      _ = poll(&look, 1, 100)
      if !isCancelled, isStopped() {
        isCancelled = true
        cancel()
      }
    }
  }

  private func cancel() {
    guard let handle = PQgetCancel(connection) else { return }
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(handle, &message, Int32(message.count))
    PQfreeCancel(handle)
  }

  private func lost() -> DatabaseError {
    let isGone = PQstatus(connection) != CONNECTION_OK
    return DatabaseError(isGone ? .connectionLost : .other, Self.firstLine(PQerrorMessage(connection)))
  }

  private static func rows(of result: OpaquePointer) -> [[String?]] {
    (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { column in
        PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
      }
    }
  }

  private func error(of result: OpaquePointer, in sql: String) -> DatabaseError {
    let field = { (code: Character) -> String? in
      PQresultErrorField(result, Int32(code.asciiValue!)).map { String(cString: $0) }
    }
    let state = field("C") ?? ""
    // Classes of SQLSTATE: 08 connection, 57P0x the server goes down.
    let kind: DatabaseError.Kind =
      switch state {
      case "55P03", "40P01", "40001": .lockTimeout
      case "57014": isStopped() ? .stopped : .other
      case "53100": .diskFull
      case "57P01", "57P02", "57P03", "": .connectionLost
      default: state.hasPrefix("08") ? .connectionLost : .other
      }
    let detail = field("D").map { ": \($0)" } ?? ""
    let position = field("P").flatMap { Int($0) }.map { position in
      sql.unicodeScalars.prefix(position - 1).reduce(0) { $0 + UTF8.width($1) }
    }
    return DatabaseError(
      kind, (field("M") ?? Self.firstLine(PQresultErrorMessage(result))) + detail, number: state, hint: field("H"),
      offset: position)
  }

  private static func firstLine(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "no reason was given" }
    return String(cString: text).split(separator: "\n").prefix(2).map { line in
      String(line.drop(while: \.isWhitespace))
    }.joined(separator: " ")
  }

  /// `?` as `$1`, `$2` …: only statements of this program have parameters, and none of them has a `?` in a text.
  private static func numbered(_ sql: String) -> String {
    var number = 0
    return sql.map { character -> String in
      guard character == "?" else { return String(character) }
      number += 1
      return "$\(number)"
    }.joined()
  }
}
