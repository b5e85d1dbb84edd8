import ConfigDocument

extension Explanation {
  /// The fault with all that is told of it.
  func violation(of fault: Fault) -> Violation {
    let document = program.documents[Int(fault.record.location.document)]
    let location = Int(fault.record.location.node)
    let keyword = keyword(of: fault)
    let code = fault.code
    var words = words(of: fault)
    var finding = finding(of: fault)
    if case .unknownKey(let unknown) = fault.kind, unknown.meant == nil {
      suggestKey(for: fault, in: unknown.object, &words, &finding)
    }
    return Violation(
      code: code, node: fault.node, pointsAtKey: fault.pointsAtKey, instance: tree.pointer(to: fault.node),
      keyword: keyword, schema: schemaText(fault.record, keyword), finding: finding, message: words.message,
      hint: words.hint ?? document.advice(code, keyword, of: location), repair: words.repair,
      title: document.text("title", of: location), description: document.text("description", of: location),
      hidesValue: isSecret(fault.node))
  }

  private func schemaText(_ record: Subschema, _ keyword: String) -> String {
    let document = program.documents[Int(record.location.document)]
    let pointer = document.pointer(to: Int(record.location.node)).description
    var text = program.resources[Int(record.resource)]
    text.reserveCapacity(text.utf8.count + pointer.utf8.count + keyword.utf8.count + 2)
    text += "#"
    text += pointer
    if !keyword.isEmpty {
      text += "/"
      text += keyword
    }
    return text
  }

  /// What an unknown key was meant as, unless a missing key has told that already.
  private func suggestKey(
    for fault: Fault, in object: Int, _ words: inout FaultWords, _ finding: inout Violation.Finding
  ) {
    let key = tree.string(tree.nodes[fault.node].key)
    var known: [String] = []
    collectKeys(fault.record, into: &known)
    let free = known.filter { tree.member($0, of: object) == nil }
    let closest = SpellingSuggestion.closest(to: key, among: free)
    words.hint = closest.map { "did you mean `\($0)`?" }
    if words.hint == nil, !free.isEmpty, known.count <= 8 {
      words.hint = "The keys known here are \(Wording.names(known))"
    }
    if words.hint == nil, known.isEmpty { words.hint = "No keys are known here" }
    words.repair = SpellingSuggestion.onlyClosest(to: key, among: free).map(Repair.renameKey)
    finding = .unknownKey(key, closest: closest)
  }

  /// The keys that the subschema and those in place with it name, in the schema's order.
  private func collectKeys(_ record: Subschema, into keys: inout [String]) {
    if record.object >= 0 {
      let schema = program.documents[Int(record.location.document)]
      if let properties = schema.member("properties", of: Int(record.location.node)) {
        for child in schema.children(of: properties) {
          let key = schema.string(schema.nodes[child].key)
          if !keys.contains(where: { $0.utf8.elementsEqual(key.utf8) }) { keys.append(key) }
        }
      }
    }
    for target in inPlaceTargets(record) { collectKeys(program.subschemas[Int(target)], into: &keys) }
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
