internal import ConfigDocument
internal import DataMigration

extension SQLCheck {
  mutating func alterTable(_ tree: Value, _ findings: inout ScriptFindings) {
    guard tree["objtype"]?.string == "OBJECT_TABLE", let table = tree["relation"]?.tableName else { return }
    findings.needsLock(on: table)
    for command in (tree["cmds"]?.array ?? []).compactMap({ $0["AlterTableCmd"] }) {
      alter(table, command, &findings)
    }
  }

  private mutating func alter(_ table: String, _ command: Value, _ findings: inout ScriptFindings) {
    let isNew = findings.newTables.contains(table)
    let column = command["name"]?.string ?? ""
    switch command["subtype"]?.string {
    case "AT_AddColumn":
      if let definition = command["def"]?["ColumnDef"] { addColumn(to: table, definition, &findings) }
    case "AT_SetNotNull" where !isNew && !facts.checkedColumns.contains([table, column]):
      findings.add(
        .columnNotNull,
        "`\(table).\(column)` is made NOT NULL: rows without a value make this fail, and the rows are read under a lock that keeps everyone out",
        hint: "Fill the rows; add CHECK (\(column) IS NOT NULL) NOT VALID; VALIDATE it; then SET NOT NULL reads nothing"
      )
    case "AT_AlterColumnType" where !isNew:
      findings.add(
        .tableRewrite,
        "the type of `\(table).\(column)` changes: every row is written anew while nobody may read or write",
        at: command["def"]?["ColumnDef"]?["location"]?.int,
        hint: "Add a column of the new type, fill it in pieces, and change over in the contract phase")
    case "AT_DropColumn" where !isNew && findings.setting.phase == .expand:
      findings.add(
        .dropBreaks, "`\(table).\(column)` is dropped while the old version may still read it",
        hint: "Drop it in a script of the contract phase (`-- @phase contract`)")
    case "AT_SetTableSpace", "AT_SetLogged", "AT_SetUnLogged", "AT_SetAccessMethod":
      guard !isNew else { return }
      findings.add(
        .tableRewrite, "`\(table)` is moved: every row is written anew while nobody may read or write",
        hint: "Leave it to a window without traffic, and waive it with an owner and a reason")
    case "AT_DetachPartition" where !isNew && findings.setting.phase == .expand:
      findings.add(
        .dropBreaks, "the rows of a partition leave `\(table)` while the old version may still read them there",
        hint: "Detach it CONCURRENTLY in a script of the contract phase (`-- @phase contract`)")
    case "AT_AddConstraint" where !isNew:
      if let constraint = command["def"]?["Constraint"] { addConstraint(to: table, constraint, &findings) }
    case "AT_ValidateConstraint":
      if let column = facts.uncheckedConstraints[[table, column]] { facts.checkedColumns.insert(column) }
    default: break
    }
  }

  private mutating func addColumn(to table: String, _ definition: Value, _ findings: inout ScriptFindings) {
    let column = definition["colname"]?.string ?? ""
    let offset = definition["location"]?.int
    name(column, at: offset, &findings)
    guard !findings.newTables.contains(table) else { return }
    let constraints = (definition["constraints"]?.array ?? []).compactMap { $0["Constraint"] }
    let kinds = Set(constraints.compactMap { $0["contype"]?.string })
    let value = constraints.first { $0["contype"]?.string == "CONSTR_DEFAULT" }?["raw_expr"]
    if kinds.contains("CONSTR_NOTNULL"), value == nil, kinds.isDisjoint(with: ["CONSTR_IDENTITY", "CONSTR_GENERATED"]) {
      findings.add(
        .columnNotNull,
        "`\(table).\(column)` may not be null and has no default: this fails on a table with rows, and the old version cannot insert",
        at: offset, count: column.utf8.count,
        hint: "Give it a DEFAULT, or let it be null until all rows and programs fill it")
    }
    let type = definition["typeName"]?["names"]?.lastName ?? ""
    let isSerial = ["serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"].contains(type)
    if let function = value.flatMap(Self.changingFunction) {
      findings.add(
        .tableRewrite,
        "the default of `\(table).\(column)` calls \(function)(), so every row is written anew while nobody may read or write",
        at: offset, hint: "Add the column without it, set the default afterwards, and fill old rows in pieces")
    } else if isSerial || !kinds.isDisjoint(with: ["CONSTR_IDENTITY", "CONSTR_GENERATED"]) {
      findings.add(
        .tableRewrite,
        "`\(table).\(column)` has a value of its own in each row, so every row is written anew while nobody may read or write",
        at: offset, hint: "Add a plain column, fill it in pieces, and attach the rest afterwards")
    }
    for kind in ["CONSTR_UNIQUE", "CONSTR_PRIMARY"] where kinds.contains(kind) {
      findings.add(
        .constraintBlocks, "the index behind `\(table).\(column)` is built while nobody may write", at: offset,
        hint: "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX")
    }
  }

  /// A function whose value differs from row to row, anywhere in an expression. Those of the transaction's time do not.
  private static func changingFunction(in expression: Value) -> String? {
    let constant: Set = [
      "now", "transaction_timestamp", "statement_timestamp", "current_setting", "current_database", "lower", "upper",
      "coalesce", "to_timestamp", "date_trunc", "timezone", "md5", "jsonb_build_object", "json_build_object",
      "jsonb_build_array", "json_build_array",
    ]
    switch expression {
    case .object(let object):
      if let call = object["FuncCall"], let function = call["funcname"]?.lastName, !constant.contains(function) {
        return function
      }
      return object.members.lazy.compactMap { changingFunction(in: $0.value) }.first
    case .array(let values): return values.lazy.compactMap { changingFunction(in: $0) }.first
    default: return nil
    }
  }

  private mutating func addConstraint(to table: String, _ constraint: Value, _ findings: inout ScriptFindings) {
    let name = constraint["conname"]?.string ?? ""
    let isUnchecked = constraint["skip_validation"]?.bool == true
    let offset = constraint["location"]?.int
    switch constraint["contype"]?.string {
    case "CONSTR_FOREIGN" where !isUnchecked:
      findings.add(
        .constraintBlocks,
        "the foreign key of `\(table)` is checked for all rows while nobody may write to either table",
        at: offset, hint: "Add it NOT VALID, and VALIDATE CONSTRAINT in a later script")
    case "CONSTR_CHECK":
      if let column = Self.columnThatIsNotNull(constraint["raw_expr"]) {
        if isUnchecked {
          facts.uncheckedConstraints[[table, name]] = [table, column]
        } else {
          facts.checkedColumns.insert([table, column])
        }
      }
      guard !isUnchecked else { return }
      findings.add(
        .constraintBlocks, "the check of `\(table)` reads all rows while nobody may read or write", at: offset,
        hint: "Add it NOT VALID, and VALIDATE CONSTRAINT in a later script")
    case "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION":
      guard constraint["indexname"] == nil else { return }
      findings.add(
        .constraintBlocks, "the index behind the constraint of `\(table)` is built while nobody may read or write",
        at: offset, hint: "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX")
    default: break
    }
  }

  private static func columnThatIsNotNull(_ expression: Value?) -> String? {
    guard let test = expression?["NullTest"], test["nulltesttype"]?.string == "IS_NOT_NULL" else { return nil }
    return test["arg"]?["ColumnRef"]?["fields"]?.lastName
  }
}
