package import ConfigDocument

/// What stands around an operation and is known where it is read.
package struct Surroundings: Sendable {
  /// The names that are bound there.
  package var captures: [String] = []
  /// Whether addresses are relative to an item.
  package var isRelative = false
  /// The changes in Swift that an operation may name.
  package var changes: [CustomChange] = []
}

/// Reads the fields of one mapping of a transformer or product file, and knows which of them nobody asked for.
package struct FieldReader {
  package let document: Document
  package let node: NodeID
  /// What the mapping describes, for messages: "`move`", "the product".
  package let subject: String
  /// What stands around an operation whose fields these are.
  package var surroundings = Surroundings()
  private var known: [String] = []

  /// - Throws: `bad-value` where the node is no mapping.
  package init(_ node: NodeID, of document: Document, subject: String) throws(Diagnostic) {
    let resolved = document.resolved(node)
    guard document.kind(of: resolved) == .mapping else {
      throw Diagnostic(
        .badValue, "\(subject) must be a mapping of fields, not \(document.described(resolved))",
        at: document.place(of: node))
    }
    self.document = document
    self.node = resolved
    self.subject = subject
  }

  /// The place of the mapping's own key, or of the mapping.
  package var place: SourcePlace { document.place(of: document.key(of: node) ?? node) }

  package mutating func optional(_ field: String) -> NodeID? {
    known.append(field)
    return document.child(field, of: node)
  }

  package mutating func required(_ field: String) throws(Diagnostic) -> NodeID {
    if let node = optional(field) { return node }
    throw Diagnostic(
      .missingField, "\(subject) has no `\(field)`", at: place, hint: nearestHint(for: field) ?? "add `\(field):`")
  }

  /// A key that is spelled like the missing field, which is most often the mistake.
  private func nearestHint(for field: String) -> String? {
    let keys = document.entries(of: node).compactMap { document.text(of: $0.key) }
    return SpellingSuggestion.closest(to: field, among: keys).map { "is `\($0)` meant to be `\(field)`?" }
  }

  // MARK: Fields of one type

  package mutating func text(_ field: String) throws(Diagnostic) -> String {
    try document.requireText(try required(field), field: field)
  }

  package mutating func optionalText(_ field: String) throws(Diagnostic) -> String? {
    guard let node = optional(field) else { return nil }
    return try document.requireText(node, field: field)
  }

  package mutating func flag(_ field: String, default fallback: Bool = false) throws(Diagnostic) -> Bool {
    guard let node = optional(field) else { return fallback }
    guard let flag = document.value(of: node).bool else {
      throw document.wrongType(node, field: field, wanted: "`true` or `false`")
    }
    return flag
  }

  /// One of a fixed list of words.
  package mutating func word<Word: RawRepresentable & CaseIterable>(
    _ field: String, _: Word.Type
  ) throws(Diagnostic) -> Word? where Word.RawValue == String {
    guard let node = optional(field) else { return nil }
    return try document.requireWord(node, field: field, Word.self)
  }

  package mutating func address(_ field: String) throws(Diagnostic) -> AddressPattern {
    try document.requireAddress(try required(field), field: field)
  }

  package mutating func optionalAddress(_ field: String) throws(Diagnostic) -> AddressPattern? {
    guard let node = optional(field) else { return nil }
    return try document.requireAddress(node, field: field)
  }

  package mutating func value(_ field: String) throws(Diagnostic) -> Value {
    document.value(of: try required(field))
  }

  package mutating func optionalValue(_ field: String) -> Value? {
    optional(field).map { document.value(of: $0) }
  }

  package mutating func list(_ field: String) throws(Diagnostic) -> [NodeID] {
    try document.requireList(try required(field), field: field)
  }

  package mutating func optionalList(_ field: String) throws(Diagnostic) -> [NodeID]? {
    guard let node = optional(field) else { return nil }
    return try document.requireList(node, field: field)
  }

  /// - Throws: `unknown-field` for the first field that was never asked for.
  package func finish() throws(Diagnostic) {
    for (key, _) in document.entries(of: node) {
      let name = document.text(of: key) ?? ""
      if known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { continue }
      let hint =
        SpellingSuggestion.didYouMean(name, among: known)
        ?? "its fields are \(known.map { "`\($0)`" }.joined(separator: ", "))"
      throw Diagnostic(
        .unknownField, "\(subject) has no field `\(name)`", at: document.place(of: key), hint: hint)
    }
  }
}

