package import ConfigDocument

extension Operation {
  /// Reads a list of operations.
  package static func list(
    _ node: NodeID, of document: Document, field: String, within surroundings: Surroundings = Surroundings()
  ) throws(Diagnostic) -> [Operation] {
    var operations: [Operation] = []
    for item in try document.requireList(node, field: field) {
      operations.append(try Operation(item, of: document, within: surroundings))
    }
    return operations
  }

  private init(_ node: NodeID, of document: Document, within surroundings: Surroundings) throws(Diagnostic) {
    let mapping = document.resolved(node)
    let entries = document.kind(of: mapping) == .mapping ? document.entries(of: mapping) : []
    guard let first = entries.first else {
      throw Diagnostic(
        .badValue, "an operation is a mapping of its name to its fields, not \(document.described(mapping))",
        at: document.place(of: node), hint: "write `- move: {from: /a, to: /b}`")
    }
    if document.child("operations", of: mapping) != nil {
      try self.init(group: mapping, of: document, within: surroundings)
      return
    }
    let name = document.text(of: first.key) ?? ""
    let place = document.place(of: first.key)
    guard let kind = OperationKinds.all.first(where: { $0.name == name }) else {
      throw Diagnostic(
        .unknownOperation, "there is no operation `\(name)`", at: place,
        hint: name == "when"
          ? "a group has `when` and `operations`"
          : SpellingSuggestion.didYouMean(name, among: OperationKinds.all.map(\.name))
            ?? "the operations are \(OperationKinds.all.map { "`\($0.name)`" }.joined(separator: ", "))")
    }
    if entries.count > 1 {
      let extra = document.text(of: entries[1].key) ?? ""
      throw Diagnostic(
        .unknownField, "`\(extra)` stands beside the operation `\(name)`, where nothing else can stand",
        at: document.place(of: entries[1].key), hint: "indent it, to make it a field of `\(name)`")
    }
    var fields = try FieldReader(first.value, of: document, subject: "`\(name)`")
    let modifiers = try Modifiers(&fields)
    fields.surroundings = surroundings
    let body = try kind.body.init(reading: &fields)
    try fields.finish()
    self.init(
      name: name, place: place, modifiers: modifiers, body: body, fields: document.value(of: first.value))
    try checkCaptures(bound: surroundings.captures, fields: fields)
  }

  private init(group mapping: NodeID, of document: Document, within surroundings: Surroundings) throws(Diagnostic) {
    var fields = try FieldReader(mapping, of: document, subject: "a group")
    var modifiers = Modifiers()
    let when = try fields.required("when")
    modifiers.when = try Condition(when, of: document, field: "when")
    modifiers.layers = try fields.word("layers", LayerSelection.self)
    let operations = try Self.list(
      try fields.required("operations"), of: document, field: "operations", within: surroundings)
    try fields.finish()
    self.init(
      name: "group", place: document.place(of: document.key(of: when) ?? mapping), modifiers: modifiers,
      body: GroupOperation(operations: operations), fields: document.value(of: mapping))
    try checkCaptures(bound: surroundings.captures, fields: fields)
  }

  /// A capture that nothing binds would match anything, which is hardly ever meant.
  private func checkCaptures(bound outer: [String], fields: FieldReader) throws(Diagnostic) {
    let bound = outer + body.sources.flatMap(\.captureNames)
    guard let when = modifiers.when, let node = fields.document.child("when", of: fields.node) else { return }
    for address in when.addresses {
      for name in address.captureNames where !bound.contains(name) {
        throw Diagnostic(
          .badAddress, "nothing binds the capture `{\(name)}` of the condition `\(address)`",
          at: fields.document.place(of: node),
          hint: SpellingSuggestion.didYouMean(name, among: bound)
            ?? (self.name == "group"
              ? "a group is asked once for each document; use `each` to ask each item, or `*` to mean some"
              : "write `*` to mean some"))
      }
    }
  }
}

extension Modifiers {
  fileprivate init(_ fields: inout FieldReader) throws(Diagnostic) {
    self.init()
    if let node = fields.optional("when") { when = try Condition(node, of: fields.document, field: "when") }
    layers = try fields.word("layers", LayerSelection.self)
    required = try fields.flag("required")
    lossy = try fields.optionalText("lossy")
    reverse = fields.optionalValue("reverse")
  }
}

extension FieldReader {
  /// The address of what an operation creates.
  /// - Throws: `bad-address` where it holds `**`, or a wildcard after which nothing is known to exist.
  package mutating func creatingAddress(_ field: String) throws(Diagnostic) -> AddressPattern {
    let address = try self.address(field)
    guard !address.hasDeepWildcard else {
      throw Diagnostic(
        .badAddress, "`\(address)` creates something, and `**` does not say where",
        at: document.place(of: try required(field)), hint: "name the place, or use `*` for one level")
    }
    switch address.tokens.last {
    case .any, .capture:
      throw Diagnostic(
        .badAddress, "`\(address)` creates something, and does not say under which key",
        at: document.place(of: try required(field)), hint: "end it with a key")
    default: return address
    }
  }

  /// The address of a target, with the captures of `source`.
  /// - Throws: `bad-address` where it holds a wildcard, or a capture that `source` does not bind.
  package mutating func target(_ field: String, of source: AddressPattern) throws(Diagnostic) -> AddressPattern {
    let address = try self.address(field)
    let node = try required(field)
    guard !address.hasWildcard, address.file?.hasWildcard != true else {
      throw Diagnostic(
        .badAddress, "the target `\(address)` has a wildcard, and so does not say where",
        at: document.place(of: node), hint: "capture the part in the source, like `{name}`, and use it here")
    }
    let bound = source.captureNames + surroundings.captures
    for name in address.captureNames where !bound.contains(name) {
      throw Diagnostic(
        .badAddress, "the source `\(source)` binds no capture `{\(name)}`", at: document.place(of: node),
        hint: SpellingSuggestion.didYouMean(name, among: bound))
    }
    return address
  }
}
