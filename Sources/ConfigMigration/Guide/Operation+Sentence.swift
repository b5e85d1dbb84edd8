package import ConfigDocument

extension Operation {
  /// What it does, as a clause for lists and guides: "`/a` becomes `/b`". Addresses and values stand in backticks.
  public var sentence: String {
    let fields = FieldTexts(fields)
    var clause = Self.clauses[name].map { $0(fields) } ?? "`\(name)` \(subject)"
    if name == "group" { clause = "where \(modifiers.when?.words ?? "a condition holds"):" }
    if name != "group", let when = modifiers.when { clause += ", where \(when.words)" }
    switch modifiers.layers {
    case .base: clause += " (in the base only)"
    case .overlay: clause += " (in overlays only)"
    case .all: clause += " (in every layer)"
    case nil: break
    }
    return clause
  }

  private static let clauses: [String: @Sendable (FieldTexts) -> String] = [
    "move": { "`\($0["from"])` becomes `\($0["to"])`" },
    "rename": { "`\($0["path"])` is now called `\($0["to"])`" },
    "copy": { "`\($0["from"])` is copied to `\($0["to"])`" },
    "remove": { "`\($0["path"])` is gone" },
    "set": { "`\($0["path"])` is set to \($0.source)" },
    "default": { "`\($0["path"])` is new, and is \($0.source) unless it is set" },
    "pin_default": {
      "`\($0["path"])` keeps the old default `\($0["value"])` where nothing is set; the default has changed"
    },
    "drop_default": { "`\($0["path"])` is left out where it is `\($0["value"])`, the default now" },
    "merge": { "`\($0["into"])` gets \($0.source)" },
    "map": { "the values of `\($0["path"])` change: \($0.table)" },
    "convert": { "`\($0["path"])` is now of the form `\($0["to"])`\($0.unit)" },
    "rewrite": { "in `\($0["path"])`, `\($0["match"])` becomes `\($0["with"])`" },
    "compute": { "`\($0["path"])` is computed by the jq expression `\($0["expr"])`" },
    "custom": { "`\($0["path"].isEmpty ? "the document" : $0["path"])` is changed by `\($0["swift"])\($0["run"])`" },
    "wrap": { "`\($0["path"])` is now \($0.shape)" },
    "unwrap": { "`\($0["path"])` is no longer \($0.shape), but what that held" },
    "split": { "the text of `\($0["path"])` is taken apart" },
    "join": { "the parts of `\($0["path"])` are now one text" },
    "pivot": { "`\($0["path"])` is a mapping by `\($0["key"])` now, and no list" },
    "unpivot": { "`\($0["path"])` is a list now, with the key of each entry as `\($0["key"])`" },
    "insert": { "the list `\($0["into"])` gets `\($0["values"])`" },
    "discard": { "some items of `\($0["from"])` are gone" },
    "arrange": { "the list `\($0["path"])` is put in order" },
    "each": { "in each `\($0["in"])`:" },
    "require": { $0["message"] },
    "note": { $0["message"] },
    "prune": { "`\($0["path"])` goes where nothing is left in it" },
  ]
}

/// The fields of an operation, as words.
private struct FieldTexts: Sendable {
  let fields: Value
  init(_ fields: Value) { self.fields = fields }

  subscript(key: String) -> String {
    switch fields.object?[key] {
    case .string(let text): text
    case let value?: value.description
    case nil: ""
    }
  }

  var source: String {
    if fields.object?["from"] != nil { return "the value of `\(self["from"])`" }
    return "`\(self["value"])`"
  }

  var unit: String { self["unit"].isEmpty ? "" : " in `\(self["unit"])`" }

  var shape: String {
    guard let key = fields.object?["as"]?.object?["key"]?.string else { return "a list" }
    return "a mapping with the key `\(key)`"
  }

  var table: String {
    let pairs: [(String, Value)] =
      switch fields.object?["values"] {
      case .object(let object): object.members.map { ($0.key, $0.value) }
      case .array(let rows): rows.compactMap { row in row.array.map { ($0[0].plainText, $0[1]) } }
      default: []
      }
    return pairs.map { "`\($0.0)` → `\($0.1.plainText)`" }.joined(separator: ", ")
  }
}

extension Value {
  /// A text without quotes, anything else as JSON.
  package var plainText: String { string ?? description }
}

extension Condition {
  /// The condition as a clause.
  package var words: String {
    switch self {
    case .test(let address, let tests):
      tests.map { "`\(address)` \($0.words)" }.joined(separator: " and ")
    case .all(let conditions): conditions.map(\.words).joined(separator: " and ")
    case .any(let conditions): conditions.map(\.words).joined(separator: " or ")
    case .not(let condition): "not (\(condition.words))"
    case .jq(let expression): "`\(expression.text)` is true"
    case .effective(let condition): "in the effective configuration \(condition.words)"
    }
  }
}

extension Condition.Test {
  fileprivate var words: String {
    switch self {
    case .exists: "exists"
    case .absent: "is absent"
    case .nonempty: "is not empty"
    case .equals(let operand): "is \(operand.words)"
    case .isIn(let values): "is one of \(values.map { "`\($0.plainText)`" }.joined(separator: ", "))"
    case .matches(let pattern): "matches `\(pattern.source)`"
    case .contains(let value): "contains `\(value.plainText)`"
    case .above(let operand): "is above \(operand.words)"
    case .below(let operand): "is below \(operand.words)"
    }
  }
}

extension Condition.Operand {
  fileprivate var words: String {
    switch self {
    case .value(let value): "`\(value.plainText)`"
    case .address(let address): "the value of `\(address)`"
    }
  }
}
