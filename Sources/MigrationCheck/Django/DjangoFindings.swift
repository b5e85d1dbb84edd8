internal import ConfigDocument
internal import DataMigration

/// The operations of one Django migration, and what is found in them.
struct DjangoFindings {
  let text: MigrationText
  let library: FieldLibrary?
  let isAtomic: Bool
  var phase = ScriptHeader.Phase.expand
  private(set) var findings: [Diagnostic] = []
  /// The lines of each operation.
  private(set) var spans: [ClosedRange<Int>] = []
  /// Models that this migration makes: they have no rows.
  private var newModels: Set<String> = []

  init(text: MigrationText, library: FieldLibrary?, isAtomic: Bool) {
    self.text = text
    self.library = library
    self.isAtomic = isAtomic
  }

  mutating func unread(_ reason: String, at place: SourcePlace) {
    findings.append(
      Diagnostic(
        .migrationUnread, "a part of this migration is not read: \(reason)", at: place,
        hint: "Write it as a literal list of operations, or waive it with an owner and a reason"))
  }

  private func place(_ value: Value) -> SourcePlace {
    text.place(line: value["line"]?.int ?? 1, column: (value["column"]?.int ?? 0) + 1)
  }

  private mutating func add(_ code: Diagnostic.Code, _ message: String, _ operation: Value, hint: String) {
    findings.append(Diagnostic(code, message, at: place(operation), hint: hint))
  }

  // MARK: Operations

  mutating func operations(_ list: Value) {
    guard let items = list["items"]?.array else {
      return unread("its operations are not a list that stands there", at: place(list))
    }
    for item in items { operation(item, of: list) }
  }

  private mutating func operation(_ operation: Value, of list: Value) {
    guard let kind = operation["call"]?.string else {
      return unread("an operation is not a call", at: place(list))
    }
    let first = operation["line"]?.int ?? 1
    spans.append(first...max(first, operation["end"]?.int ?? first))
    guard operation["keywords"]?["**"] == nil else {
      return unread("the arguments of \(kind) are made elsewhere", at: place(operation))
    }
    let model = argument("model_name", 0, of: operation)?["literal"]?.string?.lowercased() ?? ""
    let name =
      argument("name", kind == "CreateModel" || kind.hasSuffix("Model") ? 0 : 1, of: operation)?["literal"]?.string
      ?? ""
    switch kind {
    case "CreateModel": createModel(name, operation)
    case "AddField", "AlterField":
      check(name: argument("name", 1, of: operation), operation)
      if !newModels.contains(model) { field(kind, "\(model).\(name)", operation) }
    case "RenameField":
      check(name: argument("new_name", 2, of: operation), operation)
      if !newModels.contains(model) { renamed("the field", operation) }
    case "RenameModel", "AlterModelTable": renamed("the model", operation)
    case "RemoveField" where !newModels.contains(model): dropped("a field", operation)
    case "DeleteModel": dropped("a model", operation)
    case "AddIndex" where !newModels.contains(model), "AlterIndexTogether", "AlterUniqueTogether":
      add(
        .indexBlocks, "\(kind) builds an index while nobody may write", operation,
        hint: "Use AddIndexConcurrently with `atomic = False`")
    case "AddIndexConcurrently" where isAtomic, "RemoveIndexConcurrently" where isAtomic:
      add(
        .scriptTransaction, "an index cannot be built CONCURRENTLY in a transaction, and this migration is one",
        operation,
        hint: "Write `atomic = False` in the class")
    case "AddConstraint" where !newModels.contains(model):
      add(
        .constraintBlocks, "the constraint is checked for all rows while nobody may write", operation,
        hint: "Use AddConstraintNotValid, and ValidateConstraint in a later migration")
    case "RunSQL": sql(operation)
    case "RunPython":
      add(
        .migrationUnread, "what this Python code does is not read", operation,
        hint: "Move it to a script of SQL, or waive it with an owner and a reason")
    case "SeparateDatabaseAndState":
      if let inner = argument("database_operations", 0, of: operation), inner["literal"] == nil { operations(inner) }
    default:
      if !Self.harmless.contains(kind), !["AddIndex", "AddConstraint", "RemoveField"].contains(kind),
        !kind.hasSuffix("Concurrently")
      {
        unread("\(kind) is no operation that is known", at: place(operation))
      }
    }
  }

