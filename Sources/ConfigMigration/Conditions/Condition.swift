public import ConfigDocument

/// A question about configuration data: `when` of an operation, `that` of a `require`, a product's `detect`.
///
/// It is data, so that it can be checked, printed and inverted.
public indirect enum Condition: Sendable {
  /// All tests hold for one place that the address names.
  case test(AddressPattern, [Test])
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// Asked of the configuration that the application sees, all layers combined.
  case effective(Condition)
  /// A jq expression that gives true or false. Nothing sees inside it, so the structured tests come first.
  case jq(Expression)

  public enum Test: Sendable {
    case exists, absent, nonempty
    case equals(Operand)
    case isIn([Value])
    case matches(TextPattern)
    case contains(Value)
    case above(Operand)
    case below(Operand)
  }

  /// What a test compares with.
  public enum Operand: Sendable {
    case value(Value)
    case address(AddressPattern)
  }
}

extension Condition {
  /// Every address that the condition reads, in the order of the text.
  package var addresses: [AddressPattern] {
    switch self {
    case .test(let address, let tests):
      [address]
        + tests.compactMap {
          switch $0 {
          case .equals(.address(let other)), .above(.address(let other)), .below(.address(let other)): other
          default: nil
          }
        }
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.addresses)
    case .not(let condition), .effective(let condition): condition.addresses
    case .jq: []
    }
  }

  /// Whether its answer depends on the match that is worked.
  package var usesCaptures: Bool {
    addresses.contains { !$0.captureNames.isEmpty } || expressions.contains { !$0.variables.isEmpty }
  }
}

extension Condition.Test {
  /// Whether the test holds for a value; `operand` reads what an address names, and may find several.
  package func holds(
    for value: Value, operand: (Condition.Operand) throws(Diagnostic) -> [Value]
  ) throws(Diagnostic) -> Bool {
    switch self {
    case .exists: return true
    case .absent: return false
    case .nonempty:
      switch value {
      case .string(let text): return !text.isEmpty
      case .array(let items): return !items.isEmpty
      case .object(let object): return !object.isEmpty
      case .null, .bool, .number: return false
      }
    case .equals(let other): return try operand(other).contains(value)
    case .isIn(let values): return values.contains(value)
    case .matches(let pattern):
      guard let text = value.string else { return false }
      return try pattern.isFound(in: text)
    case .contains(let part):
      switch value {
      case .array(let items): return items.contains(part)
      case .object(let object): return part.string.map { object[$0] != nil } ?? false
      case .string(let text): return part.string.map { text.utf8.contains(sequence: $0.utf8) } ?? false
      case .null, .bool, .number: return false
      }
    case .above(let other):
      guard let number = value.number else { return false }
      return try operand(other).contains { $0.number.map { $0 < number } ?? false }
    case .below(let other):
      guard let number = value.number else { return false }
      return try operand(other).contains { $0.number.map { number < $0 } ?? false }
    }
  }
}

extension String.UTF8View {
  /// Whether `part` stands somewhere in this text, byte for byte.
  fileprivate func contains(sequence part: String.UTF8View) -> Bool {
    let part = Array(part)
    let bytes = Array(self)
    guard part.count <= bytes.count else { return false }
    return (0...bytes.count - part.count).contains { bytes[$0..<$0 + part.count].elementsEqual(part) }
  }
}
