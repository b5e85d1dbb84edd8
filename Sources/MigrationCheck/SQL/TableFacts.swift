internal import ConfigDocument

/// What the scripts before have made of the tables, as far as a rule asks for it.
struct TableFacts {
  /// Constraints `CHECK (column IS NOT NULL)` that hold for every row, by table and column.
  var checkedColumns: Set<[String]> = []
  /// Those that do not hold for old rows yet, by table and name.
  var uncheckedConstraints: [[String]: [String]] = [:]
  /// What trigger functions write to tables, by their names.
  var writers: [String: Set<TableWrite>] = [:]
  /// The partitioned tables of tables.
  var parents: [String: String] = [:]

  /// A table and the tables whose triggers it shares.
  func family(of table: String) -> Set<String> {
    var family: Set = [table]
    var next = table
    while let parent = parents[next], family.insert(parent).inserted { next = parent }
    return family
  }
}

/// A kind of change to a table, as the events of triggers are numbered in the parse tree.
struct TableWrite: Hashable {
  var table: String
  var event: Int

  /// By the kind of the statement. `MERGE` may do all three.
  static let events = ["InsertStmt": 4, "DeleteStmt": 8, "UpdateStmt": 16, "MergeStmt": 4 | 8 | 16]
}

extension Value {
  /// The member of an object.
  subscript(_ key: String) -> Value? { object?[key] }

  /// The only member of a node: its kind and its fields.
  var node: (kind: String, fields: Value)? { object?.members.first.map { ($0.key, $0.value) } }

  /// The text of a `String` node.
  var stringNode: String? { self["String"]?["sval"]?.string }

  /// The name of a table, with its schema where it is written; nil where there is none.
  var tableName: String? {
    guard let name = self["relname"]?.string else { return nil }
    return self["schemaname"]?.string.map { "\($0).\(name)" } ?? name
  }

  /// The last name of a list of `String` nodes: a function's or type's own.
  var lastName: String? { array?.last?.stringNode }
}
