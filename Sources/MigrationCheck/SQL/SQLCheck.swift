internal import ConfigDocument
package import DataMigration
internal import SQLParsing

/// Finds in PostgreSQL scripts what takes sites down, from the trees of PostgreSQL's own parser.
///
/// What cannot be read is a finding, so that nothing passes unread.
package struct SQLCheck {
  var library: FieldLibrary?
  var facts = TableFacts()

  package init(library: FieldLibrary? = nil) { self.library = library }

  /// Checks scripts in the order in which they run: what a script makes is known to those behind it.
  package mutating func check(_ scripts: [MigrationScript]) -> [CheckedMigration] {
    scripts.map { check($0) }
  }

  private mutating func check(_ script: MigrationScript) -> CheckedMigration {
    let text = MigrationText(path: script.path, source: script.source)
    // What takes a version back runs when the new version is gone.
    var isUndo: Bool { if case .undo = script.name.kind { true } else { false } }
    return check(
      text,
      setting: ScriptSetting(
        phase: isUndo ? .contract : script.header.phase, isTransaction: script.header.transaction == .script,
        hasLockTimeout: script.header.lockTimeout != nil))
  }

  /// Checks one text of SQL.
  mutating func check(_ text: MigrationText, setting: ScriptSetting) -> CheckedMigration {
    let statements: [PostgreSQLParser.Statement]
    do throws(PostgreSQLParser.SyntaxError) { statements = try PostgreSQLParser.statements(of: text.source) } catch {
      let finding = Diagnostic(
        .scriptSyntax, "PostgreSQL does not read this: \(error.message)", at: text.place(error.offset))
      return CheckedMigration(path: text.path, findings: [finding], waived: [])
    }
    var findings = ScriptFindings(text: text, setting: setting)
    var waivers = Waivers()
    for statement in statements {
      read(statement, &findings)
      let lines = findings.lines(of: statement)
      for comment in SQLTrivia.comments(in: text.source, from: statement.leadStart, to: statement.range.lowerBound) {
        for line in comment.lines {
          waivers.add(line.text, at: text.place(line.offset, count: line.text.utf8.count), for: lines)
        }
      }
    }
    return waivers.applied(to: findings.list, in: text.path)
  }

  private mutating func read(_ statement: PostgreSQLParser.Statement, _ findings: inout ScriptFindings) {
    findings.begin(statement)
    let tree = statement.tree
    switch statement.kind {
    case "AlterTableStmt": alterTable(tree, &findings)
    case "CreateStmt": createTable(tree, &findings)
    case "CreateTableAsStmt": if let table = tree["into"]?["rel"]?.tableName { findings.newTables.insert(table) }
    case "IndexStmt": createIndex(tree, &findings)
    case "RenameStmt": rename(tree, &findings)
    case "DropStmt": drop(tree, &findings)
    case "CreateFunctionStmt": createFunction(tree, &findings)
    case "CreateTrigStmt": createTrigger(tree, &findings)
    case "VariableSetStmt": setVariable(tree, &findings)
    case "UpdateStmt", "DeleteStmt": change(statement.kind, tree, &findings)
    case "TruncateStmt": truncate(tree, &findings)
    case "VacuumStmt", "ClusterStmt": rewrite(statement.kind, tree, &findings)
    case "ReindexStmt": reindex(tree, &findings)
    case "RefreshMatViewStmt": refresh(tree, &findings)
    case "LockStmt":
      for table in (tree["relations"]?.array ?? []).compactMap({ $0["RangeVar"]?.tableName }) {
        findings.needsLock(on: table)
      }
    case "DropdbStmt":
      findings.add(
        .dropBreaks, "the database `\(tree["dbname"]?.string ?? "")` is dropped, and nothing brings it back",
        hint: "Drop it by hand when nobody reads it, behind a backup")
    case "DoStmt", "CallStmt":
      findings.add(
        .migrationUnread, "what this \(statement.kind == "DoStmt" ? "block" : "procedure") does is not read",
        hint: "Write its statements into the script, or waive it with an owner and a reason")
    default: break
    }
  }
}

/// When and how a script runs.
struct ScriptSetting {
  var phase: ScriptHeader.Phase
  var isTransaction: Bool
  var hasLockTimeout: Bool
}

/// The findings of one script, and what its statements before have made.
struct ScriptFindings {
  let text: MigrationText
  let setting: ScriptSetting
  private(set) var list: [Diagnostic] = []
  /// Tables that nobody else sees yet, or that have no rows.
  var newTables: Set<String> = []
  var hasLockTimeout: Bool
  private var hasToldOfLockTimeout = false
  private var statement: PostgreSQLParser.Statement?

  init(text: MigrationText, setting: ScriptSetting) {
    self.text = text
    self.setting = setting
    hasLockTimeout = setting.hasLockTimeout
  }

  mutating func begin(_ statement: PostgreSQLParser.Statement) { self.statement = statement }

  /// The statement that is read.
  var statementText: String {
    statement.map { String(decoding: text.source[$0.range], as: UTF8.self) } ?? ""
  }

  /// - Parameter offset: the byte that is meant; the statement's first line where it is not known.
  mutating func add(
    _ code: Diagnostic.Code, _ message: String, severity: Diagnostic.Severity = .error, at offset: Int? = nil,
    count: Int = 1, hint: String
  ) {
    let start = statement?.range.lowerBound ?? 0
    let place =
      if let offset, offset >= start { text.place(offset, count: count) } else {
        text.place(start, count: statement?.range.count ?? 1)
      }
    list.append(Diagnostic(code, message, severity: severity, at: place, hint: hint))
  }

  mutating func add(_ finding: Diagnostic) { list.append(finding) }

  /// Told once a script, at the first statement that takes a lock on a table that is in use.
  mutating func needsLock(on table: String) {
    guard !newTables.contains(table), !hasLockTimeout, !hasToldOfLockTimeout else { return }
    hasToldOfLockTimeout = true
    add(
      .lockTimeoutMissing,
      "this waits for a lock on `\(table)`, and the script does not say for how long: all who come later wait behind it",
      severity: .warning, hint: "Write `-- @lock-timeout 500ms` in the header, or `SET lock_timeout` before it")
  }

  func lines(of statement: PostgreSQLParser.Statement) -> ClosedRange<Int> {
    let first = text.place(statement.range.lowerBound).line
    return first...max(first, text.place(max(0, statement.range.upperBound - 1)).line)
  }
}