  /// Operations that change no table, or only take something away from it that no program reads.
  private static let harmless: Set = [
    "AlterModelOptions", "AlterModelManagers", "AlterOrderWithRespectTo", "AlterModelTableComment", "RemoveIndex",
    "RemoveConstraint", "RenameIndex", "AddConstraintNotValid", "ValidateConstraint",
  ]

  private func argument(_ name: String, _ position: Int, of call: Value) -> Value? {
    if let value = call["keywords"]?[name] { return value }
    let arguments = call["arguments"]?.array ?? []
    return position < arguments.count ? arguments[position] : nil
  }

  // MARK: Models and fields

  private mutating func createModel(_ name: String, _ operation: Value) {
    newModels.insert(name.lowercased())
    guard let fields = argument("fields", 1, of: operation)?["items"]?.array else {
      return unread("the fields of \(name) are not a list that stands there", at: place(operation))
    }
    for field in fields {
      let pair = field["items"]?.array ?? []
      check(name: pair.first, pair.last?["line"] == nil ? operation : pair.last ?? operation)
    }
  }

  private mutating func check(name argument: Value?, _ value: Value) {
    guard let library else { return }
    guard let name = argument?["literal"]?.string else {
      return unread("the name of a field is made elsewhere", at: place(value))
    }
    guard name != "id" else { return }
    if let finding = library.finding(on: name, at: place(value)) { findings.append(finding) }
  }

  private mutating func field(_ kind: String, _ name: String, _ operation: Value) {
    guard let field = argument("field", 2, of: operation), let type = field["call"]?.string else {
      return unread("the field \(name) is made elsewhere", at: place(operation))
    }
    if kind == "AlterField" {
      add(
        .tableRewrite,
        "`\(name)` becomes a \(type): where its type differs, every row is written anew while nobody may read or write",
        operation, hint: "Add a field beside it; or waive it where only what Django knows of it changes")
      return
    }
    let isManyToMany = type == "ManyToManyField"
    let mayBeNull = option("null", of: field)?.bool == true
    if !mayBeNull, !isManyToMany, field["keywords"]?["db_default"] == nil {
      add(
        .columnNotNull,
        "`\(name)` may not be null, and Django takes its default away from the database: the old version cannot insert",
        operation, hint: "Add it with `null=True` or `db_default`, and alter it when the old version is gone")
    }
    let isIndexed = option("db_index", of: field)?.bool ?? ["ForeignKey", "OneToOneField", "SlugField"].contains(type)
    if isIndexed || option("unique", of: field)?.bool == true {
      add(
        .indexBlocks, "the index of `\(name)` is built while nobody may write", operation,
        hint: "Add it without one (`db_index=False`), then AddIndexConcurrently")
    }
  }

  private func option(_ name: String, of field: Value) -> Value? { field["keywords"]?[name]?["literal"] }

  private mutating func renamed(_ what: String, _ operation: Value) {
    guard phase == .expand else { return }
    add(
      .renameBreaks, "\(what) is renamed while the old version still calls it so", operation,
      hint: "Add a new one beside it, and drop the old one with `# @phase contract`")
  }

  private mutating func dropped(_ what: String, _ operation: Value) {
    guard phase == .expand else { return }
    add(
      .dropBreaks, "\(what) is dropped while the old version may still read it", operation,
      hint: "Take it out of the state first, and drop it in a migration with `# @phase contract`")
  }

  // MARK: SQL

  private mutating func sql(_ operation: Value) {
    guard let argument = argument("sql", 0, of: operation) else {
      return unread("RunSQL without SQL", at: place(operation))
    }
    if argument["literal"] != nil, argument["literal"]?.string == nil {
      return unread("RunSQL without SQL", at: place(operation))
    }
    let texts = argument["items"]?.array?.map { $0["literal"]?.string } ?? [argument["literal"]?.string]
    guard !texts.contains(nil) else {
      return unread("the SQL is made elsewhere", at: place(operation))
    }
    var check = SQLCheck(library: library)
    let inner = MigrationText(path: text.path, source: Array(texts.compactMap { $0 }.joined(separator: ";\n").utf8))
    let checked = check.check(
      inner, setting: ScriptSetting(phase: phase, isTransaction: isAtomic, hasLockTimeout: false))
    // The text in the file is spelled as Python does it: the operation is the place that is certain.
    findings += checked.findings.map { finding in
      var finding = finding
      finding.place = place(operation)
      return finding
    }
  }
}
