internal import ConfigDocument
internal import SQLParsing

extension SQLCheck {
  /// Notes which tables a function writes to, for the triggers that call it.
  mutating func createFunction(_ tree: Value, _ findings: inout ScriptFindings) {
    guard let name = tree["funcname"]?.lastName else { return }
    facts.writers[name] = []
    let options = (tree["options"]?.array ?? []).compactMap { $0["DefElem"] }
    let language = options.first { $0["defname"]?.string == "language" }?["arg"]?.stringNode?.lowercased()
    let returnsTrigger = tree["returnType"]?["names"]?.lastName == "trigger"
    guard returnsTrigger else { return }
    guard language == "plpgsql" else {
      unread(name, "it is written in \(language ?? "another language")", &findings)
      return
    }
    do throws(PostgreSQLParser.SyntaxError) {
      let bodies = try PostgreSQLParser.functions(of: Array(findings.statementText.utf8))
      var writes = WrittenTables()
      writes.read(bodies)
      facts.writers[name] = writes.writes
      if writes.hasUnread { unread(name, "it runs statements that it makes", &findings) }
    } catch {
      unread(name, error.message, &findings)
    }
  }

  private func unread(_ name: String, _ reason: String, _ findings: inout ScriptFindings) {
    findings.add(
      .migrationUnread, "which tables \(name)() writes to is not known: \(reason)",
      hint: "Write the statements out, or waive it with an owner and a reason")
  }

  func createTrigger(_ tree: Value, _ findings: inout ScriptFindings) {
    guard let table = tree["relation"]?.tableName, let function = tree["funcname"]?.lastName else { return }
    findings.needsLock(on: table)
    guard let written = facts.writers[function] else {
      findings.add(
        .migrationUnread, "\(function)(), which this trigger calls, is in no script that is read here",
        hint: "Check it together with the script that creates it, or waive it with an owner and a reason")
      return
    }
    let events = tree["events"]?.int ?? 0
    for own in facts.family(of: table).sorted()
    where written.contains(where: { $0.table == own && $0.event & events != 0 }) {
      findings.add(
        .triggerRecursion, "\(function)() writes to `\(own)`, whose trigger calls \(function)() again, without end",
        at: tree["relation"]?["location"]?.int, count: table.utf8.count,
        hint: "Change NEW and return it, or let the rows go to another table")
    }
  }
}

/// The tables that the statements of PL/pgSQL write to.
private struct WrittenTables {
  var writes: Set<TableWrite> = []
  /// Whether there is a statement that is made when it runs.
  var hasUnread = false

  mutating func read(_ value: Value) {
    switch value {
    case .array(let values): for value in values { read(value) }
    case .object(let object):
      for (key, value) in object.members {
        switch key {
        case "PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors": hasUnread = true
        case "PLpgSQL_stmt_execsql": if let text = value["sqlstmt"]?["PLpgSQL_expr"]?["query"]?.string { readSQL(text) }
        default: break
        }
        read(value)
      }
    default: break
    }
  }

  private mutating func readSQL(_ text: String) {
    guard let statements = try? PostgreSQLParser.statements(of: Array(text.utf8)) else {
      hasUnread = true
      return
    }
    for statement in statements { readWrites(of: .object(Object([(statement.kind, statement.tree)]))) }
  }

  /// Also those of `WITH`.
  private mutating func readWrites(of value: Value) {
    switch value {
    case .array(let values): for value in values { readWrites(of: value) }
    case .object(let object):
      for (key, value) in object.members {
        if let event = TableWrite.events[key], let table = value["relation"]?.tableName {
          writes.insert(TableWrite(table: table, event: event))
        }
        readWrites(of: value)
      }
    default: break
    }
  }
}
