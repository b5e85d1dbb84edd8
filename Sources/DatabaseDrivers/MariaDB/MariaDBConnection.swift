private import CMariaDB
internal import DataMigration
private import Glibc

/// A connection of MariaDB's client library. A statement that runs is waited for: it cannot be cancelled from here.
final class MariaDBConnection {
  private let handle: UnsafeMutablePointer<MYSQL>

  init(_ server: DatabaseServer, database: String?) throws(DatabaseError) {
    guard let handle = mysql_init(nil) else {
      throw DatabaseError(.unreachable, "the client library has no memory for a connection")
    }
    self.handle = handle
    var seconds: UInt32 = 10
    mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &seconds)
    mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
    var (host, socket): (String?, String?) = (nil, nil)
    switch server.endpoint {
    case .socket(let path): socket = path
    case .host(let name): host = name
    }
    let opened = mysql_real_connect(
      handle, host, server.user, server.password, database, UInt32(server.port ?? 0), socket, 0)
    if opened == nil { throw DatabaseError(.unreachable, String(cString: mysql_error(handle)), number: number) }
  }

  deinit { mysql_close(handle) }

  private var number: String { String(mysql_errno(handle)) }

  func run(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> [[String?]] {
    let sql = try parameters.isEmpty ? sql : bound(sql, parameters)
    guard mysql_real_query(handle, sql, UInt(sql.utf8.count)) == 0 else { throw error() }
    var rows: [[String?]] = []
    // A procedure answers with several results.
    while true {
      if let result = mysql_store_result(handle) {
        defer { mysql_free_result(result) }
        rows = []
        while let row = mysql_fetch_row(result) {
          guard let lengths = mysql_fetch_lengths(result) else { break }
          rows.append(
            (0..<Int(mysql_num_fields(result))).map { column in
              row[column].map { text in
                text.withMemoryRebound(to: UInt8.self, capacity: Int(lengths[column])) {
                  String(decoding: UnsafeBufferPointer(start: $0, count: Int(lengths[column])), as: UTF8.self)
                }
              }
            })
        }
      } else if mysql_errno(handle) != 0 {
        throw error()
      }
      let next = mysql_next_result(handle)
      if next > 0 { throw error() }
      if next < 0 { return rows }
    }
  }

  /// The statement with its parameters as literals, escaped by the rules of this connection's character set.
  private func bound(_ sql: String, _ parameters: [String?]) throws(DatabaseError) -> String {
    var rest = parameters[...]
    return sql.map { character -> String in
      guard character == "?", let parameter = rest.popFirst() else { return String(character) }
      guard let text = parameter else { return "NULL" }
      var escaped = [CChar](repeating: 0, count: text.utf8.count * 2 + 1)
      let count = mysql_real_escape_string(handle, &escaped, text, UInt(text.utf8.count))
      return "'" + String(decoding: escaped[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self) + "'"
    }.joined()
  }

  private func error() -> DatabaseError {
    // The numbers of the server's and the client's manuals.
    let kind: DatabaseError.Kind =
      switch mysql_errno(handle) {
      case 1205, 1213: .lockTimeout
      case 2006, 2013, 2055, 1053, 1927: .connectionLost
      case 1021, 1114: .diskFull
      case 1317: .stopped
      default: .other
      }
    return DatabaseError(kind, String(cString: mysql_error(handle)), number: number)
  }
}
