private import CPgQuery
package import ConfigDocument

/// PostgreSQL's own parser, outside the server (libpg_query). What it rejects, a server of its version rejects.
package enum PostgreSQLParser {
  /// One statement with its parse tree.
  package struct Statement: Sendable {
    /// Its bytes in the source, without comments in front of it and the `;` behind it.
    package var range: Range<Int>
    /// Where the comments in front of it begin: the end of the statement before it.
    package var leadStart: Int
    /// The kind of its node: `AlterTableStmt`.
    package var kind: String
    /// The fields of its node. `location` counts bytes of the source.
    package var tree: Value
  }

  /// Why a text is no SQL.
  package struct SyntaxError: Error, Hashable, Sendable {
    package var message: String
    /// The byte of the source that it speaks of.
    package var offset: Int
  }

  /// The statements of a source, in order. Complexity: O(bytes).
  package static func statements(of source: [UInt8]) throws(SyntaxError) -> [Statement] {
    if let nul = source.firstIndex(of: 0) {
      throw SyntaxError(message: "a NUL byte ends SQL for the server", offset: nul)
    }
    let json = try withCString(source) { (text) throws(SyntaxError) in
      let result = pg_query_parse(text)
      defer { pg_query_free_parse_result(result) }
      if let error = result.error { throw syntaxError(error, in: source) }
      return bytes(of: result.parse_tree)
    }
    let tree = try value(of: json)
    return (tree.object?["stmts"]?.array ?? []).compactMap { entry in
      guard let entry = entry.object, let node = entry["stmt"]?.object?.members.first else { return nil }
      let start = entry["stmt_location"]?.int ?? 0
      let length = entry["stmt_len"]?.int ?? 0
      let end = length > 0 ? start + length : source.count
      return Statement(
        range: SQLTrivia.skip(source, from: start, to: end)..<end, leadStart: start, kind: node.key, tree: node.value)
    }
  }

  /// The bodies of the PL/pgSQL functions that a source creates, as the trees of their statements.
  package static func functions(of source: [UInt8]) throws(SyntaxError) -> Value {
    let json = try withCString(source) { (text) throws(SyntaxError) in
      let result = pg_query_parse_plpgsql(text)
      defer { pg_query_free_plpgsql_parse_result(result) }
      if let error = result.error { throw syntaxError(error, in: source) }
      return bytes(of: result.plpgsql_funcs)
    }
    return try value(of: json)
  }

  private static func withCString<Result>(
    _ source: [UInt8], _ body: (UnsafePointer<CChar>) throws(SyntaxError) -> Result
  ) throws(SyntaxError) -> Result {
    let text = (source + [0]).map { CChar(bitPattern: $0) }
    var result: Swift.Result<Result, SyntaxError>?
    text.withUnsafeBufferPointer { buffer in
      do throws(SyntaxError) { result = .success(try body(buffer.baseAddress!)) } catch { result = .failure(error) }
    }
    return try result!.get()
  }

  private static func bytes(of text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    return Array(String(cString: text).utf8)
  }

  private static func value(of json: [UInt8]) throws(SyntaxError) -> Value {
    do throws(Diagnostic) {
      let document = try Document(json, as: .json, named: "parse tree")
      return document.roots.first.map { document.value(of: $0) } ?? .null
    } catch {
      // Deeper than any tree that is read here: nothing is known of it, and so it is no valid source.
      throw SyntaxError(message: "the statement cannot be read: \(error.message)", offset: 0)
    }
  }

  /// The parser counts characters from 1.
  private static func syntaxError(_ error: UnsafeMutablePointer<PgQueryError>, in source: [UInt8]) -> SyntaxError {
    let wanted = Int(error.pointee.cursorpos) - 1
    var offset = 0
    var characters = 0
    while offset < source.count {
      if source[offset] & 0xC0 != 0x80 {
        if characters >= wanted { break }
        characters += 1
      }
      offset += 1
    }
    return SyntaxError(message: error.pointee.message.map { String(cString: $0) } ?? "syntax error", offset: offset)
  }
}
