package import ConfigDocument

extension Transformer {
  /// The way back, as far as the language can say it.
  package var inverse: Inverse {
    switch steps {
    case .program(let program):
      guard !program.isReversible else { return .nothing }
      return Inverse(gaps: [
        Gap(operation: "swift", subject: summary, place: nil, reason: "how it is undone", isWhole: true)
      ])
    case .operations(let operations):
      var inverse = operations.inverse
      if let last = operations.first { inverse.steps += inverse.prunes(for: last) }
      let touched = operations.touched
      for operation in operations.flattened {
        guard let when = operation.modifiers.when, when.reads(anyOf: touched), !operation.inverse.steps.isEmpty else {
          continue
        }
        inverse.gaps.append(Gap(operation, "where its condition held"))
      }
      return inverse
    }
  }

  /// What is not known on the way back of a set for which nothing was recorded.
  public var gaps: [Gap] { inverse.gaps }
}

extension Inverse {
  /// The operations of the way back.
  /// - Throws: what is wrong with a `reverse`.
  package func operations(undoing originals: [Operation]) throws(Diagnostic) -> [Operation] {
    try Self.operations(steps, touched: originals.touched, within: Surroundings())
  }

  private static func operations(
    _ steps: [Step], touched: [AddressPattern], within surroundings: Surroundings
  ) throws(Diagnostic) -> [Operation] {
    var operations: [Operation] = []
    for step in steps {
      var modifiers = Modifiers()
      var name = step.name
      let body: any OperationBody
      switch step.name {
      case "group":
        body = GroupOperation(operations: try self.operations(step.inner, touched: touched, within: surroundings))
      case "each":
        var addresses: [AddressPattern] = []
        for address in step.fields["in"]?.array ?? [] { addresses.append(try AddressPattern(address.string ?? "")) }
        var inner = surroundings
        inner.captures += addresses.first?.captureNames ?? []
        inner.isRelative = true
        body = EachOperation(
          addresses: addresses, operations: try self.operations(step.inner, touched: touched, within: inner))
      case _ where step.body != nil: body = step.body ?? GroupOperation(operations: [])
      default:
        let parsed = try parsed(step, within: surroundings)
        (name, body, modifiers) = (parsed.name, parsed.body, parsed.modifiers)
      }
      if let when = step.origin.modifiers.when, let place = step.origin.place {
        modifiers.branch = Branch(origin: place, condition: when.reads(anyOf: touched) ? nil : when)
      }
      operations.append(
        Operation(
          name: name, place: step.origin.place, modifiers: modifiers, body: body, fields: .object(step.fields)))
    }
    return operations
  }

  private static func parsed(_ step: Step, within surroundings: Surroundings) throws(Diagnostic) -> Operation {
    let list: Value = [.object(Object([(step.name, .object(step.fields))]))]
    let document = try Document(Array(list.description.utf8), as: .json, named: step.origin.place?.file ?? "")
    do throws(Diagnostic) {
      let operations = try Operation.list(
        document.roots[0], of: document, field: "operations", within: surroundings)
      guard let operation = operations.first else {
        throw Diagnostic(.internalMismatch, "a way back of one operation reads as none")
      }
      return operation
    } catch {
      // The text is ours: what is wrong is what the author wrote under `reverse`, or the operation itself.
      var located = error
      located.place = step.origin.place
      located.message = "the way back of `\(step.origin.name)`: \(error.message)"
      throw located
    }
  }
}

extension [Operation] {
  /// These, and all that they hold.
  package var flattened: [Operation] { flatMap { [$0] + $0.inner.flattened } }

  /// Every address that the operations change, or may change.
  package var touched: [AddressPattern] {
    flattened.flatMap { operation -> [AddressPattern] in
      switch operation.name {
      case "require", "note", "each", "group": []
      default:
        operation.body.sources
          + ["to", "into"].compactMap { operation.field($0)?.string }.compactMap { try? AddressPattern($0) }
      }
    }
  }
}

extension Condition {
  /// Whether it reads something that one of the addresses may name, or a part of it.
  package func reads(anyOf touched: [AddressPattern]) -> Bool {
    // Nobody can say what an expression reads.
    !expressions.isEmpty || addresses.contains { address in touched.contains { address.meets($0) } }
  }
}

extension AddressPattern {
  /// Whether one of the two may name a place at, above or below one that the other names.
  package func meets(_ other: AddressPattern) -> Bool {
    for (mine, theirs) in zip(tokens, other.tokens) {
      switch (mine, theirs) {
      case (.deep, _), (_, .deep): return true
      case (.key(let mine), .key(let theirs)): if !mine.utf8.elementsEqual(theirs.utf8) { return false }
      default: continue
      }
    }
    return true
  }
}
