package import ConfigDocument

/// Whom a condition is asked.
package struct ConditionSubject: Sendable {
  /// The document, or the layers that are combined.
  package var units: [Int]
  /// The layers that `effective` asks.
  package var effectiveUnits: [Int]
  /// The item of an `each` that addresses are relative to.
  package var prefix = Pointer()
  package var captures = Captures()
}

extension WorkingSet {
  /// - Throws: `bad-pattern` where a pattern takes too many steps; what evaluating an expression throws.
  package func holds(_ condition: Condition, for subject: ConditionSubject) throws(Diagnostic) -> Bool {
    switch condition {
    case .all(let conditions):
      for condition in conditions where !(try holds(condition, for: subject)) { return false }
      return true
    case .any(let conditions):
      for condition in conditions where try holds(condition, for: subject) { return true }
      return false
    case .not(let condition): return !(try holds(condition, for: subject))
    case .effective(let condition):
      var combined = subject
      combined.units = subject.effectiveUnits
      return try holds(condition, for: combined)
    case .jq(let expression): return try holds(expression, for: subject)
    case .test(let address, let tests): return try holds(tests, at: address, for: subject)
    }
  }

  private func holds(
    _ tests: [Condition.Test], at address: AddressPattern, for subject: ConditionSubject
  ) throws(Diagnostic) -> Bool {
    let absolute = address.within(subject.prefix)
    // Most conditions ask only whether a key is there: no value is built for that.
    if absolute.file == nil, let pointer = absolute.filled(with: subject.captures), let test = tests.first,
      tests.count == 1
    {
      switch test {
      case .exists: return isPresent(pointer, in: subject.units)
      case .absent: return !isPresent(pointer, in: subject.units)
      default: break
      }
    }
    let found = values(at: absolute, captures: subject.captures, in: subject.units)
    if found.isEmpty { return tests.allSatisfy { if case .absent = $0 { true } else { false } } }
    candidates: for (value, captures) in found {
      for test in tests {
        let holds = try test.holds(for: value) { operand throws(Diagnostic) in
          switch operand {
          case .value(let value): [value]
          case .address(let other):
            values(at: other.within(subject.prefix), captures: captures, in: subject.units).map(\.value)
          }
        }
        if !holds { continue candidates }
      }
      return true
    }
    return false
  }
}
