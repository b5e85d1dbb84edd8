package import ConfigDocument

extension Condition {
  /// Reads a condition: a mapping whose entries must all hold.
  package init(_ node: NodeID, of document: Document, field: String) throws(Diagnostic) {
    let mapping = document.resolved(node)
    guard document.kind(of: mapping) == .mapping else {
      throw document.wrongType(
        node, field: field, wanted: "a condition",
        hint: "write an address and a test, like `{/database: exists}`")
    }
    var conditions: [Condition] = []
    for (key, value) in document.entries(of: mapping) {
      conditions.append(try Self.entry(key: key, value: value, of: document))
    }
    guard !conditions.isEmpty else {
      throw Diagnostic(
        .badCondition, "`\(field)` is empty and says nothing", at: document.place(of: node),
        hint: "leave it out, or write a test like `{/database: exists}`")
    }
    self = conditions.count == 1 ? conditions[0] : .all(conditions)
  }

  private static func entry(key: NodeID, value: NodeID, of document: Document) throws(Diagnostic) -> Condition {
    let name = document.text(of: key) ?? ""
    switch name {
    case "all", "any":
      var inner: [Condition] = []
      for item in try document.requireList(value, field: name) {
        inner.append(try Condition(item, of: document, field: name))
      }
      return name == "all" ? .all(inner) : .any(inner)
    case "not": return .not(try Condition(value, of: document, field: name))
    case "effective": return .effective(try Condition(value, of: document, field: name))
    case "jq": return .jq(try Expression(value, of: document, field: name))
    default: break
    }
    guard name.isEmpty || name.utf8.contains(UInt8(ascii: "/")) || name.utf8.contains(UInt8(ascii: "#")) else {
      let words = ["all", "any", "not", "effective", "jq"]
      throw Diagnostic(
        .badCondition, "`\(name)` is neither an address nor a word of conditions", at: document.place(of: key),
        hint: SpellingSuggestion.didYouMean(name, among: words)
          ?? "an address starts with `/`; the words are `all`, `any`, `not`, `effective` and `jq`")
    }
    let address = try document.address(name, writtenAt: key)
    return .test(address, try Test.read(value, of: document))
  }
}

extension Condition.Test {
  private enum Word: String, CaseIterable {
    case exists, absent, nonempty, equals, `in`, matches, contains, above, below
  }

  fileprivate static func read(_ node: NodeID, of document: Document) throws(Diagnostic) -> [Self] {
    let resolved = document.resolved(node)
    switch document.kind(of: resolved) {
    case .scalar:
      let word = document.text(of: resolved) ?? ""
      switch Word(rawValue: word) {
      case .exists: return [.exists]
      case .absent: return [.absent]
      case .nonempty: return [.nonempty]
      case .some:
        throw Diagnostic(
          .badCondition, "`\(word)` needs something to compare with", at: document.place(of: node),
          hint: "write `{\(word): …}`")
      case nil: throw unknown(word, at: document.place(of: node))
      }
    case .mapping:
      var tests: [Self] = []
      for (key, value) in document.entries(of: resolved) {
        tests.append(try read(key: key, value: value, of: document))
      }
      if tests.isEmpty {
        throw Diagnostic(.badCondition, "a test is missing", at: document.place(of: node), hint: "write `exists`")
      }
      return tests
    case .sequence, .alias:
      throw Diagnostic(
        .badCondition, "a test is a word or a mapping, not \(document.described(resolved))",
        at: document.place(of: node), hint: "write `exists`, or `{in: […]}` to compare with a list")
    }
  }

  private static func read(key: NodeID, value: NodeID, of document: Document) throws(Diagnostic) -> Self {
    let name = document.text(of: key) ?? ""
    guard let word = Word(rawValue: name) else { throw unknown(name, at: document.place(of: key)) }
    switch word {
    case .exists, .absent, .nonempty:
      guard document.value(of: value).bool == true else {
        throw Diagnostic(
          .badCondition, "`\(name)` takes nothing but `true`", at: document.place(of: value),
          hint: "write `\(name)` alone, or use `not`")
      }
      return word == .exists ? .exists : word == .absent ? .absent : .nonempty
    case .equals: return .equals(try operand(value, of: document))
    case .above: return .above(try number(value, field: name, of: document))
    case .below: return .below(try number(value, field: name, of: document))
    case .contains: return .contains(document.value(of: value))
    case .in:
      return .isIn(try document.requireList(value, field: name).map { document.value(of: $0) })
    case .matches:
      let pattern = try document.requireText(value, field: name)
      return .matches(try TextPattern(pattern, at: document.place(of: value)))
    }
  }

  private static func operand(_ node: NodeID, of document: Document) throws(Diagnostic) -> Condition.Operand {
    let value = document.value(of: node)
    if case .object(let object) = value, object.count == 1 {
      if let inner = document.child("path", of: document.resolved(node)) {
        return .address(try document.requireAddress(inner, field: "path"))
      }
      if let literal = object["value"] { return .value(literal) }
    }
    return .value(value)
  }

  private static func number(
    _ node: NodeID, field: String, of document: Document
  ) throws(Diagnostic) -> Condition.Operand {
    let operand = try operand(node, of: document)
    if case .value(let value) = operand, value.number == nil {
      throw document.wrongType(node, field: field, wanted: "a number or `{path: …}`")
    }
    return operand
  }

  private static func unknown(_ word: String, at place: SourcePlace) -> Diagnostic {
    let words = Word.allCases.map(\.rawValue)
    return Diagnostic(
      .badCondition, "`\(word)` is no test", at: place,
      hint: SpellingSuggestion.didYouMean(word, among: words)
        ?? "the tests are \(words.map { "`\($0)`" }.joined(separator: ", "))")
  }
}
