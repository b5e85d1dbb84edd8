package import ConfigDocument

/// The modifiers of operations that create: what is written above the new entry, and beside which sibling it stands.
package struct CreationFields: Sendable {
  package var comment: String?
  package var neighbours: Neighbours?

  package init(comment: String? = nil, neighbours: Neighbours? = nil) {
    self.comment = comment
    self.neighbours = neighbours
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    comment = try fields.optionalText("comment")
    let before = try fields.optionalText("before")
    let after = try fields.optionalText("after")
    if before != nil, after != nil, let node = fields.optional("after") {
      throw Diagnostic(
        .badValue, "\(fields.subject) has both `before` and `after`", at: fields.document.place(of: node),
        hint: "keep one of them")
    }
    neighbours = before.map(Neighbours.before) ?? after.map(Neighbours.after)
  }
}

/// Where an operation takes a value from: it is written there, or read at an address.
package enum ValueSource: Sendable {
  case value(Value)
  case address(AddressPattern)

  /// Reads `value` or `from`, of which one is needed. The captures of `from` are those of `target`.
  package init(reading fields: inout FieldReader, for target: AddressPattern) throws(Diagnostic) {
    let value = fields.optionalValue("value")
    let from = fields.optional("from")
    switch (value, from) {
    case (let value?, nil): self = .value(value)
    case (nil, .some):
      let address = try fields.address("from")
      let bound = target.captureNames + fields.surroundings.captures
      guard !address.hasWildcard, address.captureNames.allSatisfy(bound.contains) else {
        throw Diagnostic(
          .badAddress, "`\(address)` names more than one value",
          at: try fields.document.place(of: fields.required("from")),
          hint: "use only the captures of `\(target)`")
      }
      self = .address(address)
    case (.some, .some):
      throw Diagnostic(
        .badValue, "\(fields.subject) has both `value` and `from`",
        at: try fields.document.place(of: fields.required("from")), hint: "keep one of them")
    case (nil, nil):
      throw Diagnostic(
        .missingField, "\(fields.subject) has neither `value` nor `from`", at: fields.place,
        hint: "say what to write")
    }
  }

  /// The value for one place; nil where the address names nothing.
  package func value(
    in set: WorkingSet, stage: Stage, unit: Int, captures: Captures, scope: Scope
  ) -> Value? {
    switch self {
    case .value(let value): return value
    case .address(let address):
      let absolute = address.within(scope.prefix)
      let own = stage == .base && !scope.isInList ? scope.readers.filter { set.units[$0].isBase } : [unit]
      // An overlay that does not hold it gets what the application sees there.
      return set.values(at: absolute, captures: captures, in: own).first?.value
        ?? set.values(at: absolute, captures: captures, in: set.effectiveUnits(of: unit)).first?.value
    }
  }
}