extension Document {
  /// What stands there, for "must be a list, not …".
  package func described(_ node: NodeID) -> String {
    switch value(of: node) {
    case .null: "nothing"
    case .bool(let flag): "the truth value `\(flag)`"
    case .number(let number): "the number `\(number.spelling)`"
    case .string: "a text"
    case .array: "a list"
    case .object: "a mapping"
    }
  }

  package func wrongType(_ node: NodeID, field: String, wanted: String, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      .badValue, "`\(field)` must be \(wanted), not \(described(node))", at: place(of: node), hint: hint)
  }

  package func requireText(_ node: NodeID, field: String) throws(Diagnostic) -> String {
    // A version like 2.1 or a key like 5432 may stand unquoted: its text is what is meant.
    switch value(of: node) {
    case .string(let text): return text
    case .number: if let text = text(of: resolved(node)) { return text }
    default: break
    }
    throw wrongType(node, field: field, wanted: "a text")
  }

  package func requireWord<Word: RawRepresentable & CaseIterable>(
    _ node: NodeID, field: String, _: Word.Type
  ) throws(Diagnostic) -> Word where Word.RawValue == String {
    let text = try requireText(node, field: field)
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw Diagnostic(
      .badValue, "`\(field)` cannot be `\(text)`", at: place(of: node),
      hint: SpellingSuggestion.didYouMean(text, among: words)
        ?? "it is one of \(words.map { "`\($0)`" }.joined(separator: ", "))")
  }

  package func requireList(_ node: NodeID, field: String) throws(Diagnostic) -> [NodeID] {
    let sequence = resolved(node)
    guard kind(of: sequence) == .sequence else { throw wrongType(node, field: field, wanted: "a list") }
    return items(of: sequence)
  }

  package func requireTexts(_ node: NodeID, field: String) throws(Diagnostic) -> [String] {
    var texts: [String] = []
    for item in try requireList(node, field: field) { texts.append(try requireText(item, field: field)) }
    return texts
  }

  package func requireAddress(_ node: NodeID, field: String) throws(Diagnostic) -> AddressPattern {
    guard case .string(let text) = value(of: node) else {
      let hint = kind(of: resolved(node)) == .mapping ? "quote an address that starts with `{`" : nil
      throw wrongType(node, field: field, wanted: "an address", hint: hint)
    }
    return try address(text, writtenAt: node)
  }

  /// Reads an address that stands as a scalar of this document, with errors at the character.
  package func address(_ text: String, writtenAt node: NodeID) throws(Diagnostic) -> AddressPattern {
    do {
      return try AddressPattern.parse(text)
    } catch {
      throw Diagnostic(
        .badAddress, "`\(text)` is no address: \(error.message)",
        at: place(of: node).advanced(by: error.offset, in: text), hint: error.hint)
    }
  }
}

extension SourcePlace {
  /// The place of the scalar at `offset` of `text`, where this is the place of `text` and it is spelled as it is.
  package func advanced(by offset: Int, in text: String) -> SourcePlace {
    let line = Array(lineText.unicodeScalars)
    let wanted = Array(text.unicodeScalars)
    for start in [column - 1, column] where start >= 0 && start + wanted.count <= line.count {
      if line[start..<start + wanted.count].elementsEqual(wanted), offset < max(1, wanted.count) {
        var place = self
        place.column = start + 1 + offset
        place.length = 1
        return place
      }
    }
    return self
  }
}
