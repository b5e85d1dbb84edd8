internal import ConfigDocument
internal import DataMigration

extension SQLCheck {
  mutating func createTable(_ tree: Value, _ findings: inout ScriptFindings) {
    guard let table = tree["relation"]?.tableName else { return }
    // One that may be there already may have rows.
    if tree["if_not_exists"]?.bool != true { findings.newTables.insert(table) }
    if let parent = tree["inhRelations"]?.array?.first?["RangeVar"]?.tableName { facts.parents[table] = parent }
    for column in (tree["tableElts"]?.array ?? []).compactMap({ $0["ColumnDef"] }) {
      name(column["colname"]?.string ?? "", at: column["location"]?.int, &findings)
    }
  }

  func name(_ column: String, at offset: Int?, _ findings: inout ScriptFindings) {
    guard let library, !column.isEmpty, let offset else { return }
    if let finding = library.finding(on: column, at: findings.text.place(offset, count: column.utf8.count)) {
      findings.add(finding)
    }
  }

  func createIndex(_ tree: Value, _ findings: inout ScriptFindings) {
    guard let table = tree["relation"]?.tableName, !findings.newTables.contains(table) else { return }
    let index = tree["idxname"]?.string.map { " `\($0)`" } ?? ""
    if tree["concurrent"]?.bool != true {
      findings.needsLock(on: table)
      findings.add(
        .indexBlocks, "the index\(index) is built while nobody may write to `\(table)`",
        hint: "CREATE INDEX CONCURRENTLY, in a script with `-- @transaction none`")
    } else if findings.setting.isTransaction {
      findings.add(
        .scriptTransaction, "an index cannot be built CONCURRENTLY in a transaction, and this script is one",
        hint: "Write `-- @transaction none` in the header")
    }
  }

  mutating func rename(_ tree: Value, _ findings: inout ScriptFindings) {
    guard let table = tree["relation"]?.tableName else { return }
    findings.needsLock(on: table)
    if tree["renameType"]?.string == "OBJECT_COLUMN" {
      name(tree["newname"]?.string ?? "", at: tree["relation"]?["location"]?.int, &findings)
    }
    let isRead = ["OBJECT_COLUMN", "OBJECT_TABLE", "OBJECT_VIEW"].contains(tree["renameType"]?.string ?? "")
    guard isRead, !findings.newTables.contains(table), findings.setting.phase == .expand else { return }
    let old = tree["subname"]?.string.map { "\(table).\($0)" } ?? table
    findings.add(
      .renameBreaks, "`\(old)` is renamed while the old version still calls it so",
      hint: "Add the new one beside it, keep both alike, and drop the old one in the contract phase")
  }

  mutating func drop(_ tree: Value, _ findings: inout ScriptFindings) {
    let kind = tree["removeType"]?.string ?? ""
    let names = (tree["objects"]?.array ?? []).map { object in
      (object["List"]?["items"]?.array ?? []).compactMap(\.stringNode).joined(separator: ".")
    }
    if kind == "OBJECT_INDEX", tree["concurrent"]?.bool != true {
      findings.add(
        .indexBlocks, "an index is dropped while nobody may use its table", severity: .warning,
        hint: "DROP INDEX CONCURRENTLY, in a script with `-- @transaction none`")
    }
    guard ["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SCHEMA"].contains(kind) else { return }
    for name in names where !findings.newTables.contains(name) {
      findings.needsLock(on: name)
      guard findings.setting.phase == .expand else { continue }
      findings.add(
        .dropBreaks, "`\(name)` is dropped while the old version may still read it",
        hint: "Drop it in a script of the contract phase (`-- @phase contract`)")
    }
  }

  func truncate(_ tree: Value, _ findings: inout ScriptFindings) {
    for table in (tree["relations"]?.array ?? []).compactMap({ $0["RangeVar"]?.tableName })
    where !findings.newTables.contains(table) {
      findings.add(
        .dropBreaks, "all rows of `\(table)` are removed, and nothing brings them back",
        hint: "Move them to another table first, or waive it with an owner and a reason")
    }
  }

  func change(_ kind: String, _ tree: Value, _ findings: inout ScriptFindings) {
    guard let table = tree["relation"]?.tableName, !findings.newTables.contains(table), tree["whereClause"] == nil
    else {
      return
    }
    findings.add(
      .updateOfAllRows,
      "every row of `\(table)` is \(kind == "UpdateStmt" ? "changed" : "deleted") in one statement, and stays locked until the script ends",
      severity: .warning,
      hint: "Work through the key in pieces, each a statement of a script with `-- @transaction none`")
  }

  func rewrite(_ kind: String, _ tree: Value, _ findings: inout ScriptFindings) {
    let isFull = (tree["options"]?.array ?? []).contains { $0["DefElem"]?["defname"]?.string == "full" }
    guard kind == "ClusterStmt" || isFull else { return }
    findings.add(
      .tableRewrite, "every row is written anew while nobody may read or write",
      hint: "Leave it to a window without traffic, and waive it with an owner and a reason")
  }

  func reindex(_ tree: Value, _ findings: inout ScriptFindings) {
    let isConcurrent = (tree["params"]?.array ?? []).contains {
      $0["DefElem"]?["defname"]?.string == "concurrently"
    }
    let name = tree["relation"]?.tableName
    guard !isConcurrent, !findings.newTables.contains(name ?? "") else { return }
    findings.add(
      .indexBlocks, "an index\(name.map { " of `\($0)`" } ?? "") is built anew while nobody may write",
      hint: "REINDEX … CONCURRENTLY, in a script with `-- @transaction none`")
  }

  func refresh(_ tree: Value, _ findings: inout ScriptFindings) {
    guard tree["concurrent"]?.bool != true, let view = tree["relation"]?.tableName, !findings.newTables.contains(view)
    else { return }
    findings.add(
      .tableRewrite, "every row of `\(view)` is written anew while nobody may read it",
      hint: "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index")
  }

  func setVariable(_ tree: Value, _ findings: inout ScriptFindings) {
    guard tree["name"]?.string?.lowercased() == "lock_timeout" else { return }
    let value = tree["args"]?.array?.first?["A_Const"]
    let isNone =
      tree["kind"]?.string != "VAR_SET_VALUE" || value?["ival"]?["ival"] == nil && value?["ival"] != nil
      || ["0", "0s", "0ms"].contains(value?["sval"]?["sval"]?.string ?? "")
    findings.hasLockTimeout = !isNone
  }
}
