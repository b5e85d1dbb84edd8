package import ConfigDocument

/// Types of scalars, of whose values an operation knows beforehand that it leaves them alone.
package struct ScalarTypes: OptionSet, Sendable {
  package var rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let all = ScalarTypes(rawValue: null.rawValue | bool.rawValue | number.rawValue | string.rawValue)
  private static let null = ScalarTypes(of: ValueTree.Kind.null)
  private static let bool = ScalarTypes(of: ValueTree.Kind.bool)
  private static let number = ScalarTypes(of: ValueTree.Kind.number)
  private static let string = ScalarTypes(of: ValueTree.Kind.string)

  /// Empty for a collection.
  package init(of kind: ValueTree.Kind) {
    switch kind {
    case .null, .bool, .number, .string: rawValue = 1 << kind.rawValue
    case .array, .object: rawValue = 0
    }
  }

  /// Empty for a collection.
  package init(of value: Value) {
    switch value {
    case .null: self = .null
    case .bool: self = .bool
    case .number: self = .number
    case .string: self = .string
    case .array, .object: self = []
    }
  }
}
