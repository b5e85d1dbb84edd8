import ConfigDocument

extension Explanation {
  /// The violation with all that does not decide which violations are told. Most are those of forms that were not meant.
  func finished(_ draft: Violation) -> Violation {
    guard let source = draft.draft else { return draft }
    var violation = draft
    violation.draft = nil
    let document = program.documents[Int(source.location.document)]
    let location = Int(source.location.node)
    if let object = source.unknownIn { suggestKey(for: &violation, in: object, source.location) }
    let keyword = violation.keyword.isEmpty ? "" : "/\(violation.keyword)"
    violation.schema = "\(program.resources[Int(source.resource)])#\(document.pointer(to: location))\(keyword)"
    violation.hint = violation.hint ?? document.advice(violation.code, violation.keyword, of: location)
    violation.title = document.text("title", of: location)
    violation.description = document.text("description", of: location)
    violation.hidesValue = isSecret(violation.node)
    return violation
  }

  /// What an unknown key was meant as, unless a missing key has told that already.
  private func suggestKey(for violation: inout Violation, in object: Int, _ location: SchemaLocation) {
    guard case .unknownKey(let key, closest: nil) = violation.finding,
      let record = program.subschemas.first(where: { $0.location == location })
    else { return }
    var known: [String] = []
    collectKeys(record, into: &known)
    let free = known.filter { tree.member($0, of: object) == nil }
    let closest = SpellingSuggestion.closest(to: key, among: free)
    var hint = closest.map { "did you mean `\($0)`?" }
    if hint == nil, !free.isEmpty, known.count <= 8 { hint = "The keys known here are \(Wording.names(known))" }
    if hint == nil, known.isEmpty { hint = "No keys are known here" }
    violation.hint = hint
    violation.finding = .unknownKey(key, closest: closest)
    violation.repair = SpellingSuggestion.onlyClosest(to: key, among: free).map(Repair.renameKey)
  }
}

extension Violation {
  /// What the rest of a violation is made of, once it is known to be told.
  struct Draft: Hashable, Sendable {
    var location: SchemaLocation
    var resource: Int32
    /// For an unknown key: the object that has it.
    var unknownIn: Int?

    init(_ record: Subschema) {
      location = record.location
      resource = record.resource
    }
  }
}

extension ValueTree {
  /// What the author of the schema says of a wrong value: the messages that editors know, else the description's first line.
  fileprivate func advice(_ code: Diagnostic.Code, _ keyword: String, of index: Int) -> String? {
    if code == .schemaPattern, let text = text("patternErrorMessage", of: index) { return text }
    if let text = text("errorMessage", of: index) { return text }
    if let messages = member("errorMessage", of: index), let text = text(keyword, of: messages) { return text }
    guard [.schemaPattern, .schemaFormat, .schemaRange, .schemaLength, .schemaMultipleOf].contains(code),
      let line = text("description", of: index)?.split(whereSeparator: \.isNewline).first, line.utf8.count <= 160
    else { return nil }
    return "The schema says: \(line)"
  }

  /// The string under `key`, where the node is an object that has one.
  func text(_ key: String, of index: Int) -> String? {
    guard let member = member(key, of: index), nodes[member].kind == .string else { return nil }
    return string(nodes[member].text)
  }
}
