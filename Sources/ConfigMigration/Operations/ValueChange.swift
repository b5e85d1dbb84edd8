package import ConfigDocument

/// What a value operation makes of one value.
package enum ValueChange: Sendable {
  case keep
  case replace(Value)
  case drop
  /// The operation cannot: the message says why.
  case refuse(String, hint: String?)
}

/// What happens to a value that an operation does not know.
package enum Otherwise: String, CaseIterable, Sendable {
  case keep, error, drop
}

extension WorkingSet {
  /// Replaces the values at `path`, in every layer that holds it.
  ///
  /// - Parameter types: those of scalars that `change` would keep whatever their value is.
  package mutating func changeValues(
    at path: AddressPattern, as work: Work, keeping types: ScalarTypes = [],
    _ change: (Value) throws(Diagnostic) -> ValueChange
  ) throws(Diagnostic) -> Int {
    try self.change(path, .value, as: work, passing: types) { set, unit, match throws(Diagnostic) in
      let value = set.value(of: match.node, in: unit)
      switch try change(value) {
      case .keep: break
      case .replace(let new):
        // A value that is spelled otherwise stays as it is; one of another type never compares equal.
        guard new != value else { return }
        try set.edit(unit: unit) { document throws(Diagnostic) in try document.set(match.node, to: new) }
      case .drop: try set.remove(match.node, in: unit)
      case .refuse(let message, let hint):
        throw set.failure(
          .valueRefused, "`\(match.pointer)` is \(set.shown(match.node, at: match.pointer, in: unit)): \(message)",
          at: set.place(of: match.node, in: unit), hint: hint)
      }
    }
  }
}
