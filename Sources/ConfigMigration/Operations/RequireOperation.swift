package import ConfigDocument

/// `require`: stops the migration where a condition does not hold.
package struct RequireOperation: OperationBody {
  package var condition: Condition
  package var message: String
  package var hint: String?
  package var doc: String?

  package var sources: [AddressPattern] { [] }
  package var expressions: [Expression] { condition.expressions }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    condition = try Condition(try fields.required("that"), of: fields.document, field: "that")
    message = try fields.text("message")
    hint = try fields.optionalText("hint")
    doc = try fields.optionalText("doc")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    for units in set.configurations(in: scope) {
      // Inside an `each`, a configuration that does not have the item is not asked.
      guard set.isPresent(scope.prefix, in: units) else { continue }
      let subject = ConditionSubject(
        units: units, effectiveUnits: units, prefix: scope.prefix, captures: scope.captures)
      if let when = work.when {
        guard try set.holds(when, for: subject) else { continue }
      }
      guard !(try set.holds(condition, for: subject)) else { continue }
      let advice = [hint, doc.map { "see \($0)" }].compactMap { $0 }.map(scope.captures.fill)
      throw set.failure(
        .requireFailed, scope.captures.fill(message.withoutFinalStop), at: place(in: units, of: set, scope),
        hint: advice.isEmpty ? nil : advice.joined(separator: "; "))
    }
    return 1
  }

  /// The place of the first address of the condition that is there, from the uppermost layer down.
  private func place(in units: [Int], of set: WorkingSet, _ scope: Scope) -> SourcePlace? {
    for address in condition.addresses {
      for unit in units.reversed() {
        let matches = set.found(address.within(scope.prefix), in: unit, scope.captures)
        if let match = matches.first { return set.place(of: match.node, in: unit) }
      }
    }
    return nil
  }
}

extension String {
  /// Without a full stop at the end: messages of the program have none.
  fileprivate var withoutFinalStop: String { utf8.last == UInt8(ascii: ".") ? String(dropLast()) : self }
}
