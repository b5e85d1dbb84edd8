import ConfigDocument
package import ConfigSchema

extension TransformerLint {
  /// `dead-operation`: the schema of the source version cannot hold what it looks for, and no earlier operation makes it;
  /// or an earlier operation took it away.
  func deadOperations() -> [Diagnostic] {
    flow.steps.indices.compactMap { index in
      let step = flow.steps[index]
      for address in step.footprint.reads + step.footprint.takes {
        if let finding = takenAway(address, before: index) ?? unheld(address, before: index) { return finding }
      }
      return nil
    }
  }

  /// `target-refused`: it makes what the schema of the target version cannot hold, and no later operation takes that away.
  func refusedTargets() -> [Diagnostic] {
    guard let target else { return [] }
    return flow.steps.indices.compactMap { index in
      let step = flow.steps[index]
      let later = flow.steps[(index + 1)...]
      guard
        let address = step.footprint.makes.first(where: { address in
          // What a kind without a footprint of its own may make is not known so well.
          address.tokens.last != .deep && !address.hasDeepWildcard && !target.canHold(address.outlineTokens)
            && !step.footprint.reads.contains { $0.isSame(as: address) }
            && !later.contains { $0.addresses.contains { $0.meets(address) } }
        })
      else { return nil }
      return Diagnostic(
        .targetRefused, "`\(address)` is made here, and the schema of version \(transformer.to) cannot hold it",
        at: step.operation.place, hint: suggestion(for: address, in: target) ?? "is the address right?")
    }
  }

  private func takenAway(_ address: AddressPattern, before index: Int) -> Diagnostic? {
    for earlier in (0..<index).reversed() {
      let step = flow.steps[earlier]
      if step.footprint.makes.contains(where: { $0.meets(address) }) { return nil }
      guard !step.isConditional, step.footprint.takes.contains(where: { $0.covers(address) }) else { continue }
      return Diagnostic(
        .deadOperation, "`\(address)` is never there when `\(flow.steps[index].operation.name)` looks for it",
        at: flow.steps[index].operation.place, hint: "put it before the operation that takes it away",
        related: step.operation.place.map { [Diagnostic.Related("`\(step.operation.name)` takes it away", at: $0)] }
          ?? [])
    }
    return nil
  }

  private func unheld(_ address: AddressPattern, before index: Int) -> Diagnostic? {
    guard let source, !source.canHold(address.outlineTokens) else { return nil }
    if flow.steps[..<index].contains(where: { $0.footprint.makes.contains { $0.meets(address) } }) { return nil }
    return Diagnostic(
      .deadOperation, "the schema of version \(transformer.from) cannot hold `\(address)`, so nothing is ever found",
      at: flow.steps[index].operation.place, hint: suggestion(for: address, in: source) ?? "is the address right?")
  }

  /// The nearest place that the schema speaks of, where one key of the address is a slip.
  private func suggestion(for address: AddressPattern, in schema: Schema) -> String? {
    let wanted = address.outlineTokens
    let known = schema.outline.entries.filter { $0.path.count == wanted.count && !$0.path.isEmpty }
    let texts = known.map { SchemaOutline.text($0.path) }
    return SpellingSuggestion.didYouMean(SchemaOutline.text(wanted), among: texts)
  }
}

extension AddressPattern {
  /// The address as far as a schema can be asked for it: up to a `**`.
  package var outlineTokens: [SchemaOutline.Token] {
    tokens.prefix { $0 != .deep }.map { token in
      switch token {
      case .key(let key): .key(key)
      case .any, .capture, .end, .deep: .any
      }
    }
  }
}

extension SchemaOutline {
  /// A path as an address is written.
  package static func text(_ path: [Token]) -> String {
    path.map { token in
      switch token {
      case .key(let key): "/" + AddressPattern.escaped(key)
      case .any: "/*"
      }
    }.joined()
  }
}

extension AddressPattern {
  /// A key as it stands in an address.
  package static func escaped(_ key: String) -> String {
    if key.utf8.elementsEqual("-".utf8) { return "~5" }
    var out = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": out += "~0"
      case "/": out += "~1"
      case "*": out += "~2"
      case "{": out += "~3"
      case "}": out += "~4"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
